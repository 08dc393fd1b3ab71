import { VOID_ELEMENTS } from './elements.ts';
import {
	afterByteOrderMark,
	findFrontMatter,
	isLooseUnderline,
	lineBreakOf,
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
export const NEAR = 500;

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

/** Returns the name of an element as it is written. */
export function nameIn(text: string, { startTag, name }: WrittenElement): string {
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

export const BREAK = '<br>';

/** After an inserted `<br>`, as by Shift+Enter: a line break in its place in a tag, a comment or raw text, where it is no element. */
export function breakLine(text: string, offset: number): readonly TypedEdit[] {
	const [start, body] = [offset - BREAK.length, bodyStart(text)];
	if (start < body || readTags(text, span(body, start)).unfinished === undefined) return [];
	return [{ start, end: offset, text: lineBreakOf(text), first: 'edit' }];
}

/** Returns where the body begins, below the header. */
export function bodyStart(text: string): number {
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
