import type { Obstacle } from '../../annotations/inlineEdits.ts';
import type { Article } from '../../article/article.ts';
import type { Block } from '../../article/blocks.ts';
import { continuingTag } from '../../article/continuingTag.ts';
import type { TextEdit } from '../../article/edits.ts';
import { BLOCK_ELEMENTS, EMBED_ELEMENTS, HEADING_ELEMENTS, UNIT_ELEMENTS } from '../../article/elements.ts';
import { pushAll } from '../../article/lists.ts';
import { COMMENT_NODE, children, hasEndTag, type Node } from '../../article/node.ts';
import { type Span, span, trimmedSpan } from '../../article/span.ts';
import { groupBy } from '../../util/groups.ts';
import { blockAt } from './blockAt.ts';
import { partInBody, touched } from './places.ts';
import { afterEdits, isObstacle, type Marked, tidied } from './result.ts';

/** A block that a command applies to: a whole element, or text with inline markup in an element with other content. */
interface Part extends Span {
	/** Index of the element; `undefined` for text. */
	readonly element: number | undefined;
	readonly parent: number;
}

/** Elements whose place is in a certain other element, so that they cannot be replaced or wrapped. */
const STRUCTURE: ReadonlySet<string> = new Set(
	'li dd dt td th caption figcaption summary legend blockquote body option'.split(' '),
);

/** Elements that cannot contain a heading. */
const NO_HEADING: ReadonlySet<string> = new Set([
	...HEADING_ELEMENTS,
	'address',
	'caption',
	'dt',
	'legend',
	'pre',
	'th',
]);

const LISTS: ReadonlySet<string> = new Set(['ul', 'ol', 'dl']);

/** Makes the selected blocks headings of a level; if all of them are, makes them paragraphs. */
export function toggleHeading(article: Article, selections: readonly Span[], level: 1 | 2 | 3): Marked | Obstacle {
	const name = `h${level}`;
	const { text, nodes } = article;
	const parts = partsOf(article, selections, part => !isUnit(nodes, part) && !isIn(nodes, part, NO_HEADING));
	if (isObstacle(parts)) return parts;
	const isHeading = ({ element }: Part): boolean => nodes[element ?? -1]?.nodeName === name;
	const isOff = parts.every(isHeading);
	const edits: TextEdit[] = [];
	for (const part of parts) {
		const node = nodes[part.element ?? -1];
		if (isOff && node && isOnlyOf(text, nodes, part, node)) pushAll(edits, untagged(node));
		else if (isOff && node) pushAll(edits, renamed(text, node, 'p'));
		else if (node && /^(?:p|div|h[1-6])$/.test(node.nodeName)) pushAll(edits, renamed(text, node, name));
		else pushAll(edits, wrapped(part, `<${name}>`, name));
	}
	return finished(text, selections, parts, edits);
}

/** Whether a heading without attributes is all the content of an element that needs no paragraph. */
function isOnlyOf(text: string, nodes: readonly Node[], { parent }: Part, node: Node): boolean {
	const around = nodes[parent];
	if (!around || !STRUCTURE.has(around.nodeName) || around.nodeName === 'blockquote' || !hasEndTag(node)) return false;
	const content = trimmedSpan(text, span(around.startTagEnd, around.endTagStart));
	return content.start === node.start && content.end === node.end && node.attributes.length === 0;
}

/** Puts the selected blocks into a quote; if all of them are in one, takes them out. */
export function toggleQuote(article: Article, selections: readonly Span[]): Marked | Obstacle {
	const { text, nodes } = article;
	const parts = partsOf(article, selections, () => true, true);
	if (isObstacle(parts)) return parts;
	const quotes = innermost(nodes, 'blockquote');
	const quoteOf = ({ parent }: Part): number => quotes[parent] ?? -1;
	const edits: TextEdit[] = [];
	if (!parts.every(part => quoteOf(part) !== -1)) {
		const unquoted = parts.filter(part => quoteOf(part) === -1);
		for (const around of joinedTo(article, 'blockquote', groupsOf(text, unquoted))) pushAll(edits, around);
		return finished(text, selections, parts, edits);
	}
	for (const [quote, its] of groupBy(parts, quoteOf)) {
		pushAll(edits, splitAround(text, nodes, quote, its));
		for (const part of its)
			if (part.element === undefined && part.parent === quote) pushAll(edits, wrapped(part, '<p>', 'p'));
	}
	return finished(text, selections, parts, edits);
}

