import { parseSidecar } from '../annotations/sidecar.ts';
import { createSidecarFiles, type SidecarFile, type SidecarFiles } from '../annotations/sidecarFiles.ts';
import type { FileSystem } from '../platform.ts';
import type { OpenDocuments } from './documents.ts';

/**
 * The sidecars of articles; those that are open in an editor are read again when their text changes.
 *
 * @param isFile whether an address is that of a file, and not of a version of one
 */
export function createSidecars(
	files: FileSystem,
	documents: OpenDocuments,
	isFile: (uri: string) => boolean,
): SidecarFiles {
	const read = documents.slot<SidecarFile>();
	return createSidecarFiles(files, uri => {
		const document = isFile(uri) ? documents.get(uri) : undefined;
		if (!document) return undefined;
		const { text } = document.snapshot;
		const known = read.of(document);
		if (known?.text === text) return known;
		const file = { uri, ...parseSidecar(text) };
		read.keep(document, file);
		return file;
	});
}
