import { type Conflict, findConflicts, maskConflicts } from './conflict.ts';
import { type FrontMatter, parseFrontMatter } from './frontMatter.ts';
import {
	afterByteOrderMark,
	isLooseUnderline,
	isUnderline,
	type Line,
	lineAt,
	parseDateLine,
	parseLooseTimeLine,
	parseLooseTitleLine,
	parseTimeLine,
	parseTitleLine,
	partAt,
	skipBlankLines,
	withoutClosing,
} from './lines.ts';
import { type Field, overlaps, type Span, span } from './span.ts';
import { parseMoment } from './time.ts';
import { trimEndOf } from './trim.ts';

/** The parsed lines above an article's body, and their faults. */
export interface Header {
	/** From the start of the text (after a byte order mark) to the body. */
	readonly span: Span;
	readonly frontMatter: FrontMatter | undefined;
	/** Line 1: the number (or `NaN`) in the time comment, and the whole comment. */
	readonly time: (Field & { readonly comment: Span }) | undefined;
	/** Line 2: the parts of `[title](url)`, and the whole line. */
	readonly title: Field | undefined;
	readonly url: Field | undefined;
	readonly titleLine: Span | undefined;
	/** Line 3: the dashes. */
	readonly underline: Span | undefined;
	/** The date of the `日期：` line of older archives. */
	readonly date: Field | undefined;
	readonly faults: readonly HeaderFault[];
}

/** The headline, from line 2 or the front matter. */
export function titleOf({ title, frontMatter }: Header): Field | undefined {
	return title ?? frontMatter?.fields.get('title');
}

/** The URL of the original article, as written in line 2 or the front matter. */
export function sourceOf({ url, frontMatter }: Header): Field | undefined {
	return url ?? frontMatter?.fields.get('from');
}

/** Returns the time of the time comment if it is valid, else that of the date line, else the front matter's date. */
export function publishedOf({ time, date, frontMatter }: Header): Field<number> | undefined {
	if (time && /^\d{1,16}$/.test(time.value)) return { value: Number(time.value), span: time.span };
	for (const field of [date, frontMatter?.fields.get('date')]) {
		const moment = field && parseMoment(field.value);
		if (field && moment) return { value: moment.time, span: field.span };
	}
	return undefined;
}

/** How lines 1 to 3 can differ from what the writer prints. */
export type HeaderFaultKind =
	| 'missing'
	| 'front-matter-not-closed'
	| 'front-matter-invalid'
	| 'time-malformed'
	| 'title-malformed'
	| 'title-missing'
	| 'underline-malformed'
	| 'underline-length'
	| 'underline-missing'
	| 'order'
	| 'blank-lines'
	| 'lines-joined'
	| 'blank-line-missing'
	| 'body-missing';

/** A fault in the header, and where it is. */
export interface HeaderFault {
	readonly kind: HeaderFaultKind;
	readonly span: Span;
	/** The error message of a library. */
	readonly detail?: string;
}

type Part = 'time' | 'title' | 'underline' | 'date';
const ORDER: readonly Part[] = ['time', 'title', 'underline', 'date'];

/** Parses the header of an article in whatever state it is. Never throws. In a merge conflict, our side is parsed. */
export function parseHeader(text: string, conflicts: readonly Conflict[] = findConflicts(text)): Header {
	if (conflicts.length === 0) return readHeader(text);
	const ours = maskConflicts(text, conflicts);
	const header = readHeader(ours, skipBlankLines(ours, afterByteOrderMark(ours))?.start);
	// Faults are reported once the conflict is resolved.
	return conflicts.some(conflict => overlaps(conflict.span, header.span)) ? { ...header, faults: [] } : header;
}

/** Parses a header. `from` is the offset of its first line, if not the start of the text. */
function readHeader(text: string, from?: number): Header {
	const start = afterByteOrderMark(text);
	const faults: HeaderFault[] = [];
	const frontMatter = parseFrontMatter(text, from ?? start);
	const first = frontMatter ? frontMatter.next : start;
	if (frontMatter?.error) {
		faults.push({ kind: 'front-matter-invalid', span: frontMatter.error.span, detail: frontMatter.error.message });
	}
	const parts = new Map<Part, Line>();
	let line = partAt(text, first, skipBlankLines);
	if (!frontMatter && line && /^---\s*$/.test(line.text) && /^[a-z]+\s*:/im.test(lineAt(text, line.next)?.text ?? '')) {
		faults.push({ kind: 'front-matter-not-closed', span: line });
		while (line && (isUnderline(line.text) || /^(?:[\w-]+\s*:(?:\s|$)|\s+[^\s<]|-\s)/.test(line.text)))
			line = lineAt(text, line.next);
	}
	if (!frontMatter && line && line.start > first && text.slice(first, line.start).trim() === '')
		faults.push({ kind: 'blank-lines', span: span(first, line.start) });
	let next = line?.start ?? text.length;
	while (line) {
		if (line.text.trim() === '') {
			const below = partAt(text, line.next, skipBlankLines);
			const part = below && partOf(text, below, parts);
			// A blank line ends the header, unless more of it clearly follows.
			const more = part === 'date' || (part && !(parts.has('title') && parts.has('underline')));
			if (!below || !more) break;
			if (part !== 'date') faults.push({ kind: 'blank-lines', span: span(line.start, below.start) });
			line = below;
			continue;
		}
		const part = partOf(text, line, parts);
		if (!part) break;
		if ([...parts.keys()].some(seen => ORDER.indexOf(seen) > ORDER.indexOf(part)))
			faults.push({ kind: 'order', span: line });
		parts.set(part, line);
		next = line.next;
		if (part !== 'underline' && next < text.length && text[next - 1] !== '\n')
			faults.push({ kind: 'lines-joined', span: span(line.end, next) });
		line = partAt(text, next);
	}
	const fields = readParts(parts, faults);
	if (parts.size > 0) {
		if (!parts.has('title'))
			faults.push({ kind: 'title-missing', span: parts.get('time') ?? parts.get('underline') ?? span(first, first) });
		else if (!parts.has('underline'))
			faults.push({ kind: 'underline-missing', span: parts.get('title') ?? span(first, first) });
	} else if (!frontMatter) {
		faults.push({ kind: 'missing', span: lineAt(text, start) ?? span(start, start) });
	}
	// The blank line is part of the header.
	const blank = lineAt(text, next);
	if (blank && blank.text.trim() === '') next = blank.next;
	else if (blank && parts.size > 0) faults.push({ kind: 'blank-line-missing', span: span(blank.start, blank.start) });
	if (text.slice(next).trim() === '' && (parts.size > 0 || frontMatter)) {
		faults.push({ kind: 'body-missing', span: span(text.trimEnd().length, text.trimEnd().length) });
	}
	return { span: span(start, next), frontMatter, ...fields, faults };
}

