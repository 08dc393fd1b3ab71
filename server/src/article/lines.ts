import { type Field, type Span, span } from './span.ts';

/**
 * The line grammar of articles and lists: what one line of a header says, strictly as the writer prints it. `line` is
 * always the line without its break; offsets are relative to its start.
 */

/** A line of the text without its break. */
export interface Line extends Span {
	/** The line's text, without `\n`, `\r\n` or `\r`. */
	readonly text: string;
	/** Offset of the next line, or the text's length on the last one. */
	readonly next: number;
}

/** The line that starts at `start`, or `undefined` at the end of the text. */
export function lineAt(text: string, start: number): Line | undefined {
	if (start >= text.length) return undefined;
	let end = text.indexOf('\n', start);
	const next = end === -1 ? text.length : end + 1;
	if (end === -1) end = text.length;
	if (end > start && text.charCodeAt(end - 1) === 13) end--;
	return { start, end, next, text: text.slice(start, end) };
}

/** `<!--1639640221000-->`, with the number's place. `NaN` is what the writer prints for a date it could not read. */
export function parseTimeLine(line: string): Field | undefined {
	const match = /^<!--(\d+|NaN)-->\s*$/.exec(line);
	return match?.[1] === undefined ? undefined : { value: match[1], span: span(4, 4 + match[1].length) };
}

/** The two parts of a `[title](url)` line. */
export interface TitleLine {
	readonly title: Field;
	readonly url: Field;
}

/**
 * `[title](url)`. The title is not escaped and the url may contain brackets and parentheses, so the title ends at the last
 * `](` that an address follows, and the url at the last `)` of the line.
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

/** A run of dashes: the underline of the title. */
export function isUnderline(line: string): boolean {
	return /^-{2,}\s*$/.test(line);
}

/** `日期：Sun, 28 Jun 2020 12:53:23 +0000`, with the date's place; older archives write it under the dashes. */
export function parseDateLine(line: string): Field | undefined {
	const match = /^(日期[：:]\s*)(\S.*?)\s*$/.exec(line);
	if (match?.[1] === undefined || match[2] === undefined) return undefined;
	return { value: match[2], span: span(match[1].length, match[1].length + match[2].length) };
}

/** One line of a list: `9-1 [Title](/articles/BBC/1047717.md)`; the date (month-day at UTC+8) is optional. */
export interface EntryLine extends TitleLine {
	readonly date?: Field;
}

/** Reads a list's entry line. */
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

/** Offset just after a byte order mark, if there is one. */
export function afterByteOrderMark(text: string): number {
	return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

/** Where a front matter block stands. */
export interface FrontMatterFence extends Span {
	/** The YAML between the fences. */
	readonly content: Span;
	/** Offset of the line after the closing fence. */
	readonly next: number;
}

/** Finds `---`, YAML, `---` at `start`; `undefined` where there is none, or it is not closed. */
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

/** The first line at or after `start` that is not blank. */
export function skipBlankLines(text: string, start: number): Line | undefined {
	let line = lineAt(text, start);
	while (line && line.text.trim() === '') line = lineAt(text, line.next);
	return line;
}

/** The line break that a text uses. */
export function lineBreakOf(text: string): '\r\n' | '\n' {
	const first = text.indexOf('\n');
	return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