/** Makes the selected blocks items of a list, with bullets or numbers; if all of them are, makes them paragraphs. */
export function toggleList(article: Article, selections: readonly Span[], name: 'ul' | 'ol'): Marked | Obstacle {
	const { text, nodes } = article;
	const parts = partsOf(article, selections, () => true);
	if (isObstacle(parts)) return parts;
	const innermostItems = innermost(nodes, 'li');
	const itemOf = ({ parent, element }: Part): number => innermostItems[element ?? parent] ?? -1;
	const listOf = (item: number): number => nodes[item]?.parent ?? -1;
	const edits: TextEdit[] = [];
	const items = [...new Set(parts.map(itemOf))];
	if (items.every(item => nodes[listOf(item)]?.nodeName === name)) {
		const blocks = groupBy(article.blocks, block => block.node);
		for (const [list, its] of groupBy(items, listOf)) {
			pushAll(
				edits,
				splitAround(
					text,
					nodes,
					list,
					its.map(item => nodes[item] as Node),
				),
			);
			for (const item of its) pushAll(edits, asParagraph(article, item, blocks.get(item) ?? []));
		}
		return finished(text, selections, parts, edits);
	}
	const other = name === 'ul' ? 'ol' : 'ul';
	const lists = new Set(items.flatMap(item => nodes[listOf(item)] ?? []).filter(list => list.nodeName === other));
	const others = parts.filter(part => itemOf(part) === -1);
	const around = joinedTo(article, name, groupsOf(text, others), list => list.nodeName === name || lists.has(list));
	const gone = new Set(around.flatMap(pair => pair.flatMap(edit => (edit.newText === '' ? [edit.span.start] : []))));
	for (const list of lists) {
		const [opening, closing] = renamed(text, list, name);
		if (!gone.has(list.start)) edits.push(opening);
		if (!gone.has(list.endTagStart)) edits.push(closing);
	}
	// At one place, the tags of the list are outside those of its items.
	for (const [opening] of around) edits.push(opening);
	for (const part of others) {
		const node = nodes[part.element ?? -1];
		pushAll(edits, node?.nodeName === 'p' ? renamed(text, node, 'li') : wrapped(part, '<li>', 'li'));
	}
	for (const [, closing] of around) edits.push(closing);
	return finished(text, selections, parts, edits);
}

/** Makes an item a paragraph, or what it contains if that is blocks. */
function asParagraph(article: Article, item: number, blocks: readonly Block[]): readonly TextEdit[] {
	const { text, nodes } = article;
	const node = nodes[item] as Node;
	const isDivided = [...children(nodes, item)].some(index => BLOCK_ELEMENTS.has(nodes[index]?.nodeName ?? ''));
	if (!isDivided) return renamed(text, node, 'p');
	const texts = blocks.map(block => partOf(article, block));
	return [...untagged(node), ...texts.flatMap(part => (part ? wrapped(part, '<p>', 'p') : []))];
}

/** Puts a block-level element around the selected blocks. */
export function wrapBlocks(
	article: Article,
	selections: readonly Span[],
	name: string,
	open: string,
): Marked | Obstacle {
	const { text } = article;
	const parts = partsOf(article, selections, () => true, true);
	if (isObstacle(parts)) return parts;
	const edits: TextEdit[] = [];
	for (const group of groupsOf(text, parts)) pushAll(edits, wrapped(group, open, name));
	return finished(text, selections, parts, edits);
}

/**
 * Returns the blocks that a command applies to, in text order.
 *
 * @param outsideLists whether it applies to a whole list rather than to what is in it
 */
function partsOf(
	article: Article,
	selections: readonly Span[],
	isPossible: (part: Part) => boolean,
	outsideLists = false,
): readonly Part[] | Obstacle {
	const { text } = article;
	const blocks = article.blocks.map(block => ({ ...block.span, block })).sort((a, b) => a.start - b.start);
	const lists = outsideLists ? outermostLists(article.nodes) : undefined;
	const chosen = new Set<Block>();
	for (const selection of selections) {
		const inside = partInBody(article, selection);
		if (isObstacle(inside)) return inside;
		const selected = touched(blocks, inside);
		const block = selected.length > 0 && inside.start < inside.end ? undefined : blockAt(text, blocks, inside.start);
		for (const one of block ? [block] : selected) chosen.add(one.block);
	}
	const found = new Map<string, Part>();
	for (const block of chosen) {
		const own = partOf(article, block);
		const list = own ? (lists?.[own.parent] ?? -1) : -1;
		const whole = article.nodes[list];
		const part = whole ? { start: whole.start, end: whole.end, parent: whole.parent, element: list } : own;
		if (part && isPossible(part)) found.set(`${part.start}-${part.end}`, part);
	}
	if (found.size === 0)
		return { obstacle: 'There is no paragraph here that can be changed: place the cursor in one, or select some' };
	return [...found.values()].sort((a, b) => a.start - b.start);
}

