import { baseName } from '../util/path.ts';
import { clip, clipLine, onOneLine } from '../util/text.ts';
import { counted } from '../util/words.ts';
import type { Article } from './article.ts';
import { readByline } from './bylineText.ts';
import type { Figure } from './figures.ts';
import { furnitureOutline } from './furnitureOutline.ts';
import { hasWords } from './headings/script.ts';
import { kept } from './kept.ts';
import { labelOf } from './label.ts';
import { pushAll } from './lists.ts';
import { children, ELEMENT_NODE, getAttribute, isElement, type Node } from './node.ts';
import { type Span, span } from './span.ts';
import { CONTAINER, EMBED } from './traits.ts';

/** What an outline item represents. */
export type OutlineKind =
	| 'title'
	| 'byline'
	| 'date'
	| 'heading'
	| 'figure'
	| 'quote'
	| 'list'
	| 'table'
	| 'code'
	| 'embed'
	| 'footer'
	| 'note'
	| 'paragraph'
	| 'furniture';

/** An item of an article's outline. */
export interface OutlineItem {
	readonly kind: OutlineKind;
	/** Never empty. */
	readonly name: string;
	/** A short text after the name. */
	readonly detail: string;
	/** The whole range of the item: for a heading, up to the next heading of the same or a higher level. */
	readonly span: Span;
	/** The span to select when the user navigates to the item; inside `span`. */
	readonly selection: Span;
	readonly children: readonly OutlineItem[];
}

/** An additional item that callers put into the outline, such as a note. */
export type OutlineMark = Pick<OutlineItem, 'name' | 'detail' | 'span'>;

/** An item whose children are still being collected. */
interface Draft extends OutlineItem {
	span: Span;
	readonly children: Draft[];
	readonly level: number;
}

/** Longer names, in UTF-16 units, are truncated. */
const MAX_NAME_CHARS = 100;

/** The maximum number of items. Real articles have a few hundred at most, and editors slow down with more. */
const MOST_ENTRIES = 5000;

/** How much text, in UTF-16 units, is read for a name: enough to see that it is longer than a name may be. */
const ENOUGH = MAX_NAME_CHARS + 4;

/** The maximum nesting depth: editors traverse the outline, and JSON is serialised, recursively. */
const MAX_DEPTH = 50;

/** Elements that are outline items themselves; their content is nested under them. */
const CONTAINERS: ReadonlyMap<string, OutlineKind> = new Map([
	['blockquote', 'quote'],
	['ul', 'list'],
	['ol', 'list'],
	['table', 'table'],
	['pre', 'code'],
	['footer', 'footer'],
]);

/**
 * Builds the outline: the title, and below it the headings, nested by level, with figures, quotes, lists, tables, code,
 * embeds and the footer. For an article without headings, it also lists the paragraphs. The last
 * item holds the parts of the page that are left in the article.
 *
 * @param notes the notes on the article
 */
export function buildOutline(article: Article, notes: readonly OutlineMark[] = []): readonly OutlineItem[] {
	const { text, title, header } = article;
	const drafts = collect(article, notes);
	const furniture = furnitureOutline(article, drafts.at(-1)?.span.start ?? 0);
	const items = [...nest(drafts, furniture?.span.start ?? text.length), ...(furniture ? [furniture] : [])];
	const whole = span(header.span.start, text.length);
	const selection = title?.span ?? header.titleLine ?? span(whole.start, whole.start);
	return [
		{
			kind: 'title',
			name: clipLine(title?.value ?? '', MAX_NAME_CHARS) || 'Untitled',
			detail: '',
			span: cover(whole, selection),
			selection,
			children: items,
		},
	];
}

function cover(a: Span, b: Span): Span {
	return span(Math.min(a.start, b.start), Math.max(a.end, b.end));
}

/** What is at a node, as bits. */
const FIGURE_WORDS = 1;
const WHOLE_FIGURE = 2;
const HEADING = 4;
const PARAGRAPH = 8;
const BYLINE = 16;

