import { continuingTag } from './continuingTag.ts';
import { BLOCK_ELEMENTS, HEADING_ELEMENTS } from './elements.ts';
import { span } from './span.ts';
import { bodyStart, NEAR, nameIn, type TypedEdit } from './typing.ts';
import { readTags, type WrittenElement } from './writtenTags.ts';

/** What Enter makes of a text: it replaces `start` to `end`, and the cursor goes between `before` and `behind`. */
interface Entered {
	readonly start: number;
	readonly before: string;
	readonly behind: string;
	readonly end: number;
}

/** An element with both tags. */
type ClosedElement = WrittenElement & { readonly endTag: NonNullable<WrittenElement['endTag']> };

/** The end of a block, and those of the inline elements in it. */
const BLOCK_END = /^[ \t]*((?:<\/[a-z][^\s/<>]*\s*>)*?)<\/(p|li|h[1-6])\s*>/i;

/** Lists whose items Enter ends. */
const LISTS: ReadonlySet<string> = new Set(['ul', 'ol', 'menu', 'dir']);

/**
 * After Enter at the end of a paragraph, list item or heading: ends it and begins another, below a heading a paragraph. A block
 * with a line of its own gets another line; one that shares its line, as in archive form, stays on that line.
 *
 * An empty list item, or an empty paragraph in a quote, leaves the list or quote instead, which is divided if more of it follows. Out of
 * a list in an item of another, it goes on as the next item. Nothing stays of a list or quote without other content.
 *
 * @param start the offset of the typed line break
 * @param offset the offset of the cursor after it
 * @param end the offset after all that was typed: between two tags, editors put the end tag on a line of its own
 */
export function enterBlock(text: string, start: number, offset: number, end: number): readonly TypedEdit[] {
	// Most line breaks are elsewhere.
	const match = BLOCK_END.exec(text.slice(end, end + NEAR));
	if (!match) return [];
	// In a title that the line break divides, there is no body.
	const before = text.slice(0, start) + text.slice(end);
	const entered = start > bodyStart(before) ? enter(before, start, match) : undefined;
	if (!entered) return [];
	return [
		{ start: entered.start, end: offset, text: entered.before, first: 'edit' },
		{ start: offset, end: end + entered.end - start, text: entered.behind, first: 'typed' },
	];
}

function enter(text: string, offset: number, [whole, inline = '', name = '']: RegExpExecArray): Entered | undefined {
	const body = bodyStart(text);
	const { innermost, unfinished } = readTags(text, span(body, offset));
	if (unfinished !== undefined) return undefined;
	let block = innermost;
	for (const [, ended = ''] of inline.matchAll(/<\/([a-z][^\s/<>]*)/gi)) {
		if (block?.name !== ended.toLowerCase() || BLOCK_ELEMENTS.has(block.name)) return undefined;
		block = block.parent;
	}
	if (block?.name !== name.toLowerCase()) return undefined;
	const isEmpty = inline === '' && text.slice(block.startTag.end, offset).trim() === '';
	const left = isEmpty ? leaveBlock(text, body, block.startTag.start, offset) : undefined;
	if (left) return left;
	const end = offset + whole.length;
	const next = HEADING_ELEMENTS.has(block.name) ? 'p' : nameIn(text, block);
	return {
		start: offset,
		before: `${inline}</${nameIn(text, block)}>${lineBreakBefore(text, block, end)}<${next}>`,
		behind: `</${next}>`,
		end,
	};
}

/** Leaves the list, item or quote that the empty block at an offset is in; `undefined` if it is in none. */
function leaveBlock(text: string, body: number, blockStart: number, offset: number): Entered | undefined {
	const { elements } = readTags(text, span(body, text.length));
	const block = elements.find(({ startTag }) => startTag.start === blockStart);
	const parent = block?.parent;
	if (!isClosed(block) || !isClosed(parent)) return undefined;
	if (block.name === 'li') return LISTS.has(parent.name) ? leave(text, elements, block, parent, offset) : undefined;
	if (block.name !== 'p') return undefined;
	if (parent.name === 'blockquote') return leave(text, elements, block, parent, offset);
	if (parent.name !== 'li' || !isBlank(text, block.endTag.end, parent.endTag.start)) return undefined;
	if (!isBlank(text, parent.startTag.end, block.startTag.start)) return divideItem(text, block, parent);
	const list = parent.parent;
	return isClosed(list) && LISTS.has(list.name) ? leave(text, elements, parent, list, offset) : undefined;
}

