import { baseName } from '../util/path.ts';
import { clipLine } from '../util/text.ts';
import { counted } from '../util/words.ts';
import type { Article } from './article.ts';
import { readByline } from './bylineText.ts';
import type { Figure } from './figures.ts';

import { furnitureOutline } from './furnitureOutline.ts';
import { hasWords } from './headings/script.ts';
import type { Heading } from './headings.ts';
import { labelOf } from './label.ts';
import { pushAll } from './lists.ts';
import { children, ELEMENT_NODE, getAttribute, isElement, type Node } from './node.ts';
import { type Span, span } from './span.ts';
import { CONTAINER, EMBED, indicesOf } from './traits.ts';

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
			name: nameOf(title?.value) || 'Untitled',
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

/** Collects all items, in text order. */
function collect(article: Article, notes: readonly OutlineMark[]): Draft[] {
	const { nodes, regions, body } = article;
	const headings = new Map<number, Heading>(article.headings.map(heading => [heading.node, heading]));
	const figures = new Map<number, Figure>(article.figures.map(figure => [figure.node, figure]));
	const paragraphs = headings.size === 0 ? paragraphNodes(article) : undefined;
	const { author, date } = article.byline;
	const drafts: Draft[] = [];
	const words = figureWords(article);
	let insideUntil = -1;
	let embedUntil = -1;
	let wordsUntil = -1;
	let figureUntil = -1;
	const candidates = indicesOf(body, CONTAINER | EMBED);
	for (const more of [headings.keys(), figures.keys(), words, paragraphs ?? []]) pushAll(candidates, more);
	for (const part of [author, date]) if (part) candidates.push(part.node);
	let before = -1;
	for (const index of Uint32Array.from(candidates).sort()) {
		if (index === before) continue;
		before = index;
		const node = nodes[index] as Node;
		const trait = body.traits[index] ?? 0;
		if (words.has(index)) wordsUntil = Math.max(wordsUntil, node.last);
		if (index <= wordsUntil && !figures.has(index)) continue;
		if (index <= embedUntil || node.nodeType !== ELEMENT_NODE || node.implied) continue;
		if (author?.node === index && author.shown) drafts.push(draft('byline', author.label, '', author.span));
		if (date?.node === index && date.shown) drafts.push(draft('date', date.label, '', date.span));
		if (regions.isFurniture(index)) continue;
		const figure = figures.get(index);
		const heading = headings.get(index);
		const container = (trait & CONTAINER) === 0 ? undefined : CONTAINERS.get(node.nodeName);
		if (figure) {
			figureUntil = Math.max(figureUntil, node.last);
			drafts.push(draft('figure', figureName(nodes, figure), figure.credit?.label ?? '', figure.span));
		} else if (heading) {
			drafts.push(draft('heading', heading.label, '', heading.span, heading.level));
		} else if (container && index > insideUntil) {
			const caption = container === 'table' ? captionOf(nodes, index) : undefined;
			const label = labelOf(nodes, caption ?? index, ENOUGH);
			if (label || container !== 'list')
				drafts.push(
					draft(container, label, container === 'list' ? itemsIn(nodes, index) : '', span(node.start, node.end)),
				);
			if (container !== 'footer') insideUntil = node.last;
		} else if ((trait & EMBED) !== 0) {
			drafts.push(
				draft('embed', getAttribute(node, 'title') || embedName(node), node.nodeName, span(node.start, node.end)),
			);
			embedUntil = node.last;
		} else if (paragraphs?.has(index) && index > Math.max(insideUntil, figureUntil)) {
			drafts.push(draft('paragraph', labelOf(nodes, index, ENOUGH), '', span(node.start, node.end)));
		}
	}
	for (const { name, detail, span: place } of notes) drafts.push(draft('note', name, detail, place));
	// In the tree, foster-parented content comes before the table that contains it in the text.
	return drafts.sort((a, b) => a.span.start - b.span.start).slice(0, MOST_ENTRIES);
}

function draft(kind: OutlineKind, name: string, detail: string, place: Span, level = 0): Draft {
	return { kind, name: nameOf(name) || kind, detail, span: place, selection: place, children: [], level };
}

/** Items without children, even if they cover other items. */
const LEAVES: ReadonlySet<OutlineKind> = new Set(['byline', 'date', 'paragraph', 'note']);

/** Nests each item under the heading it follows or the element that contains it. */
function nest(drafts: readonly Draft[], end: number): readonly OutlineItem[] {
	const top: Draft[] = [];
	const open: Draft[] = [];
	const parents = new Map<Draft, Draft>();
	const endHeading = (item: Draft, at: number): void => {
		if (item.level > 0) item.span = span(item.span.start, Math.max(item.span.end, at));
	};
	for (const item of drafts) {
		// A heading ends the headings at its own nesting, not those around the quote or list that contains it.
		const inside = open.findLastIndex(outer => outer.level === 0 && outer.span.end > item.span.start);
		let depth = open.findIndex((outer, at) => {
			if (outer.level === 0) return outer.span.end <= item.span.start;
			return at > inside && (item.kind === 'footer' || (item.level > 0 && outer.level >= item.level));
		});
		if (depth === -1) depth = open.length;
		for (const closed of open.splice(depth)) endHeading(closed, item.span.start);
		const parent = open.at(-1);
		if (parent) parents.set(item, parent);
		(parent?.children ?? top).push(item);
		if (!LEAVES.has(item.kind) && open.length < MAX_DEPTH) open.push(item);
	}
	for (const closed of open) endHeading(closed, end);
	for (const item of drafts.toReversed()) {
		const parent = parents.get(item);
		if (parent && parent.span.end < item.span.end) parent.span = span(parent.span.start, item.span.end);
	}
	return top;
}

/** Returns the block-level elements that are paragraphs of the article: with words that are no caption or byline. */
function paragraphNodes(article: Article): ReadonlySet<number> {
	const { nodes, weights, regions, byline } = article;
	const paragraphs = new Set<number>();
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
		if (length <= MAX_SHORT_CHARS && !isParagraph(labelOf(nodes, node, ENOUGH))) continue;
		paragraphs.add(node);
	}
	return paragraphs;
}

/** Paragraphs with more text than this, in characters, are neither bylines nor marks. */
const MAX_SHORT_CHARS = 60;

function isParagraph(label: string): boolean {
	return hasWords(label) && readByline(label) === undefined;
}

/** Returns the elements that hold only the caption or credit of a figure, which is named by it. */
function figureWords({ figures }: Article): ReadonlySet<number> {
	const words = new Set<number>();
	for (const { node, caption, credit, beside } of figures) {
		for (const part of [caption, credit]) if (part && part.node !== node) words.add(part.node);
		for (const holder of beside) words.add(holder);
	}
	return words;
}

function figureName(nodes: readonly Node[], figure: Figure): string {
	const [image] = figure.images;
	return (
		figure.caption?.label ||
		image?.alt?.trim() ||
		fileName(image?.source?.value ?? '') ||
		labelOf(nodes, figure.node) ||
		'Figure'
	);
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

/** Makes a name of a text: one line, truncated between code points. */
function nameOf(text: string | undefined): string {
	return clipLine(text ?? '', MAX_NAME_CHARS);
}