/** Collects all items, in text order. */
function collect(article: Article, notes: readonly OutlineMark[]): Draft[] {
	const { nodes, regions, headings } = article;
	const { traits } = article.body;
	const { author, date } = article.byline;
	const figures = new Map<number, Figure>(article.figures.map(figure => [figure.node, figure]));
	const places = new Uint8Array(nodes.length);
	const mark = (index: number, bit: number): void => {
		places[index] = (places[index] ?? 0) | bit;
	};
	for (const { node } of article.figures) mark(node, WHOLE_FIGURE);
	for (const { node } of headings) mark(node, HEADING);
	for (const index of figureWords(article)) mark(index, FIGURE_WORDS);
	if (headings.length === 0) for (const index of paragraphNodes(article)) mark(index, PARAGRAPH);
	for (const part of [author, date]) if (part) mark(part.node, BYLINE);
	const drafts: Draft[] = [];
	let nextHeading = 0;
	let insideUntil = -1;
	let embedUntil = -1;
	let wordsUntil = -1;
	let figureUntil = -1;
	for (let index = 0; index < places.length; index++) {
		const place = places[index] ?? 0;
		const trait = traits[index] ?? 0;
		if (place === 0 && (trait & (CONTAINER | EMBED)) === 0) continue;
		const heading = (place & HEADING) === 0 ? undefined : headings[nextHeading++];
		const node = nodes[index] as Node;
		if ((place & FIGURE_WORDS) !== 0) wordsUntil = Math.max(wordsUntil, node.last);
		if (index <= wordsUntil && (place & WHOLE_FIGURE) === 0) continue;
		if (index <= embedUntil || node.nodeType !== ELEMENT_NODE || node.implied) continue;
		if (author?.node === index && author.shown) drafts.push(draft('byline', onOneLine(author.label), '', author.span));
		if (date?.node === index && date.shown) drafts.push(draft('date', onOneLine(date.label), '', date.span));
		if (regions.isFurniture(index)) continue;
		const figure = (place & WHOLE_FIGURE) === 0 ? undefined : figures.get(index);
		const container = (trait & CONTAINER) === 0 ? undefined : CONTAINERS.get(node.nodeName);
		if (figure) {
			figureUntil = Math.max(figureUntil, node.last);
			drafts.push(draft('figure', figureName(nodes, figure), figure.credit?.label ?? '', figure.span));
		} else if (heading) {
			drafts.push(draft('heading', heading.label, '', heading.span, heading.level));
		} else if (container && index > insideUntil) {
			const caption = container === 'table' ? captionOf(nodes, index) : undefined;
			const label = kept(nodes, caption ?? index, firstWords);
			if (label || container !== 'list')
				drafts.push(
					draft(container, label, container === 'list' ? itemsIn(nodes, index) : '', span(node.start, node.end)),
				);
			if (container !== 'footer') insideUntil = node.last;
		} else if ((trait & EMBED) !== 0) {
			const name = onOneLine(getAttribute(node, 'title') || embedName(node));
			drafts.push(draft('embed', name, node.nodeName, span(node.start, node.end)));
			embedUntil = node.last;
		} else if ((place & PARAGRAPH) !== 0 && index > Math.max(insideUntil, figureUntil)) {
			drafts.push(draft('paragraph', kept(nodes, index, firstWords), '', span(node.start, node.end)));
		}
	}
	for (const { name, detail, span: place } of notes) drafts.push(draft('note', onOneLine(name), detail, place));
	// In the tree, foster-parented content comes before the table that contains it in the text.
	return drafts.sort((a, b) => a.span.start - b.span.start).slice(0, MOST_ENTRIES);
}

/** Makes an item. Its name is on one line, and of any length. */
function draft(kind: OutlineKind, name: string, detail: string, place: Span, level = 0): Draft {
	const clipped = clip(name, MAX_NAME_CHARS) || kind;
	return { kind, name: clipped, detail, span: place, selection: place, children: [], level };
}

/** Returns the first words of an element, as many as a name has. */
function firstWords(nodes: readonly Node[], index: number): string {
	return labelOf(nodes, index, ENOUGH);
}

/** Items without children, even if they cover other items. */
const LEAVES: ReadonlySet<OutlineKind> = new Set(['byline', 'date', 'paragraph', 'note']);

/** Nests each item under the heading it follows or the element that contains it. */
function nest(drafts: readonly Draft[], end: number): readonly OutlineItem[] {
	const top: Draft[] = [];
	const open: Draft[] = [];
	const parents: (Draft | undefined)[] = [];
	const close = (depth: number, at: number): void => {
		while (open.length > depth) {
			const item = open.pop() as Draft;
			if (item.level > 0 && item.span.end < at) item.span = span(item.span.start, at);
		}
	};
	for (const item of drafts) {
		const depth = depthOf(item, open);
		close(depth, item.span.start);
		const parent = open.at(-1);
		parents.push(parent);
		(parent?.children ?? top).push(item);
		if (!LEAVES.has(item.kind) && open.length < MAX_DEPTH) open.push(item);
	}
	close(0, end);
	for (let at = drafts.length - 1; at >= 0; at--) {
		const item = drafts[at] as Draft;
		const parent = parents[at];
		if (parent && parent.span.end < item.span.end) parent.span = span(parent.span.start, item.span.end);
	}
	return top;
}