/** Begins the next item instead of an empty paragraph at the end of an item. */
function divideItem(text: string, block: ClosedElement, item: ClosedElement): Entered {
	const [name, paragraph] = [nameIn(text, item), nameIn(text, block)];
	const start = trimmedEnd(text, item.startTag.end, block.startTag.start);
	const itemEnd = `${text.slice(block.endTag.end, item.endTag.start)}</${name}>`;
	const itemStart = `${lineBreakBefore(text, item, item.endTag.end)}<${name}>${text.slice(start, block.startTag.start)}`;
	return {
		start,
		before: `${itemEnd}${itemStart}<${paragraph}>`,
		behind: `</${paragraph}>`,
		end: block.endTag.end,
	};
}

/**
 * Leaves a list or quote.
 * @param unit the empty item or paragraph directly in it
 */
function leave(
	text: string,
	elements: readonly WrittenElement[],
	unit: ClosedElement,
	list: ClosedElement,
	offset: number,
): Entered | undefined {
	const rest = text.slice(unit.endTag.end, list.endTag.start);
	const hasRest = rest.trim() !== '';
	// The source of a quote stays in it.
	if (hasRest && !startsLike(rest, unit.name)) return undefined;
	const hasStart = !isBlank(text, list.startTag.end, unit.startTag.start);
	const listBreak = lineBreakBefore(text, list, list.endTag.end);
	const listEnd = `${/\s*$/.exec(rest)?.[0] ?? ''}</${nameIn(text, list)}>`;
	const restTag = hasStart
		? continuedTag(text, elements, unit, list)
		: text.slice(list.startTag.start, list.startTag.end);
	const start = hasStart ? trimmedEnd(text, list.startTag.end, unit.startTag.start) : list.startTag.start;
	const item = list.parent;
	if (!isClosed(item) || item.name !== 'li' || !isBlank(text, list.endTag.end, item.endTag.start)) {
		return {
			start,
			before: hasStart ? `${listEnd}${listBreak}<p>` : '<p>',
			behind: hasRest ? `</p>${listBreak}${restTag}` : '</p>',
			end: hasRest ? unit.endTag.end : list.endTag.end,
		};
	}
	const name = nameIn(text, item);
	const paragraph = /<(p)[\s>]/i.exec(text.slice(unit.startTag.end, offset))?.[1];
	const [paragraphStart, paragraphEnd] = paragraph === undefined ? ['', ''] : [`<${paragraph}>`, `</${paragraph}>`];
	const isFirst = !hasStart && isBlank(text, item.startTag.end, list.startTag.start);
	const itemEnd = `${text.slice(list.endTag.end, item.endTag.start)}</${name}>${lineBreakBefore(text, item, item.endTag.end)}<${name}>`;
	return {
		start: hasStart ? start : trimmedEnd(text, item.startTag.end, list.startTag.start),
		before: (hasStart ? listEnd : '') + (isFirst ? '' : itemEnd) + paragraphStart,
		behind: paragraphEnd + (hasRest ? listBreak + restTag : `</${name}>`),
		end: hasRest ? unit.endTag.end : item.endTag.end,
	};
}

/** Returns the start tag of the second part of a list or quote, whose numbers go on. */
function continuedTag(
	text: string,
	elements: readonly WrittenElement[],
	unit: WrittenElement,
	{ name, startTag }: WrittenElement,
): string {
	const before = elements.filter(
		({ name, parent, startTag: item }) =>
			name === 'li' && parent?.startTag.start === startTag.start && item.start < unit.startTag.start,
	);
	return continuingTag(name, text.slice(startTag.start, startTag.end), before.length);
}

function isClosed(element: WrittenElement | undefined): element is ClosedElement {
	return element?.endTag !== undefined;
}

function isBlank(text: string, start: number, end: number): boolean {
	return text.slice(start, end).trim() === '';
}

/** Whether a text starts with an element of the same name. */
function startsLike(text: string, name: string): boolean {
	return /^\s*<([a-z][^\s/<>]*)/i.exec(text)?.[1]?.toLowerCase() === name;
}

/** Returns the end of what is not white space in a part of a text. */
function trimmedEnd(text: string, start: number, end: number): number {
	return start + text.slice(start, end).trimEnd().length;
}

/** Returns the line break and indentation before an element that shares its lines with nothing; empty if it shares them. */
function lineBreakBefore(text: string, { startTag }: WrittenElement, end: number): string {
	const before = /\r?\n[ \t]*$/.exec(text.slice(Math.max(0, startTag.start - NEAR), startTag.start))?.[0] ?? '';
	return /^[ \t]*(?:\r?\n|$)/.test(text.slice(end, end + NEAR)) ? before : '';
}
