import type { Note } from '../annotations/note.ts';
import type { Archive } from '../archive/archive.ts';
import type { Article } from '../article/article.ts';
import type { Node } from '../article/node.ts';
import type { Region } from '../article/regions/region.ts';
import { isBlockElement } from '../article/space.ts';
import { type Span, span } from '../article/span.ts';
import type { LocalFiles } from '../links/localFiles.ts';
import type { Resolver } from '../links/resolve.ts';
import type { ContentsEntry, ReaderFold, ReaderHead, ReaderView, Segment } from '../protocol/reader.ts';
import { findAnchors, placeAnchors } from './anchors.ts';
import { articleText } from './articleText.ts';
import { findForms } from './controls.ts';
import { describeFold, findFolds, isUnseen } from './folds.ts';
import { findHidden, hideInLines } from './hidden.ts';
import { countScripts, directionOf, languageOf, readingMinutes } from './language.ts';
import { drawPiece } from './markup.ts';
import { notedSpans, type PlacedContent, placeNotes } from './notes.ts';
import { isCounter, type Typing } from './pictures.ts';
import { type BlockNodes, divide } from './pieces.ts';
import { findRepeated, isRepeated, namesOthers } from './repeated.ts';

/** A block without an id. */
export interface DrawnBlock extends PlacedContent {
	readonly segments: readonly Segment[];
}

/** The view of an article; contents, folds and notes refer to blocks by index. */
export interface DrawnView extends Omit<ReaderView, 'version' | 'blocks'> {
	readonly blocks: readonly DrawnBlock[];
}

/** What the view depends on, apart from the article. */
export interface ViewContext {
	readonly resolve: Resolver;
	readonly localFile: LocalFiles;
	readonly archive: Archive | undefined;
	readonly notes: readonly Note[];
	readonly typing?: Typing;
}

/** Draws the view of an article. Linear in the text. */
export function drawView(article: Article, context: ViewContext): DrawnView {
	const repeated = findRepeated(article);
	const headings = headingDepths(article, repeated);
	const isNoted = notedSpans(context.notes);
	const unseen = findHidden(article);
	hideInLines(article, unseen, isNoted);
	const forms = findForms(article, unseen);
	const anchors = findAnchors(article, context.resolve);
	const head = readerHead(article);
	const drawing = {
		...context,
		article,
		hidden: unseen,
		forms,
		anchors,
		language: head.language,
		roles: findRoles(article, headings),
		images: new Map(article.images.filter(image => !isCounter(image)).map(image => [image.node, image])),
	};
	/** Bylines that name more people than the head are not folded. */
	const credits = new Set(
		article.regions.furniture.filter(region => region.kind === 'byline' && namesOthers(article, region)),
	);
	const all: (PlacedContent & { readonly piece: BlockNodes; readonly region: Region | undefined })[] = [];
	for (const piece of divide(article, unseen, forms)) {
		const place = spanOf(article.nodes, piece);
		const content = drawPiece(drawing, piece, place.start);
		if (!content) continue;
		if (content.pictures.length === 0 && isRepeated(article, piece, repeated) && !isNoted(place)) continue;
		const region = piece.region && !credits.has(piece.region) ? piece.region : undefined;
		all.push({ start: place.start, length: place.end - place.start, content, piece, region });
	}
	/** Words that the page hides are shown only together with other furniture, or if a note is on them. */
	const left = new Set<unknown>();
	for (const { first, last } of findFolds(all)) {
		const run = all.slice(first, last + 1);
		if (isUnseen(run, article.nodes) && !run.some(({ start, length }) => isNoted(span(start, start + length))))
			for (const block of run) left.add(block);
	}
	const kept = left.size === 0 ? all : all.filter(block => !left.has(block));
	/** The block of each node; -1 if it is in none. */
	const blockOf = new Int32Array(article.nodes.length).fill(-1);
	for (const [at, { piece }] of kept.entries()) blockOf.fill(at, piece.first, piece.last + 1);
	const drawn = kept.map(({ start, length, content }): PlacedContent => ({ start, length, content }));
	placeAnchors(anchors, drawn, blockOf);
	const contents: ContentsEntry[] = [];
	for (const [node, { depth, label }] of headings) {
		const block = blockOf[node] ?? -1;
		if (block !== -1) contents.push({ block, depth, label });
	}
	const { notes, segments } = placeNotes(context.notes, drawn);
	const blocks = drawn.map((block, at): DrawnBlock => ({ ...block, segments: segments.get(at) ?? [] }));
	const noted = new Set([...segments.keys(), ...notes.map(({ block }) => block)]);
	const folds = findFolds(kept).map(({ first, last }): ReaderFold => {
		let isOpen = false;
		for (let at = first; at <= last; at++) isOpen ||= noted.has(at);
		return { first, last, ...describeFold(kept.slice(first, last + 1)), open: isOpen };
	});
	return { head, contents, blocks, folds, notes };
}

