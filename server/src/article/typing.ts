import { BLOCK_ELEMENTS, HEADING_ELEMENTS, VOID_ELEMENTS } from './elements.ts';
import {
	afterByteOrderMark,
	findFrontMatter,
	isLooseUnderline,
	parseDateLine,
	parseLooseTimeLine,
	parseLooseTitleLine,
	parseTimeLine,
	partAt,
	skipBlankLines,
} from './lines.ts';
import { span } from './span.ts';
import { readTags, type WrittenElement } from './writtenTags.ts';

/**
 * What follows from a key that was typed in an article, as the text alone tells. Pure functions, used by the server and, without
 * a round trip to it, by the client.
 */

/** An edit that follows from what was typed: `text` replaces `start` to `end`. */
export interface TypedEdit {
	readonly start: number;
	readonly end: number;
	readonly text: string;
	/** What goes first in the text: the edit, or what is typed at `start` before the edit has been made. */
	readonly first: 'edit' | 'typed';
}

/** How far around the cursor a text is looked at, in UTF-16 code units. */
const NEAR = 500;

/**
 * After a typed `>`: the end tag of the element unless it has one that no ancestor needs. After a typed `</`: the name of the
 * innermost open element. An end tag that is typed where the same one stands, or typed on after it was completed, is not doubled.
 */
export function closeTag(text: string, offset: number): readonly TypedEdit[] {
	const body = bodyStart(text);
	if (offset <= body) return [];
	return text[offset - 1] === '>' ? afterBracket(text, body, offset) : afterSlash(text, body, offset);
}

function afterBracket(text: string, body: number, offset: number): readonly TypedEdit[] {
	const before = text.slice(Math.max(body, offset - NEAR), offset);
	const twice = /<\/([a-z][^\s/<>]*)>(\1>)$/i.exec(before)?.[2];
	if (twice) return [{ start: offset - twice.length, end: offset, text: '', first: 'edit' }];
	const { elements, strayEndTags } = readTags(text, span(body, text.length));
	const endTag = /<\/[a-z][^\s/<>]*>$/i.exec(before)?.[0];
	if (endTag) {
		const end = offset + endTag.length;
		if (strayEndTags.length === 0 || !isSame(text.slice(offset, end), endTag)) return [];
		// Within an element of the same name, it is not this end tag that is stray, but one of those around it.
		const without = text.slice(0, offset) + text.slice(end);
		const isDouble = readTags(without, span(body, without.length)).strayEndTags.length < strayEndTags.length;
		return isDouble ? [{ start: offset, end, text: '', first: 'typed' }] : [];
	}
	const element = elements.find(({ startTag }) => startTag.end === offset);
	if (!element || VOID_ELEMENTS.has(element.name) || text[offset - 2] === '/' || !needsEndTag(element)) return [];
	return [{ start: offset, end: offset, text: `</${nameIn(text, element)}>`, first: 'typed' }];
}

function afterSlash(text: string, body: number, offset: number): readonly TypedEdit[] {
	const start = offset - 2;
	if (start < body || !text.startsWith('</', start)) return [];
	const before = readTags(text, span(body, start));
	if (before.unfinished !== undefined || !before.innermost) return [];
	const name = nameIn(text, before.innermost);
	const follows = text.slice(offset, offset + name.length + 3);
	const insert = (inserted: string): TypedEdit => ({ start: offset, end: offset, text: inserted, first: 'edit' });
	if (isSame(follows, `</${name}>`)) {
		const without = text.slice(0, start) + text.slice(offset);
		const { elements } = readTags(without, span(body, without.length));
		const element = elements.find(({ startTag }) => startTag.start === before.innermost?.startTag.start);
		if (element && !needsEndTag(element))
			return [insert(`${name}>`), { start: offset, end: offset + follows.length, text: '', first: 'typed' }];
	}
	return [insert(text[offset] === '>' ? name : `${name}>`)];
}

