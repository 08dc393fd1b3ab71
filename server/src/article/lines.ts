import { type Field, type Span, span } from './span.ts';

/**
 * The line grammar of articles and lists: parses single lines of a header, strictly as the writer prints them. `line`
 * is always the line without its line ending, and offsets are relative to its start.
 */

/** A line of the text, without its line ending. */
export interface Line extends Span {
	/** The line's text, without `\n`, `\r\n` or `\r`. */
	readonly text: string;
	/** Offset of the next line; the text's length on the last line. */
	readonly next: number;
}

/** Returns the line that starts at `start`; `undefined` at the end of the text. */
export function lineAt(text: string, start: number): Line | undefined {
	if (start >= text.length) return undefined;
	let end = text.indexOf('\n', start);
	const next = end === -1 ? text.length : end + 1;
	if (end === -1) end = text.length;
	if (end > start && text.charCodeAt(end - 1) === 13) end--;
	return { start, end, next, text: text.slice(start, end) };
}

/**
 * Parses `<!--1639640221000-->`, with the span of the number. The writer prints `NaN` for a date that it could not
 * parse.
 */
export function parseTimeLine(line: string): Field | undefined {
	const match = /^<!--(\d+|NaN)-->\s*$/.exec(line);
	return match?.[1] === undefined ? undefined : { value: match[1], span: span(4, 4 + match[1].length) };
}