/** Returns the depth of each heading below other headings, by node. */
function headingDepths(
	{ headings }: Article,
	repeated: readonly Pick<Region, 'first' | 'last'>[],
): ReadonlyMap<number, { readonly depth: number; readonly label: string }> {
	const open: number[] = [];
	const depths = new Map<number, { depth: number; label: string }>();
	for (const { node, level, label } of headings) {
		if (repeated.some(({ first, last }) => first <= node && node <= last)) continue;
		while ((open.at(-1) ?? 0) >= level) open.pop();
		depths.set(node, { depth: open.length, label });
		open.push(level);
	}
	return depths;
}

/** Elements that can be drawn as a figure; others, such as list items and cells, cannot be replaced. */
const FIGURE_HOLDERS: ReadonlySet<string> = new Set('article center div figure p section'.split(' '));

/** Returns the tag names that headings and parts of figures are drawn as. The title is the only level 1 heading. */
function findRoles(article: Article, headings: ReadonlyMap<number, { readonly depth: number }>): Map<number, string> {
	const roles = new Map<number, string>();
	for (const [node, { depth }] of headings)
		if (isBlockElement(article.nodes[node] as Node)) roles.set(node, `h${Math.min(6, depth + 2)}`);
	// The headings of the page are none of the article's.
	for (const { first, last } of article.regions.furniture)
		for (let node = first; node <= last; node++)
			if (/^h[1-6]$/.test(article.nodes[node]?.nodeName ?? '')) roles.set(node, 'strong');
	const figures = new Set(article.figures.map(({ node }) => node));
	for (const { node, images, caption, credit, beside } of article.figures) {
		const name = article.nodes[node]?.nodeName ?? '';
		const isWhole = beside.length === 0;
		if (isWhole && !FIGURE_HOLDERS.has(name)) continue;
		if (images.length > 0) for (const inner of figureElementsIn(article.nodes, node, figures)) roles.set(inner, 'div');
		if (isWhole) roles.set(node, 'figure');
		else if (name === 'figure') roles.set(node, 'div');
		if (credit && credit.node !== node) roles.set(credit.node, 'cite');
		if (caption && caption.node !== node) roles.set(caption.node, 'figcaption');
	}
	return roles;
}

/** Returns the elements in a figure that would be drawn as figures and captions by themselves; not those of others in it. */
function figureElementsIn(nodes: readonly Node[], node: number, figures: ReadonlySet<number>): readonly number[] {
	const inner: number[] = [];
	for (let at = node + 1; at <= (nodes[node]?.last ?? node); at++) {
		const name = nodes[at]?.nodeName;
		if (figures.has(at)) at = nodes[at]?.last ?? at;
		else if (name === 'figure' || name === 'figcaption') inner.push(at);
	}
	return inner;
}

/** Returns the source span of a piece, without nodes that the parser moved elsewhere. */
function spanOf(nodes: readonly Node[], piece: BlockNodes): Span {
	const first = nodes[piece.first] as Node;
	let end = first.end;
	for (let at = first.last + 1; at <= piece.last; at = (nodes[at]?.last ?? at) + 1)
		end = Math.max(end, nodes[at]?.end ?? end);
	return span(first.start, end);
}

/** Returns the head of an article: title, source, author, date, reading time and language. */
export function readerHead(article: Article): ReaderHead {
	const text = articleText(article);
	const scripts = countScripts(text);
	const language = languageOf(article, scripts, text);
	const source = article.source?.value.trim();
	const author = article.byline.author?.label ?? article.header.frontMatter?.fields.get('author')?.value;
	const published = article.published?.value ?? article.byline.date?.time;
	return {
		title: article.title?.value.trim() ?? '',
		...(source !== undefined && /^https?:/i.test(source) && URL.canParse(source)
			? { source: new URL(source).href }
			: {}),
		...(author ? { author } : {}),
		...(published !== undefined && Number.isFinite(published) ? { published } : {}),
		minutes: readingMinutes(scripts),
		language,
		direction: directionOf(language),
	};
}