/** Whether an element has no end tag, or took the end tag of an ancestor with the same name. */
function needsEndTag(element: WrittenElement): boolean {
	if (!element.endTag) return true;
	for (let above = element.parent; above; above = above.parent)
		if (above.name === element.name && !above.endTag) return true;
	return false;
}

function nameIn(text: string, { startTag, name }: WrittenElement): string {
	return text.slice(startTag.start + 1, startTag.start + 1 + name.length);
}

function isSame(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}

/**
 * After a typed `=` behind the name of an attribute: quotes around the cursor. After a typed `"` where the quote already stands:
 * takes out one of the two.
 */
export function quoteValue(text: string, offset: number): readonly TypedEdit[] {
	const before = text.slice(Math.max(0, offset - NEAR), offset);
	const next = text[offset];
	if (!/[\s/][^\s"'<>/=]+\s*=(?:\s*"[^"<>]*")?$/.test(before)) return [];
	const body = bodyStart(text);
	const isTag = (at: number | undefined): boolean => at !== undefined && /^<[a-z]/i.test(text.slice(at, at + 2));
	if (offset <= body || !isTag(readTags(text, span(body, offset)).unfinished)) return [];
	if (before.endsWith('=')) {
		if (next !== undefined && !/[\s<>/]/.test(next)) return [];
		return (['edit', 'typed'] as const).map(first => ({ start: offset, end: offset, text: '"', first }));
	}
	if (next !== '"') return [];
	// At the start of the value, the typed quote was to open it; behind its text, to close it.
	const start = /=\s*""$/.test(before) ? offset - 1 : offset;
	return [{ start, end: start + 1, text: '', first: start === offset ? 'typed' : 'edit' }];
}

/**
 * After Enter at the end of a paragraph, list item or heading: ends it and begins another, below a heading a paragraph. A block
 * with a line of its own gets another line; one that shares its line, as in archive form, stays on that line.
 *
 * @param start the offset of the typed line break
 * @param offset the offset after it and the indentation
 */
export function beginBlock(text: string, start: number, offset: number): readonly TypedEdit[] {
	const after = text.slice(offset, offset + NEAR);
	// Most line breaks are elsewhere.
	const tags = /^[ \t]*((?:<\/[a-z][^\s/<>]*\s*>)*?)(<\/)(p|li|h[1-6])\s*>/i.exec(after);
	if (!tags) return [];
	// In a title that the line break divides, there is no body.
	const body = bodyStart(text.slice(0, start) + text.slice(offset));
	if (start <= body) return [];
	const [whole, inline = '', slash = '', name = ''] = tags;
	const { innermost, unfinished } = readTags(text, span(body, start));
	if (unfinished !== undefined) return [];
	let block = innermost;
	for (const [, ended = ''] of inline.matchAll(/<\/([a-z][^\s/<>]*)/gi)) {
		if (block?.name !== ended.toLowerCase() || BLOCK_ELEMENTS.has(block.name)) return [];
		block = block.parent;
	}
	if (block?.name !== name.toLowerCase() || text.slice(block.startTag.end, start).trim() === '') return [];
	const next = HEADING_ELEMENTS.has(block.name) ? 'p' : nameIn(text, block);
	const isIsolated =
		text.slice(text.lastIndexOf('\n', block.startTag.start) + 1, block.startTag.start).trim() === '' &&
		/^[ \t]*(?:\r?\n|$)/.test(text.slice(offset + whole.length, offset + whole.length + NEAR));
	const ended = `${inline}</${nameIn(text, block)}>`;
	const begin: readonly TypedEdit[] = isIsolated
		? [
				{ start, end: start, text: ended, first: 'edit' },
				{ start: offset, end: offset, text: `<${next}>`, first: 'edit' },
			]
		: [{ start, end: offset, text: `${ended}<${next}>`, first: 'edit' }];
	const nameStart = offset + whole.lastIndexOf(slash) + slash.length;
	const blanks = whole.length - whole.trimStart().length;
	return [
		...begin,
		...(blanks + inline.length > 0
			? [{ start: offset, end: offset + blanks + inline.length, text: '', first: 'typed' } as const]
			: []),
		...(next === nameIn(text, block)
			? []
			: [{ start: nameStart, end: nameStart + name.length, text: next, first: 'typed' } as const]),
	];
}

/** The end tags of the last block of a list or quote, and of that. */
const LAST_BLOCK = /^<\/(li|p)\s*>(\s*)<\/(ul|ol|menu|blockquote)\s*>/i;

/**
 * After Enter in an empty item at the end of a list, or in an empty paragraph at the end of a quote: takes it out and begins a
 * paragraph below the list or quote; below a list that ends an item of another, the next item. Nothing stays of a list or quote
 * without other content.
 *
 * @param start the offset of the typed line break
 * @param offset the offset of the cursor after it
 * @param end the offset after all that was typed: between two tags, editors put the end tag on a line of its own
 */
export function leaveBlock(text: string, start: number, offset: number, end: number): readonly TypedEdit[] {
	const [tags, name = '', blanks = '', listName = ''] = LAST_BLOCK.exec(text.slice(end, end + NEAR)) ?? [];
	const body = tags === undefined ? start : bodyStart(text.slice(0, start) + text.slice(end));
	if (tags === undefined || start <= body) return [];
	const { innermost: block, unfinished } = readTags(text, span(body, start));
	const list = block?.parent;
	if (unfinished !== undefined || !list || block.startTag.end !== start) return [];
	if (block.name !== name.toLowerCase() || list.name !== listName.toLowerCase()) return [];
	if ((block.name === 'p') !== (list.name === 'blockquote')) return [];
	const listEnd = end + tags.length;
	const itemEnd =
		list.parent?.name === 'li' ? /^\s*<\/li\s*>/i.exec(text.slice(listEnd, listEnd + NEAR))?.[0] : undefined;
	const left = (itemEnd !== undefined && list.parent) || list;
	const until = listEnd + (itemEnd?.length ?? 0);
	const before = text.slice(list.startTag.end, block.startTag.start).trimEnd();
	const endTags = (before === '' ? '' : `${blanks}</${nameIn(text, list)}>`) + (itemEnd ?? '');
	const next = left === list ? 'p' : nameIn(text, left);
	const lineBreak = endTags === '' ? '' : lineBreakBefore(text, left, until);
	return [
		{
			start: before === '' ? list.startTag.start : list.startTag.end + before.length,
			end: offset,
			text: '',
			first: 'edit',
		},
		{ start: offset, end: offset, text: `${endTags}${lineBreak}<${next}>`, first: 'edit' },
		{ start: offset, end: until, text: `</${next}>`, first: 'typed' },
	];
}

/** Returns the line break and indentation before an element that shares its lines with nothing; empty if it shares them. */
function lineBreakBefore(text: string, { startTag }: WrittenElement, end: number): string {
	const before = /\r?\n[ \t]*$/.exec(text.slice(Math.max(0, startTag.start - NEAR), startTag.start))?.[0] ?? '';
	return /^[ \t]*(?:\r?\n|$)/.test(text.slice(end, end + NEAR)) ? before : '';
}

/** Returns where the body begins, below the header. */
function bodyStart(text: string): number {
	let next = afterByteOrderMark(text);
	next = findFrontMatter(text, next)?.next ?? next;
	const parts = [
		(line: string) => parseTimeLine(line) ?? parseLooseTimeLine(line),
		// A title that is being written may have no URL yet.
		(line: string) => line.startsWith('[') || parseLooseTitleLine(line),
		isLooseUnderline,
		parseDateLine,
	];
	for (const parse of parts) {
		const line = partAt(text, next, skipBlankLines);
		// A long line is part of the body.
		if (line && parse(line.text.slice(0, 5_000))) next = line.next;
	}
	return next;
}
