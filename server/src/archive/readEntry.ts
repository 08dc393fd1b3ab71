import { type Kinds, NOTE_KINDS } from '../annotations/kinds.ts';
import { readSidecar } from '../annotations/sidecarFiles.ts';
import { isSidecar } from '../annotations/sidecarName.ts';
import { parseDocument } from '../article/article.ts';
import type { FileSystem } from '../platform.ts';
import { normalUri } from '../util/uri.ts';
import { type IndexEntry, indexDocument, indexSidecar } from './entry.ts';
import { readText } from './readText.ts';

/**
 * Reads a file for the index. Of a file that is not an article, list or sidecar only the start is read, and of images and the like nothing.
 *
 * @param root URI of the archive's root
 * @param kinds the kinds of note that the archive has
 * @returns `undefined` for a file that does not belong in the index, or does not exist
 */
export async function readEntry(
	uri: string,
	root: string,
	files: FileSystem,
	kinds: Kinds = NOTE_KINDS,
): Promise<IndexEntry | undefined> {
	if (isSidecar(uri)) {
		const sidecar = await readSidecar(uri, files);
		return sidecar && indexSidecar(uri, sidecar);
	}
	const found = await readText(uri, files);
	return 'text' in found ? indexDocument(normalUri(uri), root, parseDocument(found.text), kinds) : undefined;
}
