import type { CancellationToken } from 'vscode-languageserver';
import type { Note } from '../annotations/note.ts';
import type { Archive } from '../archive/archive.ts';
import type { ArchiveDocument } from '../article/article.ts';
import type { Snapshot } from '../languageFeatures/snapshot.ts';
import { lookUpLocalFiles } from '../links/localFiles.ts';
import type { FetchedPicture } from '../links/network/picture.ts';
import { pageKey } from '../links/pageKey.ts';
import type { ReadPictureFile } from '../links/pictureFile.ts';
import type { FileSystem } from '../platform.ts';
import type { ReaderAnswer, ReaderLink } from '../protocol/reader.ts';
import { answerFor, type Sent } from '../reader/patch.ts';
import { isBeingTyped, sourcesOf } from '../reader/pictures.ts';
import { quoteMarkdown } from '../reader/quote.ts';
import { drawView, readerHead } from '../reader/view.ts';
import { throwIfCancelled } from '../util/cancellation.ts';
import { normalUri } from '../util/uri.ts';
import type { OpenDocuments } from './documents.ts';

/** The reader. */
export interface ReaderService {
	/**
	 * The data for a reader to show the current version of a document: a complete view, or the difference from the reader's version.
	 *
	 * @param reader the name of the reader; each has its own state
	 * @param has the version that the reader shows; `undefined` if it shows nothing
	 * @param cursors offsets at which the user is writing
	 * @throws ResponseError `RequestCancelled`
	 */
	read(
		document: Snapshot,
		reader: string,
		at: { readonly has?: number | undefined; readonly cursors?: readonly number[] },
		token: CancellationToken,
	): Promise<ReaderAnswer>;
	/** The target of a link in a view; `href` is as in the view. */
	link(document: Snapshot, href: string): Promise<ReaderLink>;
	/**
	 * Fetches an image of an article that a browser could not load, with the source of the article as referrer.
	 *
	 * @param url one of the URLs in the view; others are rejected
	 */
	picture(document: Snapshot, url: string): Promise<FetchedPicture>;
	/** A passage of an article as a Markdown quotation with its source. */
	quote(document: Snapshot, text: string): string;
	/** Discards the state of a reader. */
	closed(uri: string, reader: string): void;
}

/** The last version sent to a reader. */
interface Reading {
	sent: Sent | undefined;
	/** The URLs of images that were sent to it. */
	readonly urls: Set<string>;
}

/** Connects the reader to open documents. */
export function createReader(
	documents: OpenDocuments,
	archiveOf: (uri: string) => Promise<Archive | undefined>,
	notesOf: (document: Snapshot) => Promise<readonly Note[]>,
	fetchPicture: (url: string, referrer: string | undefined) => Promise<FetchedPicture>,
	files: FileSystem,
	pictures: ReadPictureFile,
): ReaderService {
	const readings = documents.slot<Map<string, Reading>>();
	/** The state of a reader, kept while it and the document are open. */
	const readingOf = (document: Snapshot, reader: string): Reading => {
		const open = documents.of(document);
		const known = readings.of(open) ?? new Map<string, Reading>();
		const reading = known.get(reader) ?? { sent: undefined, urls: new Set() };
		readings.keep(open, known.set(reader, reading));
		return reading;
	};
	return {
		async read(document, reader, { has, cursors = [] }, token) {
			const { uri, version, parsed, resolve } = document;
			if (parsed.kind === 'list') return { kind: 'list', title: parsed.title?.value ?? '' };
			const reading = readingOf(document, reader);
			const [archive, localFile, notes] = await Promise.all([
				archiveOf(uri),
				lookUpLocalFiles(uri, parsed, files, pictures),
				notesOf(document),
			]);
			throwIfCancelled(token);
			const previous = reading.sent;
			const typing = { cursors, known: reading.urls };
			const drawn = drawView(parsed, { resolve, localFile, archive, notes, typing });
			const { answer, sent } = answerFor(drawn, version, previous?.version === has ? previous : undefined);
			reading.sent = sent;
			const images = drawn.blocks.flatMap(({ content }) => content.pictures);
			for (const { sources } of images) for (const { url } of sources) reading.urls.add(url);
			return images.some(isBeingTyped) ? { ...answer, awaits: true } : answer;
		},
		async link(document, href) {
			const { parsed } = document;
			if (parsed.kind === 'list') return { kind: 'nowhere', reason: 'This document is a list.' };
			if (href.startsWith('#')) return place(parsed, href.slice(1));
			const url = URL.canParse(href) ? new URL(href) : undefined;
			if (!url || !/^(?:https?|mailto):$/.test(url.protocol))
				return { kind: 'nowhere', reason: `${href} cannot be opened.` };
			const key = pageKey(url);
			const own =
				parsed.source && URL.canParse(parsed.source.value) ? pageKey(new URL(parsed.source.value)) : undefined;
			if (key !== undefined && key === own && url.hash !== '') {
				const inside = place(parsed, decode(url.hash.slice(1)));
				if (inside.kind === 'place') return inside;
			}
			const archive = await archiveOf(document.uri);
			const copies = key === undefined ? [] : (archive?.copiesOf(key) ?? []);
			const copy = copies.find(uri => uri !== normalUri(document.uri));
			return copy === undefined ? { kind: 'page', url: url.href } : { kind: 'file', uri: copy };
		},
		async picture(document, url) {
			const { parsed, resolve } = document;
			const isNamed =
				parsed.kind === 'article' &&
				parsed.images.some(image =>
					sourcesOf(image, { article: parsed, resolve, localFile: () => undefined }).some(source => source.url === url),
				);
			if (!isNamed) return { kind: 'none', reason: 'The article has no such image' };
			const source = parsed.source?.value.trim() ?? '';
			const page = /^https?:/i.test(source) && URL.canParse(source) ? new URL(source) : undefined;
			if (page) page.hash = '';
			return fetchPicture(url, page?.href);
		},
		quote(document, text) {
			const { parsed } = document;
			if (parsed.kind === 'list') throw new Error('Only articles have passages to quote');
			return quoteMarkdown(text, readerHead(parsed));
		},
		closed(uri, reader) {
			readings.of(documents.get(uri))?.delete(reader);
		},
	};
}

/** The place that a fragment points to (WHATWG HTML, "indicated part of the document"). */
function place({ ids, nodes, body }: Extract<ArchiveDocument, { kind: 'article' }>, id: string): ReaderLink {
	const node = nodes[ids.get(id)?.[0] ?? -1];
	if (node) return { kind: 'place', offset: node.start };
	if (id === '' || id.toLowerCase() === 'top') return { kind: 'place', offset: body.span.start };
	return { kind: 'nowhere', reason: `This article has no element with the id ${id}.` };
}

function decode(value: string): string {
	try {
		return decodeURIComponent(value.split(':~:', 1)[0] ?? '');
	} catch {
		return value;
	}
}
