import type { Archive } from '../../archive/archive.ts';
import { readStart } from '../../archive/readText.ts';
import { parseDocument } from '../../article/article.ts';
import { relativeAddress } from '../../links/relative.ts';
import type { FileSystem } from '../../platform.ts';
import type { TransferredFile } from '../../protocol/editing.ts';
import { isPicture } from '../../util/pictureType.ts';
import { onOneLine } from '../../util/text.ts';
import { displayName, normalUri } from '../../util/uri.ts';

/** What a file is inserted as. */
export interface InsertedFile {
	readonly kind: 'figure' | 'link';
	/** Its URL in the article, not yet encoded as an attribute value. */
	readonly address: string;
	/** The title of an article or list, else the name of the file. */
	readonly title: string;
	/** Set for a picture that has an alternative text. */
	readonly alt?: string;
}

/** Returns the target of a file that may be accessed; `undefined` for a folder, or a file that is not there or out of reach. */
export async function insertedFile(
	from: string,
	file: TransferredFile & { readonly uri: string },
	archive: Pick<Archive, 'entry'>,
	files: Pick<FileSystem, 'stat' | 'readHead'>,
): Promise<InsertedFile | undefined> {
	const uri = normalUri(file.uri);
	if ((await files.stat(uri))?.type !== 'file') return undefined;
	const address = relativeAddress(from, uri, false);
	if (address === undefined) return undefined;
	const name = displayName(uri);
	if (isPicture({ name, type: file.type })) return { kind: 'figure', address, title: name };
	const indexed = archive.entry(uri)?.title;
	const start = indexed ? undefined : await readStart(uri, files);
	const title = indexed ?? (start && parseDocument(start.text).title);
	return { kind: 'link', address, title: onOneLine(title?.value ?? '') || name };
}