/** Returns which part of the header a line is, given the parts seen so far. */
function partOf(text: string, line: Line, seen: ReadonlyMap<Part, Line>): Part | undefined {
	if (!seen.has('time') && timeOf(text, line)) return 'time';
	if (!seen.has('date') && parseDateLine(line.text)) return 'date';
	if (!seen.has('underline') && isLooseUnderline(line.text) && (seen.has('title') || /\S{2}/.test(line.text)))
		return 'underline';
	if (!seen.has('title') && !line.text.trimStart().startsWith('<')) {
		const below = partAt(text, line.next);
		const underlined = below !== undefined && isUnderline(below.text);
		if (
			parseTitleLine(line.text) ||
			parseLooseTitleLine(line.text) ||
			underlined ||
			(seen.has('time') && /^\s*\[|\]\(|^.{1,300}$/.test(line.text))
		)
			return 'title';
	}
	return undefined;
}

/** Returns the time comment on a line, valid or not. */
function timeOf(text: string, line: Line): Field | undefined {
	const strict = parseTimeLine(line.text);
	if (strict) return strict;
	const loose = parseLooseTimeLine(line.text);
	if (loose) return loose;
	const below = skipBlankLines(text, line.next);
	// If the title follows, any comment is taken as the time comment.
	const titled = below && (parseTitleLine(below.text) ?? parseLooseTitleLine(below.text));
	const open = titled ? /^\s*<!--\s*/.exec(line.text)?.[0].length : undefined;
	const close = line.text.trimEnd().length - 3;
	if (open === undefined || close < open || !line.text.startsWith('-->', close)) return undefined;
	const value = line.text.slice(open, close).trimEnd();
	return { value, span: span(open, open + value.length) };
}

function moved(field: Field, delta: number): Field {
	return { value: field.value, span: span(field.span.start + delta, field.span.end + delta) };
}

function readParts(
	parts: ReadonlyMap<Part, Line>,
	faults: HeaderFault[],
): Pick<Header, 'time' | 'title' | 'url' | 'titleLine' | 'underline' | 'date'> {
	const [timeLine, titleLine, underline, dateLine] = ORDER.map(part => parts.get(part));
	let time: Header['time'];
	if (timeLine) {
		const strict = parseTimeLine(timeLine.text);
		const field = strict ?? timeOf(`${timeLine.text}\n[t](u)`, { ...timeLine, next: timeLine.text.length + 1 });
		if (!strict) faults.push({ kind: 'time-malformed', span: timeLine });
		if (field) time = { ...moved(field, timeLine.start), comment: span(timeLine.start, timeLine.end) };
	}
	const strict = titleLine && parseTitleLine(titleLine.text);
	const isNeat = strict !== undefined && !/^[\s<]|[\s>]$/.test(strict.url.value);
	const link = isNeat
		? strict
		: titleLine && (parseLooseTitleLine(titleLine.text) ?? strict ?? brokenTitle(titleLine.text));
	if (titleLine && !isNeat) faults.push({ kind: 'title-malformed', span: titleLine });
	if (underline && !isUnderline(underline.text)) faults.push({ kind: 'underline-malformed', span: underline });
	else if (underline && underline.text.trimEnd().length !== 6)
		faults.push({ kind: 'underline-length', span: underline });
	const date = dateLine && parseDateLine(dateLine.text);
	return {
		time,
		title: titleLine && link?.title && moved(link.title, titleLine.start),
		url: titleLine && link?.url && moved(link.url, titleLine.start),
		titleLine: titleLine && span(titleLine.start, titleLine.end),
		underline: underline && span(underline.start, underline.end),
		date: dateLine && date && moved(date, dateLine.start),
	};
}

/** Returns what can be read from a damaged title line: the URL in it, and the rest as its title. */
function brokenTitle(line: string): { title: Field; url: Field | undefined } {
	const address = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/[^\s\]）］】]+/i.exec(line);
	const value = address && withoutClosing(address[0]);
	const url = address && value ? { value, span: span(address.index, address.index + value.length) } : undefined;
	const rest = line.slice(0, address?.index ?? line.length);
	const start = rest.length - rest.replace(/^[\s[]+/, '').length;
	const end = Math.max(start, trimEndOf(rest, /[\s\]([（［]/).length);
	return { title: { value: line.slice(start, end), span: span(start, end) }, url };
}
