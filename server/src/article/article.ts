import { type Block, findBlocks } from './blocks.ts';
import { type Byline, findByline } from './byline.ts';
import { detect } from './detect.ts';
import { type Figure, findFigures } from './figures.ts';
import { type Header, parseHeader } from './header.ts';
import { findHeadings, type Heading } from './headings.ts';
import { findIds, type Ids } from './ids.ts';
import { findImages, type Image } from './images.ts';
import { findLinks, type Link } from './links.ts';
import { type List, parseList } from './list.ts';
import type { Node } from './node.ts';
import { type Edit, reparseTree } from './reparse.ts';
import { type Field, span } from './span.ts';
import { buildContent, type Content } from './text.ts';
import { parseMoment } from './time.ts';
import { parseTree, type Tree } from './tree.ts';
import { type Weights, weigh } from './weights.ts';

/**
 * An article: all that its text says, immutable. What is found in the body is worked out when it is first asked for.
 */
export interface Article {
	readonly kind: 'article';
	readonly text: string;
	readonly header: Header;
	readonly body: Tree;
	/** The body's nodes in tree order: `body.nodes`. */
	readonly nodes: readonly Node[];
	/** The headline, from line 2 or the front matter. */
	readonly title: Field | undefined;
	/** The address that the article was taken from, as written in line 2 or the front matter; the base of its links. */
	readonly source: Field | undefined;
	/** When it was published, in milliseconds since the Unix epoch, and the text that says so. */
	readonly published: Field<number> | undefined;
	readonly byline: Byline;
	readonly blocks: readonly Block[];
	readonly headings: readonly Heading[];
	readonly links: readonly Link[];
	readonly images: readonly Image[];
	readonly figures: readonly Figure[];
	readonly ids: Ids;
	readonly weights: Weights;
	/** The decoded text of the body. */
	readonly content: Content;
}

/** A file of an archive. */
export type ArchiveDocument = Article | List;

/** Reads a text as what it is by its content; one that is neither article nor list is read as an article. */
export function parseDocument(text: string): ArchiveDocument {
	return detect(text) === 'list' ? parseList(text) : parseArticle(text);
}

/**
 * Reads the new text of a document, taking over what an edit left as it was: equal in all to `parseDocument(text)`.
 *
 * @param previous the document before the edit
 */
export function updateDocument(previous: ArchiveDocument, text: string): ArchiveDocument {
	if (previous.text === text) return previous;
	if (previous.kind === 'list') return parseDocument(text);
	const edit = difference(previous.text, text);
	// An edit above the body, or one that touches its start, may change what the header is.
	const tree = edit.start > previous.body.span.start ? reparseTree(previous.body, edit, text) : undefined;
	return tree ? createArticle(text, previous.header, tree) : parseDocument(text);
}

/** Reads a text as an article; never fails. */
export function parseArticle(text: string): Article {
	const header = parseHeader(text);
	return createArticle(text, header, parseTree(text, span(header.span.end, text.length)));
}

function createArticle(text: string, header: Header, body: Tree): Article {
	const { nodes } = body;
	const weights = lazy(() => weigh(nodes));
	const images = lazy(() => findImages(text, nodes));
	const links = lazy(() => findLinks(text, nodes));
	const headings = lazy(() => findHeadings(nodes, weights()));
	const figures = lazy(() => findFigures(nodes, images(), weights()));
	const byline = lazy(() => findByline(nodes));
	const ids = lazy(() => findIds(nodes));
	const blocks = lazy(() => findBlocks(nodes));
	const content = lazy(() => buildContent(text, nodes));
	return {
		kind: 'article',
		text,
		header,
		body,
		nodes,
		title: header.title ?? header.frontMatter?.fields.get('title'),
		source: header.url ?? header.frontMatter?.fields.get('from'),
		published: findPublished(header),
		get byline() {
			return byline();
		},
		get blocks() {
			return blocks();
		},
		get headings() {
			return headings();
		},
		get links() {
			return links();
		},
		get images() {
			return images();
		},
		get figures() {
			return figures();
		},
		get ids() {
			return ids();
		},
		get weights() {
			return weights();
		},
		get content() {
			return content();
		},
	};
}

/** A value made when it is first asked for. */
function lazy<T>(make: () => T): () => T {
	let made: { readonly value: T } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}

/** The time comment if it holds a time, else the date line, else the front matter's date. */
function findPublished(header: Header): Field<number> | undefined {
	const { time, date, frontMatter } = header;
	if (time && /^\d{1,16}$/.test(time.value)) return { value: Number(time.value), span: time.span };
	for (const field of [date, frontMatter?.fields.get('date')]) {
		const moment = field && parseMoment(field.value);
		if (field && moment) return { value: moment.time, span: field.span };
	}
	return undefined;
}

/** The one change that makes `after` of `before`: what lies between their common start and their common end. */
export function difference(before: string, after: string): Edit {
	const shorter = Math.min(before.length, after.length);
	const start = commonLength(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
	const tail = commonLength(
		shorter - start,
		(from, to) =>
			before.slice(before.length - to, before.length - from) === after.slice(after.length - to, after.length - from),
	);
	return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

/** The largest length up to `limit` for which all parts are the same, found by comparing ever smaller parts. */
function commonLength(limit: number, same: (from: number, to: number) => boolean): number {
	let length = 0;
	for (let step = 65_536; step >= 1; step >>= 2) {
		while (length + step <= limit && same(length, length + step)) length += step;
	}
	return length;
}
