import { type Block, findBlocks } from './blocks.ts';
import { findByline } from './byline/find.ts';
import type { Byline } from './byline.ts';
import { type Conflict, findConflicts, maskConflicts, mayHaveConflict } from './conflict.ts';
import { detect, mayBeList } from './detect.ts';
import { type Figure, findFigures } from './figures.ts';
import { type Header, parseHeader, publishedOf, sourceOf, titleOf } from './header.ts';
import { findHeadings, type Heading } from './headings.ts';
import { findIds, type Ids } from './ids.ts';
import { findImages, type Image } from './images.ts';
import { findLinks, type Link } from './links.ts';
import { type List, parseList } from './list.ts';
import { findMarkdown } from './markdown.ts';
import type { Node } from './node.ts';
import { rulesOf, type Sources } from './regions/sourceRules.ts';
import { findRegions, NO_FURNITURE, type Regions } from './regions.ts';
import { reparseTree, type TextChange } from './reparse.ts';
import { type Field, type Span, span } from './span.ts';
import { findTagFaults, type TagFaults } from './tags.ts';
import { buildTextContent, type TextContent } from './text.ts';
import { parseTree, type Tree } from './tree.ts';
import { countBody, type Weights } from './weights.ts';

/** An article parsed from a text. Immutable; everything derived from the body is computed on first access. */
export interface Article {
	readonly kind: 'article';
	readonly text: string;
	readonly options: ArticleOptions;
	readonly header: Header;
	/** Unresolved merge conflicts in the text. */
	readonly conflicts: readonly Conflict[];
	/** The first sign that the body is Markdown; `undefined` for HTML. */
	readonly markdown: Span | undefined;
	readonly body: Tree;
	/** The body's nodes in tree order; same as `body.nodes`. */
	readonly nodes: readonly Node[];
	/** The headline, from line 2 or the front matter. */
	readonly title: Field | undefined;
	/** The URL of the original article, as written in line 2 or the front matter; the base URL of its links. */
	readonly source: Field | undefined;
	/** The publication time in milliseconds since the Unix epoch, and the span of the text that gives it. */
	readonly published: Field<number> | undefined;
	readonly byline: Byline;
	/** What of the body is the article, and what is the page around it. */
	readonly regions: Regions;
	readonly blocks: readonly Block[];
	readonly headings: readonly Heading[];
	readonly links: readonly Link[];
	readonly images: readonly Image[];
	readonly figures: readonly Figure[];
	readonly ids: Ids;
	readonly tagFaults: TagFaults;
	readonly weights: Weights;
	/** The decoded text of the body. */
	readonly content: TextContent;
}

/** How the page around an article is told from it. */
export interface ArticleOptions {
	/** Whether parts of the page are told from the article; otherwise all of the body counts as the article. */
	readonly furniture: boolean;
	/** What the archive says of its sources. */
	readonly sources?: Sources | undefined;
}

/** The options that hold where nothing else is said. */
export const DEFAULT_OPTIONS: ArticleOptions = { furniture: true };

/** A file of an archive. */
export type ArchiveDocument = Article | List;

/**
 * Parses a text as a list or an article, whichever its content says; a text that is neither is parsed as an article.
 */
export function parseDocument(text: string, options = DEFAULT_OPTIONS): ArchiveDocument {
	return detect(text) === 'list' ? parseList(text) : parseArticle(text, options);
}

/**
 * Parses the new text of a document, reusing the parts that an edit did not affect. The result equals
 * `parseDocument(text, options)`, except that a list stays a list while one of its lines is being typed.
 *
 * @param previous the document before the edit
 * @param options by default, those of the previous document
 */
export function updateDocument(
	previous: ArchiveDocument,
	text: string,
	options = previous.kind === 'article' ? previous.options : DEFAULT_OPTIONS,
): ArchiveDocument {
	if (previous.kind === 'list') {
		if (previous.text === text) return previous;
		return mayBeList(text) ? parseList(text) : parseDocument(text, options);
	}
	if (previous.text === text)
		return previous.options === options
			? previous
			: new ParsedArticle(text, previous.conflicts, previous.header, previous.body, options);
	const edit = difference(previous.text, text);
	// An edit above or at the start of the body may change the extent of the header. So may the end of a conflict,
	// wherever it is.
	const isApart = edit.start > previous.body.span.start && !mayHaveConflict(previous.text) && !mayHaveConflict(text);
	const tree = isApart ? reparseTree(previous.body, edit, text) : undefined;
	return tree ? new ParsedArticle(text, [], previous.header, tree, options) : parseDocument(text, options);
}

