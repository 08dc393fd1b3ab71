import { baseName } from '../util/path.ts';
import { clipLine } from '../util/text.ts';
import { counted } from '../util/words.ts';
import type { Article } from './article.ts';
import { EMBED_ELEMENTS } from './elements.ts';
import type { Figure } from './figures.ts';
import type { Heading } from './headings.ts';
import { labelOf } from './label.ts';
import { children, ELEMENT_NODE, getAttribute, isElement, type Node } from './node.ts';
import { type Span, span } from './span.ts';
import { CONTAINER, EMBED, indicesOf } from './traits.ts';

/** What an entry of the outline stands for. */
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
	| 'paragraph';

/** An entry of an article's outline. */
export interface OutlineItem {
	readonly kind: OutlineKind;
	/** Never empty. */
	readonly name: string;
	/** A word or two beside the name. */
	readonly detail: string;
	/** All that the entry covers: for a heading, up to the next one that is not below it. */
	readonly span: Span;
	/** What to select when a user goes to it; inside `span`. */
	readonly selection: Span;
	readonly children: readonly OutlineItem[];
}

/** Something that others want to see in an outline, at its place. */
export type OutlineMark = Pick<OutlineItem, 'name' | 'detail' | 'span'>;

/** An item while its children are collected. */
interface Draft extends OutlineItem {
	span: Span;
	readonly children: Draft[];
	readonly level: number;
}

/** Names longer than this, in UTF-16 units, are cut. */
const MAX_NAME_CHARS = 100;

/** An outline has at most this many entries: real articles have some hundred at most, and editors grow slow over more. */
const MOST_ENTRIES = 5000;

/** As much of a text, in UTF-16 units, as a name can be made of; white space may be most of it. */
const ENOUGH = 400;

/** Entries nest no deeper: editors follow them, and JSON is written, recursively. */
const MAX_DEPTH = 50;

/** Elements that are an entry by themselves; what is inside is below them. */
const CONTAINERS: ReadonlyMap<string, OutlineKind> = new Map([
	['blockquote', 'quote'],
	['ul', 'list'],
	['ol', 'list'],
	['table', 'table'],
	['pre', 'code'],
	['footer', 'footer'],
]);

/**
 * The outline: the title, and under it headings nested by level with figures, quotes, lists, tables, code, embeds and the
 * footer; in an article without headings, its paragraphs too.
 *
 * @param notes what is said of the article
 */
export function buildOutline(article: Article, notes: readonly OutlineMark[] = []): readonly OutlineItem[] {
	const { text, title, header } = article;
	const items = nest(collect(article, notes), text.length);
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

/** All entries in the order of the text. */
function collect(article: Article, notes: readonly OutlineMark[]): Draft[] {
	const { nodes } = article;
	const headings = new Map<number, Heading>(article.headings.map(heading => [heading.node, heading]));
	const figures = new Map<number, Figure>(article.figures.map(figure => [figure.node, figure]));
	const paragraphs = headings.size === 0 ? paragraphNodes(article) : undefined;
	const { author, date } = article.byline;
	const drafts: Draft[] = [];
	let insideUntil = -1;
	let embedUntil = -1;
	const candidates = new Set([
		...indicesOf(article.body, CONTAINER | EMBED),
		...headings.keys(),
		...figures.keys(),
		...(paragraphs ?? []),
	]);
	for (const part of [author, date]) if (part) candidates.add(part.node);
	for (const index of Uint32Array.from(candidates).sort()) {
		const node = nodes[index] as Node;
		if (index <= embedUntil || node.nodeType !== ELEMENT_NODE || node.implied) continue;
		if (author?.node === index) drafts.push(draft('byline', author.label, '', author.span));
		if (date?.node === index) drafts.push(draft('date', date.label, '', date.span));
		const figure = figures.get(index);
		const heading = headings.get(index);
		const container = node.foreign ? undefined : CONTAINERS.get(node.nodeName);
		if (figure) {
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
		} else if (EMBED_ELEMENTS.has(node.nodeName) && !node.foreign) {
			drafts.push(
				draft('embed', getAttribute(node, 'title') || embedName(node), node.nodeName, span(node.start, node.end)),
			);
			embedUntil = node.last;
		} else if (paragraphs?.has(index) && index > insideUntil) {
			drafts.push(draft('paragraph', labelOf(nodes, index, ENOUGH), '', span(node.start, node.end)));
		}
	}
	for (const { name, detail, span: place } of notes) drafts.push(draft('note', name, detail, place));
	// What stands wrong inside a table comes before it in the tree.
	return drafts.sort((a, b) => a.span.start - b.span.start).slice(0, MOST_ENTRIES);
}

function draft(kind: OutlineKind, name: string, detail: string, place: Span, level = 0): Draft {
	return { kind, name: nameOf(name) || kind, detail, span: place, selection: place, children: [], level };
}

/** Puts each entry under the heading it follows, or the element it lies in. */
function nest(drafts: readonly Draft[], end: number): readonly OutlineItem[] {
	const top: Draft[] = [];
	const open: Draft[] = [];
	const parents = new Map<Draft, Draft>();
	const endHeading = (item: Draft, at: number): void => {
		if (item.level > 0) item.span = span(item.span.start, Math.max(item.span.end, at));
	};
	for (const item of drafts) {
		// A heading ends headings beside it, not those around the quote or list that it stands in.
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
		// Nothing is part of a note, however much it is about.
		if (item.kind !== 'paragraph' && item.kind !== 'note' && open.length < MAX_DEPTH) open.push(item);
	}
	for (const closed of open) endHeading(closed, end);
	for (const item of drafts.toReversed()) {
		const parent = parents.get(item);
		if (parent && parent.span.end < item.span.end) parent.span = span(parent.span.start, item.span.end);
	}
	return top;
}

/** The block-level elements around text that are paragraphs of the article. */
function paragraphNodes(article: Article): ReadonlySet<number> {
	const paragraphs = new Set<number>();
	const { author, date } = article.byline;
	const taken = [author, date].filter(part => part !== undefined).map(part => part.span);
	for (const block of article.blocks) {
		if (block.node === -1 || article.weights.text(block.node) === 0) continue;
		if (!taken.some(part => part.start >= block.span.start && part.end <= block.span.end)) paragraphs.add(block.node);
	}
	return paragraphs;
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

/** The `caption` of a table. */
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

/** A text as a name: one line, cut between code points. */
function nameOf(text: string | undefined): string {
	return clipLine(text ?? '', MAX_NAME_CHARS);
}
