import { mayHaveConflict, sideOf } from '../article/conflict.ts';
import { parseHeader, publishedOf, sourceOf, titleOf } from '../article/header.ts';
import { pageKey } from '../links/pageKey.ts';
import { createResolver } from '../links/resolve.ts';
import type { FileSystem } from '../platform.ts';
import { readStart } from './readText.ts';

/** The content of the first lines of an article. */
export interface Head {
	readonly title: string | undefined;
	/** The key of the page that it was taken from. */
	readonly source: string | undefined;
	/** In milliseconds since the Unix epoch. */
	readonly published: number | undefined;
}

/** Reads the first lines of a file; `undefined` if it is not an article, or cannot be read. */
export async function readHead(uri: string, files: Pick<FileSystem, 'readHead'>): Promise<Head | undefined> {
	const start = await readStart(uri, files);
	if (start?.kind !== 'article') return undefined;
	const { text } = start;
	// A conflict may end after the part that was read.
	const header = parseHeader(mayHaveConflict(text) ? sideOf(text, 'ours') : text);
	return {
		title: titleOf(header)?.value,
		source: keyOfSource(sourceOf(header)?.value),
		published: publishedOf(header)?.value,
	};
}

/** Returns the key of the page that an article was taken from; `undefined` if there is none. */
export function keyOfSource(source: string | undefined): string | undefined {
	const resolution = createResolver(source)(source ?? '');
	return resolution.kind === 'url' ? pageKey(resolution.origin ?? resolution.url) : undefined;
}
