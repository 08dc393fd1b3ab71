import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileSystem } from '../platform.ts';

/**
 * Replaces the text of a UTF-8 file atomically. A byte order mark and the permissions of the file are kept.
 *
 * @param before the text that was read, without byte order mark
 * @returns why the file was not changed, as the end of a sentence; `undefined` if it was written
 */
export async function replaceText(
	path: string,
	before: string,
	after: string,
	files: Pick<FileSystem, 'update'>,
): Promise<string | undefined> {
	let changed = false;
	const updated = await files.update(pathToFileURL(resolve(path)).href, bytes => {
		const text = bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
		const mark = text?.startsWith('\ufeff') ? '\ufeff' : '';
		changed = text?.slice(mark.length) !== before;
		return changed ? undefined : new TextEncoder().encode(mark + after);
	});
	if (changed) return 'was changed in the meantime';
	return updated.kind === 'refused' ? updated.reason : undefined;
}
