import type { CancellationToken, Range } from 'vscode-languageserver';
import type { Archive } from '../archive/archive.ts';
import type { Article } from '../article/article.ts';
import type { List } from '../article/list.ts';
import type { Span } from '../article/span.ts';
import { relativeAddress } from '../links/relative.ts';
import type { FileSystem } from '../platform.ts';
import type { CopyOptions, FileInsertion, InsertedFiles, TransferredFile } from '../protocol/editing.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { isPicture } from '../util/pictureType.ts';
import { isInFolder, normalUri } from '../util/uri.ts';
import { placeAt } from './completion/place.ts';
import { createCopies } from './insertFiles/copies.ts';
import { entries, inBody, inValue, valueAt } from './insertFiles/edits.ts';
import { type InsertedFile, insertedFile } from './insertFiles/insertedFile.ts';
import { type LoneImage, loneImage } from './insertFiles/loneImage.ts';
import { toRange, toSpan } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** What was pasted or dropped. */
export interface Transfer extends CopyOptions {
	readonly files: readonly TransferredFile[];
	/** HTML that comes with the files. */
	readonly html?: string;
}

/** What the insertion of files depends on besides the document. */
export interface InsertContext {
	/** URI of the file that the document is or will be. */
	readonly uri: string;
	readonly archive: Archive;
	readonly files: FileSystem;
	readonly workspaceFolder: string | undefined;
	readonly isTrusted: boolean;
	readonly now: number;
}

/** At how many cursors files are inserted: the elements around each are looked for in the whole article. */
const MAX_CURSORS = 100;

const NOTHING: InsertedFiles = { refusals: [] };

/**
 * Returns the edits that insert pictures as figures, and articles and other files of the archive as links. Pictures from outside are copied into the
 * archive. In a value of an attribute, only the URL is inserted.
 */
export async function insertFiles(
	document: Snapshot,
	ranges: readonly Range[],
	transfer: Transfer,
	context: InsertContext,
	token: CancellationToken,
): Promise<InsertedFiles> {
	const { parsed } = document;
	if (parsed.kind === 'list') return insertEntries(document, parsed, transfer.files, context);
	const image = transfer.html === undefined ? undefined : loneImage(transfer.html);
	if (ranges.length === 0 || (transfer.files.length === 0 && !image)) return NOTHING;
	if (ranges.length > MAX_CURSORS)
		return { refusals: [`Files can be inserted at up to ${MAX_CURSORS} cursors. Use fewer.`] };
	const spans = ranges.map(range => toSpan(document, range));
	const value = valueAt(parsed, spans);
	if (!value && !spans.every(one => isInText(parsed, one))) return NOTHING;
	const { found, copies, refusals } = await findFiles(transfer, image, context);
	throwIfCancelled(token);
	const insertion = value ? inValue(value, found) : inBody(parsed, spans, found);
	if (!insertion) return { refusals };
	const kind = found.some(file => file.kind === 'figure') ? 'figure' : 'link';
	const edits = insertion.edits.map(({ span, snippet }) => ({ range: toRange(document, span), snippet }));
	const rank = transfer.html !== undefined && !image ? { isSecondary: true as const } : {};
	return { insertion: { kind, title: insertion.title, ...rank, edits, copies }, refusals };
}

/** Inserts articles into a list, each where the list has articles of its day. */
async function insertEntries(
	document: Snapshot,
	list: List,
	transferred: readonly TransferredFile[],
	{ uri: own, archive, files }: InsertContext,
): Promise<InsertedFiles> {
	const from = normalUri(own);
	const found = await Promise.all(
		transferred.map(({ uri, ...file }) =>
			uri === undefined ? undefined : insertedFile(from, { ...file, uri }, archive, files),
		),
	);
	const articles = found.flatMap(file => (file?.article ? [file.article] : []));
	const { edits, listed } = entries(from, list, archive, articles);
	const refusals = listed.map(title => `${title} is in this list already.`);
	if (edits.length === 0) return { refusals };
	const title = articles.length - listed.length > 1 ? 'Insert Entries' : 'Insert Entry';
	const snippets = edits.map(({ span, snippet }) => ({ range: toRange(document, span), snippet }));
	return { insertion: { kind: 'link', title, edits: snippets, copies: [] }, refusals };
}

/** The files that can be inserted. */
interface FoundFiles {
	readonly found: readonly InsertedFile[];
	readonly copies: FileInsertion['copies'];
	readonly refusals: readonly string[];
}

async function findFiles(
	{ files, destination, overwriteBehavior }: Transfer,
	image: LoneImage | undefined,
	context: InsertContext,
): Promise<FoundFiles> {
	const found: InsertedFile[] = [];
	const copies: { file: number; uri: string; overwrite: boolean }[] = [];
	const refusals: string[] = [];
	const { uri } = context;
	const from = normalUri(uri);
	const copy = createCopies({ ...context, uri: from, options: { destination, overwriteBehavior } });
	const described = image?.alt ? { alt: image.alt } : {};
	for (const [index, file] of files.entries()) {
		const isThere =
			file.uri === undefined
				? undefined
				: await insertedFile(from, { ...file, uri: file.uri }, context.archive, context.files);
		if (isThere) {
			found.push(isThere);
			continue;
		}
		// Other files, and those of which only the place is known, are left to the editor.
		if (!isPicture(file) || !file.content) continue;
		if (!isInFolder(uri)) {
			refusals.push(`Save the article before you insert ${file.name}: pictures are stored near it.`);
			continue;
		}
		const copied = await copy(file, files.length === 1 ? image : undefined);
		if (copied.kind === 'refused') {
			refusals.push(copied.reason);
			continue;
		}
		const address = relativeAddress(from, copied.uri, false);
		if (address === undefined) continue;
		found.push({ kind: 'figure', address, title: file.name, ...described });
		if (copied.kind === 'copy') copies.push({ file: index, uri: copied.uri, overwrite: copied.overwrite });
	}
	// Without a file, the image stays where it is on the web.
	if (files.length === 0 && image?.url)
		found.push({ kind: 'figure', address: image.url.href, title: '', ...described });
	return { found, copies, refusals };
}

function isInText(article: Article, { start, end }: Span): boolean {
	if (start < article.body.span.start) return false;
	return placeAt(article, start)?.kind === 'text' && placeAt(article, end)?.kind === 'text';
}