function partOf({ text, nodes }: Article, block: Block): Part | undefined {
	const own = nodes[block.node];
	if (own && own.start === block.span.start && own.end === block.span.end) {
		if (!STRUCTURE.has(own.nodeName)) return { ...block.span, element: block.node, parent: own.parent };
		const content = trimmedSpan(text, span(own.startTagEnd, own.endTagStart));
		return { ...content, element: undefined, parent: block.node };
	}
	const childOf = (index: number): number => {
		let at = index;
		for (let up = nodes[at]?.parent ?? -1; up !== block.node && up !== -1; up = nodes[at]?.parent ?? -1) at = up;
		return at;
	};
	const [first, last] = [childOf(block.first), childOf(block.last)];
	for (let index = first; index <= (nodes[last]?.last ?? last); index++)
		if (BLOCK_ELEMENTS.has(nodes[index]?.nodeName ?? '')) return undefined;
	let end = nodes[last]?.end ?? block.span.end;
	// The comments of a mark directly follow it.
	for (let next = (nodes[last]?.last ?? last) + 1; nodes[next]?.nodeType === COMMENT_NODE; next++) {
		if (nodes[next]?.start !== end) break;
		end = nodes[next]?.end ?? end;
	}
	return { ...trimmedSpan(text, span(nodes[first]?.start ?? 0, end)), element: undefined, parent: block.node };
}

/** Whether a part is a figure, a table, an embed or the like. */
function isUnit(nodes: readonly Node[], { element }: Part): boolean {
	const name = nodes[element ?? -1]?.nodeName ?? '';
	return UNIT_ELEMENTS.has(name) || EMBED_ELEMENTS.has(name) || name === 'hr';
}

function isIn(nodes: readonly Node[], { parent }: Part, names: ReadonlySet<string>): boolean {
	return names.has(nodes[parent]?.nodeName ?? '');
}

/** Returns the innermost element with a name at or around each node; -1 if there is none. */
function innermost(nodes: readonly Node[], name: string): Int32Array {
	const found = new Int32Array(nodes.length);
	for (const [index, { nodeName, parent }] of nodes.entries())
		found[index] = nodeName === name ? index : (found[parent] ?? -1);
	return found;
}

/** Returns the outermost list at or around each node, within the same quote; -1 if there is none. */
function outermostLists(nodes: readonly Node[]): Int32Array {
	const found = new Int32Array(nodes.length);
	for (const [index, { nodeName, parent }] of nodes.entries()) {
		const outer = nodeName === 'blockquote' ? -1 : (found[parent] ?? -1);
		found[index] = outer === -1 && LISTS.has(nodeName) ? index : outer;
	}
	return found;
}

/** Divides parts into groups that follow each other in one element. */
function groupsOf(text: string, parts: readonly Part[]): readonly Part[] {
	const groups: Part[] = [];
	for (const part of parts) {
		const last = groups.at(-1);
		if (last?.parent === part.parent && isNothing(text, last.end, part.start)) {
			groups[groups.length - 1] = { ...last, end: part.end, element: undefined };
		} else groups.push(part);
	}
	return groups;
}

/** Whether there is only white space between two offsets. */
function isNothing(text: string, from: number, to: number): boolean {
	return from <= to && !/\S/.test(text.slice(from, to));
}

/**
 * Returns the edits that put elements around groups, or extend the elements without attributes next to them. What only goes on
 * counting, such as `<ol start="2">`, joins what is before it.
 *
 * @param isExtended whether an element has that name, or gets it
 */