/** Replaces the full-width forms of ASCII characters, brackets and dashes with ASCII. The length stays the same. */
function toHalfWidth(line: string): string {
	if (/^[\0-\x7f]*$/.test(line)) return line;
	return line
		.replace(/[\uff01-\uff5e]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
		.replace(/[\u2010-\u2015\u2212\u2500\u2501]/g, '-')
		.replace(/[〈《]/g, '<')
		.replace(/[〉》]/g, '>')
		.replace(/[【〔［]/g, '[')
		.replace(/[】〕］]/g, ']')
		.replace(/[\u3000\u00a0\ufeff]/g, ' ');
}

/**
 * Parses a damaged time comment, with extra spaces, or with wrong or missing brackets or dashes. The value is the
 * number or `NaN`.
 */
export function parseLooseTimeLine(line: string): Field | undefined {
	const match = /^(\s*(?:<(?:\s*!)?[\s-]*|!?-{2,}\s*))(\d{5,}|NaN)[\s-]*(?:!?>\s*|!\s*)?$/i.exec(toHalfWidth(line));
	if (match?.[1] === undefined || match[2] === undefined) return undefined;
	const [start, end] = [match[1].length, match[1].length + match[2].length];
	return { value: /^nan$/i.test(match[2]) ? 'NaN' : match[2], span: span(start, end) };
}

/** The two parts of a `[title](url)` line. */
export interface TitleLine {
	readonly title: Field;
	readonly url: Field;
}

/**
 * Parses `[title](url)`. The title is not escaped, and the URL may contain brackets and parentheses. So the title ends
 * at the last `](` that is followed by a URL, and the URL ends at the last `)` of the line.
 */
export function parseTitleLine(line: string): TitleLine | undefined {
	const trimmed = line.trimEnd();
	if (!trimmed.startsWith('[') || !trimmed.endsWith(')')) return undefined;
	const last = trimmed.lastIndexOf('](');
	if (last < 1) return undefined;
	let middle = last;
	while (middle > 0 && !/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(trimmed.slice(middle + 2, middle + 42))) {
		middle = trimmed.lastIndexOf('](', middle - 1);
	}
	if (middle < 1) middle = last;
	return {
		title: { value: trimmed.slice(1, middle), span: span(1, middle) },
		url: { value: trimmed.slice(middle + 2, -1), span: span(middle + 2, trimmed.length - 1) },
	};
}

/** A longer line, in UTF-16 units, is not a damaged title. */
const MAX_TITLE_LINE_CHARS = 4096;

/** Parses a damaged title line that has both parts, with extra spaces, or with wrong or missing brackets. */
export function parseLooseTitleLine(line: string): TitleLine | undefined {
	if (line.length > MAX_TITLE_LINE_CHARS) return undefined;
	const plain = toHalfWidth(line);
	const match = /^(\s*\[\s*)(\S.*?)(?:\s*\][\s(]*|\s*\(\s*)<?([a-z][a-z0-9+.-]*:\/\/[^\s<>]+)>?[\s)]*$/i.exec(plain);
	if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) return undefined;
	const title = span(match[1].length, match[1].length + match[2].length);
	const start = plain.indexOf(match[3], title.end);
	const url = withoutClosing(match[3]);
	return {
		title: { value: line.slice(title.start, title.end), span: title },
		url: { value: url, span: span(start, start + url.length) },
	};
}

/** Returns a URL without unmatched closing parentheses at its end. */
export function withoutClosing(address: string): string {
	let end = address.length;
	let open = address.split('(').length - address.split(')').length;
	for (; open < 0 && address[end - 1] === ')'; open++) end--;
	return address.slice(0, end);
}

/**
 * Returns the first part of a header that a line starts with, as a line of its own, if the line ending after it was
 * lost: a time comment before a title, a title before dashes, or dashes before the body. Otherwise returns the line.
 */
export function firstPart(line: Line): Line {
	const head = line.text.slice(0, MAX_TITLE_LINE_CHARS);
	const time = /^\s*<!--\s*(?:\d{9,13}|NaN)\s*-->[ \t]*(?=\[)/i.exec(head);
	if (time) return cutLine(line, time[0].length);
	const dashes = /^-{3,}[ \t]*(?=<[a-z!])/i.exec(head);
	if (dashes) return cutLine(line, dashes[0].length);
	const title = head.startsWith('[') ? /\)[ \t]*(?=-{3,}[ \t]*(?:<[a-z!]|$))/i.exec(head) : null;
	const length = (title?.index ?? 0) + (title?.[0].length ?? 0);
	return length > 0 && parseTitleLine(head.slice(0, length)) ? cutLine(line, length) : line;
}

/** Returns the part of a header that starts at an offset, or at the line that `find` returns. */
export function partAt(text: string, offset: number, find = lineAt): Line | undefined {
	const line = find(text, offset);
	return line && firstPart(line);
}

function cutLine({ start, text }: Line, length: number): Line {
	const part = text.slice(0, length).trimEnd();
	return { start, end: start + part.length, next: start + length, text: part };
}

/**
 * Whether a line is a run of dashes: the underline of the title. The writer prints six; any number from two is
 * accepted.
 */
export function isUnderline(line: string): boolean {
	return /^-{2,}\s*$/.test(line);
}

/** Whether a line is a damaged underline: other dashes, spaces between them, or a single one. */
export function isLooseUnderline(line: string): boolean {
	return /^\s*(?:-[-\s]*|[=_]{2,}\s*)$/.test(toHalfWidth(line));
}

/** Parses `日期：Sun, 28 Jun 2020 12:53:23 +0000`, with the span of the date. Older archives have it below the dashes. */
export function parseDateLine(line: string): Field | undefined {
	const label = /^日期[：:]\s*/.exec(line)?.[0];
	if (label === undefined || label.length === line.length) return undefined;
	const value = line.slice(label.length).trimEnd();
	return { value, span: span(label.length, label.length + value.length) };
}

/** A line of a list: `9-1 [Title](/articles/BBC/1047717.md)`. The date (month-day at UTC+8) is optional. */
export interface EntryLine extends TitleLine {
	readonly date?: Field;
}

/** Parses the entry line of a list. */
export function parseEntryLine(line: string): EntryLine | undefined {
	const date = /^(\d{1,2}-\d{1,2})\s+/.exec(line);
	const offset = date?.[0].length ?? 0;
	const link = parseTitleLine(line.slice(offset));
	if (!link) return undefined;
	const shift = (field: Field): Field => ({
		value: field.value,
		span: span(field.span.start + offset, field.span.end + offset),
	});
	const entry = { title: shift(link.title), url: shift(link.url) };
	return date?.[1] === undefined ? entry : { ...entry, date: { value: date[1], span: span(0, date[1].length) } };
}

/** Returns the offset after a byte order mark, or 0 if there is none. */
export function afterByteOrderMark(text: string): number {
	return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

/** The position of a front matter block. */
export interface FrontMatterFence extends Span {
	/** The YAML between the fences. */
	readonly content: Span;
	/** Offset of the line after the closing fence. */
	readonly next: number;
}

/** Finds `---`, YAML, `---` at `start`; `undefined` if there is no front matter or it is unclosed. */
export function findFrontMatter(text: string, start: number): FrontMatterFence | undefined {
	const first = lineAt(text, start);
	if (!first || !/^---\s*$/.test(first.text)) return undefined;
	for (let line = lineAt(text, first.next); line; line = lineAt(text, line.next)) {
		if (/^---\s*$/.test(line.text)) {
			return { start, end: line.end, content: span(first.next, line.start), next: line.next };
		}
		if (line.text.startsWith('<')) return undefined;
	}
	return undefined;
}

/** Returns the first non-blank line at or after `start`. */
export function skipBlankLines(text: string, start: number): Line | undefined {
	let line = lineAt(text, start);
	while (line && line.text.trim() === '') line = lineAt(text, line.next);
	return line;
}

/** Returns the line ending of a text, as its first line has it. */
export function lineBreakOf(text: string): '\r\n' | '\n' {
	const first = text.indexOf('\n');
	return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
