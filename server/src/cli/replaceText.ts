import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileSystem } from '../platform.ts';

/**
 * Writes another text into a UTF-8 file: all of it or nothing, whatever happens. A byte order mark stays, so do the file's
 * permissions.
 *
 * @param before what was read, without byte order mark
 * @returns why the file was left as it is, as the end of a sentence; `undefined` where it was written
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