/** Returns how many of the open items an item is inside. */
function depthOf({ span: { start }, kind, level }: Draft, open: readonly Draft[]): number {
	// A heading ends the headings at its own nesting, not those around the quote or list that contains it.
	const inside =
		level > 0 || kind === 'footer' ? open.findLastIndex(outer => outer.level === 0 && outer.span.end > start) : -1;
	for (let at = 0; at < open.length; at++) {
		const outer = open[at] as Draft;
		const ends =
			outer.level === 0
				? outer.span.end <= start
				: at > inside && (kind === 'footer' || (level > 0 && outer.level >= level));
		if (ends) return at;
	}
	return open.length;
}

/** Returns the block-level elements that are paragraphs of the article: with words that are no caption or byline. */
function paragraphNodes(article: Article): readonly number[] {
	const { nodes, weights, regions, byline } = article;
	const paragraphs: number[] = [];
	/** Parts that are items themselves, or belong to one, in tree order. */
	const parts = [
		byline.author,
		byline.date,
		...article.figures.flatMap(({ caption, credit }) => [caption, credit]),
	].filter(part => part !== undefined);
	parts.sort((a, b) => a.node - b.node);
	const figures = article.figures.map(({ node }) => node);
	let [next, nextFigure, figureUntil] = [0, 0, -1];
	for (const { node, first, last } of article.blocks) {
		for (; (figures[nextFigure] ?? first + 1) <= first; nextFigure++)
			figureUntil = Math.max(figureUntil, nodes[figures[nextFigure] ?? -1]?.last ?? -1);
		if (node === -1) continue;
		const start = nodes[node]?.last === last ? node : first;
		while ((parts[next]?.node ?? start) < start) next++;
		let length = weights.textBetween(first, last + 1);
		for (let at = next; length > 0 && (parts[at]?.node ?? last + 1) <= last; at++)
			length -= weights.text(parts[at]?.node ?? -1);
		if (length <= 0 || first <= figureUntil || regions.isFurniture(first)) continue;
		if (length <= MAX_SHORT_CHARS && !isParagraph(kept(nodes, node, firstWords))) continue;
		paragraphs.push(node);
	}
	return paragraphs;
}

/** Paragraphs with more text than this, in characters, are neither bylines nor marks. */
const MAX_SHORT_CHARS = 60;

function isParagraph(label: string): boolean {
	return hasWords(label) && readByline(label) === undefined;
}

/** Returns the elements that hold only the caption or credit of a figure, which is named by it. */
function figureWords({ figures }: Article): readonly number[] {
	const words: number[] = [];
	for (const { node, caption, credit, beside } of figures) {
		for (const part of [caption, credit]) if (part && part.node !== node) words.push(part.node);
		pushAll(words, beside);
	}
	return words;
}

function figureName(nodes: readonly Node[], figure: Figure): string {
	if (figure.caption?.label) return onOneLine(figure.caption.label);
	const [image] = figure.images;
	const name = image?.alt?.trim() || fileName(image?.source?.value ?? '');
	return name ? onOneLine(name) : kept(nodes, figure.node, firstWords) || 'Figure';
}

function embedName(node: Node): string {
	const address = getAttribute(node, 'src') ?? getAttribute(node, 'data') ?? '';
	return /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]+)/i.exec(address)?.[1] ?? (fileName(address) || node.nodeName);
}

function fileName(address: string): string {
	if (address.startsWith('data:')) return '';
	return baseName(address.split(/[?#]/, 1)[0] ?? '');
}

/** Returns the `caption` of a table. */
function captionOf(nodes: readonly Node[], index: number): number | undefined {
	for (const at of children(nodes, index)) if (isElement(nodes[at], 'caption')) return at;
	return undefined;
}

function itemsIn(nodes: readonly Node[], index: number): string {
	let items = 0;
	for (let at = index + 1; at <= (nodes[index]?.last ?? index); at++)
		if (nodes[at]?.parent === index && nodes[at]?.nodeName === 'li') items++;
	return counted(items, 'item');
}
