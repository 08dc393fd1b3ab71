import { parseSidecar } from '../annotations/sidecar.ts';
import { createSidecarFiles, type SidecarFile, type SidecarFiles } from '../annotations/sidecarFiles.ts';
import type { FileSystem } from '../platform.ts';
import type { OpenDocuments } from './documents.ts';

/**
 * Reads the sidecars of articles. Sidecars that are open in an editor are read again when their text changes.
 *
 * @param isFile whether a URI is that of a file rather than a version of one
 */
export function createSidecars(
	files: FileSystem,
	documents: OpenDocuments,
	isFile: (uri: string) => boolean,
): SidecarFiles {
	const read = documents.slot<SidecarFile>();
	return createSidecarFiles(files, uri => {
		const document = documents.get(uri);
		if (!document || !isFile(uri)) return undefined;
		const { text } = document.snapshot;
		const known = read.of(document);
		if (known?.text === text) return known;
		const file = { uri, ...parseSidecar(text) };
		read.keep(document, file);
		return file;
	});
}
