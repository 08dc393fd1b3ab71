import { addressLike } from '../links/relative.ts';
import { pathBelow } from '../util/uri.ts';
import { findMoved, type IdentifiedFiles, type LostFile, type MovedFile } from './findMoved.ts';

/** A file that a lost file may be now, for a document that refers to it. */
export interface Moved extends MovedFile {
	/** The path from the root of the archive, for messages. */
	readonly path: string;
	/** The URL to refer to it, in the form of the present one. */
	readonly address: string;
}

/**
 * Returns the files that a lost file may be now, the likeliest first.
 *
 * @param value the URL that refers to it
 */
export type MovedTo = (value: string, lost: LostFile) => readonly Moved[];

/** Finds moved files for the URLs of a document. */
export function createMovedTo(document: string, archive: IdentifiedFiles): MovedTo {
	const { root } = archive;
	return (value, lost) => {
		const written = value.trim();
		// In a list, a question mark or hash sign belongs to the name of the file.
		const [path = ''] = written.startsWith('/') ? [written] : written.split(/[?#]/, 1);
		return findMoved(lost, archive).flatMap((found): Moved[] => {
			const address = addressLike(path, document, found.uri, root);
			if (address === undefined) return [];
			return [
				{ ...found, path: pathBelow(root, found.uri) ?? found.uri, address: address + written.slice(path.length) },
			];
		});
	};
}