function joinedTo(
	{ text, nodes }: Article,
	name: string,
	groups: readonly Part[],
	isExtended = (node: Node): boolean => node.nodeName === name,
): readonly (readonly [TextEdit, TextEdit])[] {
	/** The elements of that name, by where the text next to them is. */
	const [before, after] = [new Map<number, Node>(), new Map<number, Node>()];
	for (const node of nodes) {
		if (!isExtended(node) || !hasEndTag(node)) continue;
		if (node.attributes.length === 0) before.set(skipSpace(text, node.end, 1), node);
		if (node.attributes.every(attribute => attribute.name === 'start'))
			after.set(skipSpace(text, node.start, -1), node);
	}
	return groups.map(({ start, end, parent }) => {
		const [previous, next] = [before.get(start), after.get(end)];
		const hasPrevious = previous?.parent === parent;
		return [
			previous && hasPrevious
				? { span: span(previous.endTagStart, previous.end), newText: '' }
				: { span: span(start, start), newText: `<${name}>` },
			next?.parent === parent && (next.attributes.length === 0 || hasPrevious)
				? { span: span(next.start, next.startTagEnd), newText: '' }
				: { span: span(end, end), newText: `</${name}>` },
		] as const;
	});
}

/** Returns the offset after the white space in a direction. */
function skipSpace(text: string, offset: number, direction: 1 | -1): number {
	let at = offset;
	const isSpace = (): boolean => /^\s$/.test(text.charAt(direction === 1 ? at : at - 1));
	while (isSpace()) at += direction;
	return at;
}

/** Takes parts of an element out of it: it ends before them, and what follows them gets an element of its own. */
function splitAround(
	text: string,
	nodes: readonly Node[],
	element: number,
	parts: readonly Span[],
): readonly TextEdit[] {
	const node = nodes[element] as Node;
	const sorted = parts.toSorted((a, b) => a.start - b.start);
	const seen = [...children(nodes, element)]
		.map(index => nodes[index] as Node)
		.filter(({ start, end }) => !isNothing(text, start, end))
		.map(({ nodeName, start, end }) => ({
			nodeName,
			...trimmedSpan(text, span(start, end)),
			taken: touched(sorted, span(start, end)).length > 0,
		}));
	const edits: TextEdit[] = [];
	const name = text.slice(node.start + 1, node.start + 1 + node.nodeName.length);
	/** Whether the start tag, with its id, is still there. */
	let isWritten = seen[0]?.taken !== true;
	let items = 0;
	if (seen[0]?.taken) edits.push({ span: span(node.start, node.startTagEnd), newText: '' });
	for (const [index, { end, taken, nodeName }] of seen.entries()) {
		const next = seen[index + 1];
		if (!taken && nodeName === 'li') items++;
		if (!next) {
			if (taken && hasEndTag(node)) edits.push({ span: span(node.endTagStart, node.end), newText: '' });
		} else if (!taken && next.taken) edits.push({ span: span(end, end), newText: `</${name}>` });
		else if (taken && !next.taken) {
			const tag = text.slice(node.start, node.startTagEnd);
			const open = isWritten ? continuingTag(node.nodeName, tag, items) : tag;
			edits.push({ span: span(next.start, next.start), newText: open });
			isWritten = true;
		}
	}
	return edits;
}

/** Changes the name of an element. Adds the end tag if there is none. */
function renamed(text: string, node: Node, name: string): readonly [TextEdit, TextEdit] {
	const { length } = node.nodeName;
	const start = node.start + 1;
	const opening = { span: span(start, start + length), newText: name };
	if (hasEndTag(node))
		return [opening, { span: span(node.endTagStart + 2, node.endTagStart + 2 + length), newText: name }];
	const { end } = trimmedSpan(text, span(node.startTagEnd, node.endTagStart));
	return [opening, { span: span(end, end), newText: `</${name}>` }];
}

function untagged(node: Node): readonly TextEdit[] {
	return [span(node.start, node.startTagEnd), span(node.endTagStart, node.end)].map(tag => ({
		span: tag,
		newText: '',
	}));
}

function wrapped({ start, end }: Span, open: string, name: string): readonly TextEdit[] {
	return [
		{ span: span(start, start), newText: open },
		{ span: span(end, end), newText: `</${name}>` },
	];
}

function finished(
	text: string,
	selections: readonly Span[],
	parts: readonly Part[],
	edits: readonly TextEdit[],
): Marked {
	const all = tidied(text, edits);
	const moved = afterEdits(all);
	const starts = new Set(parts.map(({ start }) => start));
	return {
		edits: all,
		selections: selections.map(({ start, end }) => {
			// A cursor stays in its block.
			const from = moved(start, start < end || starts.has(start) ? 'after' : 'before');
			return span(from, start === end ? from : Math.max(from, moved(end, 'before')));
		}),
	};
}