/** Parses a text as an article. Never throws. */
export function parseArticle(text: string, options = DEFAULT_OPTIONS): Article {
	const conflicts = findConflicts(text);
	const header = parseHeader(text, conflicts);
	return new ParsedArticle(text, conflicts, header, parseTree(text, span(header.span.end, text.length)), options);
}

/** An article that computes its parts on first access. */
class ParsedArticle implements Article {
	readonly kind = 'article';
	readonly text: string;
	readonly options: ArticleOptions;
	readonly conflicts: readonly Conflict[];
	readonly header: Header;
	readonly body: Tree;
	readonly title: Field | undefined;
	readonly source: Field | undefined;
	readonly published: Field<number> | undefined;
	#markdown: { readonly sign: Span | undefined } | undefined;
	#byline: Byline | undefined;
	#regions: Regions | undefined;
	#blocks: readonly Block[] | undefined;
	#headings: readonly Heading[] | undefined;
	#links: readonly Link[] | undefined;
	#images: readonly Image[] | undefined;
	#figures: readonly Figure[] | undefined;
	#ids: Ids | undefined;
	#tagFaults: TagFaults | undefined;
	#weights: Weights | undefined;
	#content: TextContent | undefined;

	constructor(text: string, conflicts: readonly Conflict[], header: Header, body: Tree, options: ArticleOptions) {
		this.text = text;
		this.options = options;
		this.conflicts = conflicts;
		this.header = header;
		this.body = body;
		this.title = titleOf(header);
		this.source = sourceOf(header);
		this.published = publishedOf(header);
	}

	get nodes(): readonly Node[] {
		return this.body.nodes;
	}

	get markdown(): Span | undefined {
		this.#markdown ??= { sign: findMarkdown(maskConflicts(this.text, this.conflicts), this.body.span.start) };
		return this.#markdown.sign;
	}

	get byline(): Byline {
		this.#byline ??= findByline(this.body, this.weights);
		return this.#byline;
	}

	get regions(): Regions {
		this.#regions ??= this.options.furniture
			? findRegions({
					body: this.body,
					weights: this.weights,
					byline: this.byline,
					title: this.title?.value,
					source: this.source?.value,
					rules: rulesOf(this.options.sources, this.source?.value),
				})
			: NO_FURNITURE;
		return this.#regions;
	}

	get blocks(): readonly Block[] {
		this.#blocks ??= findBlocks(this.body);
		return this.#blocks;
	}

	get headings(): readonly Heading[] {
		this.#headings ??= findHeadings({
			body: this.body,
			weights: this.weights,
			title: this.title?.value,
			byline: this.byline,
			regions: this.regions,
			figures: () => this.figures,
		});
		return this.#headings;
	}

	get links(): readonly Link[] {
		this.#links ??= findLinks(this.text, this.body);
		return this.#links;
	}

	get images(): readonly Image[] {
		this.#images ??= findImages(this.text, this.body);
		return this.#images;
	}

	get figures(): readonly Figure[] {
		this.#figures ??= this.#inArticle(
			findFigures(this.text, this.body, this.images, this.weights, this.regions.isFurniture),
		);
		return this.#figures;
	}

	/** Leaves out what is in furniture. */
	#inArticle<T extends { readonly node: number }>(all: readonly T[]): readonly T[] {
		const { furniture, isFurniture } = this.regions;
		return furniture.length === 0 ? all : all.filter(({ node }) => !isFurniture(node));
	}

	get ids(): Ids {
		this.#ids ??= findIds(this.body);
		return this.#ids;
	}

	get tagFaults(): TagFaults {
		this.#tagFaults ??= findTagFaults(this.text, this.body);
		return this.#tagFaults;
	}

	get weights(): Weights {
		this.#weights ??= countBody(this.body);
		return this.#weights;
	}

	get content(): TextContent {
		this.#content ??= buildTextContent(this.text, this.nodes, this.body.span.start);
		return this.#content;
	}
}

/**
 * Returns the single change that turns `before` into `after`: whatever is between their common prefix and common
 * suffix.
 */
export function difference(before: string, after: string): TextChange {
	const shorter = Math.min(before.length, after.length);
	const start = commonLength(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
	const tail = commonLength(
		shorter - start,
		(from, to) =>
			before.slice(before.length - to, before.length - from) === after.slice(after.length - to, after.length - from),
	);
	return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

/** Returns the largest length up to `limit` at which all parts are equal, comparing chunks of decreasing size. */
function commonLength(limit: number, same: (from: number, to: number) => boolean): number {
	let length = 0;
	for (let step = 65_536; step >= 1; step >>= 2) {
		while (length + step <= limit && same(length, length + step)) length += step;
	}
	return length;
}
