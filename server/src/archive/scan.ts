import { type Kinds, NOTE_KINDS } from '../annotations/kinds.ts';
import { readSidecar } from '../annotations/sidecarFiles.ts';
import { isSidecar } from '../annotations/sidecarName.ts';
import { parseDocument } from '../article/article.ts';
import { DETECTION_LENGTH, detect } from '../article/detect.ts';
import type { FileSystem } from '../platform.ts';
import { normalUri } from '../util/uri.ts';
import { type IndexEntry, indexDocument, indexSidecar } from './entry.ts';

/** Bytes that hold as much as `detect` looks at, in UTF-8. */
const HEAD = 4 * DETECTION_LENGTH;

/** A larger file, in bytes, is not read; VS Code gives extensions none that is larger either. */
const LARGEST = 50 * 1024 * 1024;

/** Files of the kinds that lie beside articles and are never read as text: a client that shows files sends all of each. */
const MEDIA =
	/\.(?:avif|bmp|gif|heic|ico|jpe?g|jxl|png|svg|tiff?|webp|aac|flac|m4a|mp3|ogg|wav|avi|m4v|mkv|mov|mp4|webm|epub|gz|pdf|rar|tar|zip|7z)$/i;

/**
 * Reads a file for the index; of one that is no article, list or sidecar no more than its start, of pictures and the like nothing.
 *
 * @param root URI of the archive's root
 * @param kinds the kinds of note that the archive has
 * @returns `undefined` for a file that does not belong into the index or is gone
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
	const text = await readArchived(uri, files);
	return text === undefined ? undefined : indexDocument(normalUri(uri), root, parseDocument(text), kinds);
}

/** The text of an article or list; of any other file no more than its start is read, and nothing is returned. */
export async function readArchived(uri: string, files: FileSystem): Promise<string | undefined> {
	if (MEDIA.test(uri)) return undefined;
	const head = await files.readHead(uri, HEAD + 1);
	if (!head) return undefined;
	const start = new TextDecoder().decode(head);
	if (!detect(start)) return undefined;
	if (head.length <= HEAD) return start;
	const stat = await files.stat(uri);
	if (!stat || stat.size > LARGEST) return undefined;
	const bytes = await files.readFile(uri);
	return bytes && new TextDecoder().decode(bytes);
}
