import type { Archive } from '../../archive/archive.ts';
import type { Listed } from '../../archive/listEntry.ts';
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
	/** Set for an article. */
	readonly article?: Listed;
}

/** Returns what a file that may be accessed is inserted as; `undefined` for a folder, or a file that is not there or out of reach. */
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
	const header = headerOf(archive, uri) ?? (await readHeader(uri, files));
	const link = { kind: 'link', address, title: header?.title || name } as const;
	return header?.kind === 'article' ? { ...link, article: { uri, ...header } } : link;
}

/** What is inserted of an article or list. */
interface FileHeader {
	readonly kind: 'article' | 'list';
	/** On one line; empty if it has none. */
	readonly title: string;
	readonly published: number | undefined;
}

function headerOf(archive: Pick<Archive, 'entry'>, uri: string): FileHeader | undefined {
	const { kind = 'sidecar', title, published } = archive.entry(uri) ?? {};
	return kind === 'sidecar' ? undefined : { kind, title: onOneLine(title?.value ?? ''), published };
}

async function readHeader(uri: string, files: Pick<FileSystem, 'readHead'>): Promise<FileHeader | undefined> {
	const start = await readStart(uri, files);
	const parsed = start && parseDocument(start.text);
	if (!parsed) return undefined;
	const published = parsed.kind === 'article' ? parsed.published?.value : undefined;
	return { kind: parsed.kind, title: onOneLine(parsed.title?.value ?? ''), published };
}
