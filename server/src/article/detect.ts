import { mayHaveConflict, sideOf } from './conflict.ts';
import {
	afterByteOrderMark,
	findFrontMatter,
	firstPart,
	isLooseUnderline,
	isUnderline,
	type Line,
	lineAt,
	parseDateLine,
	parseEntryLine,
	parseLooseTimeLine,
	parseLooseTitleLine,
	parseTimeLine,
	parseTitleLine,
	partAt,
	skipBlankLines,
} from './lines.ts';
import { writingOf } from './markdown.ts';
import { parseMoment } from './time.ts';

/** The kinds of file an archive is made of. */
export type DocumentKind = 'article' | 'list';

/** How much of a file `detect` needs to see, in UTF-16 units; a longer head changes nothing. */
export const DETECTION_LENGTH = 16_384;

/**
 * Tells an article or a list from any other text, by its content alone (FORMAT.md, "Recognising an article"). Looks at
 * the first `DETECTION_LENGTH` units at most. A header that is damaged makes an article too, so that it can be reported and repaired, and
 * so does one in which a merge left both sides.
 */
export function detect(text: string): DocumentKind | undefined {
	const head = text.length > DETECTION_LENGTH ? text.slice(0, DETECTION_LENGTH) : text;
	const kind = kindOf(head);
	if (kind || !mayHaveConflict(head)) return kind;
	return kindOf(sideOf(head, 'ours')) ?? kindOf(sideOf(head, 'theirs'));
}

function kindOf(head: string): DocumentKind | undefined {
	const start = afterByteOrderMark(head);
	const fence = findFrontMatter(head, start);
	if (fence) {
		if (isArticleHeader(head, fence.next)) return 'article';
		const yaml = head.slice(fence.content.start, fence.content.end);
		const described = /^title\s*:\s*\S/m.test(yaml) && /^from\s*:\s*["']?[a-z][a-z0-9+.-]*:/im.test(yaml);
		return described && startsWithTag(head, fence.next) ? 'article' : undefined;
	}
	if (isArticleHeader(head, start) || isArticleHeader(head, belowOpenFrontMatter(head, start))) return 'article';
	return isList(head, start) ? 'list' : undefined;
}

/** Where the first tag stands below front matter that is not closed; the end of the text where there is none. */
function belowOpenFrontMatter(text: string, start: number): number {
	let line = lineAt(text, start);
	if (!line || !/^---\s*$/.test(line.text)) return text.length;
	while (line && !line.text.startsWith('<')) line = lineAt(text, line.next);
	return line && parseTimeLine(line.text) ? line.start : text.length;
}

function isArticleHeader(text: string, start: number): boolean {
	const line = skipBlankLines(text, start);
	if (!line) return false;
	const first = firstPart(line);
	const timed = parseTimeLine(first.text) !== undefined;
	const second = timed ? partAt(text, first.next) : first;
	const third = second && partAt(text, second.next);
	const title = second && parseTitleLine(second.text);
	const underlined = third !== undefined && isUnderline(third.text);
	if (timed && (title || underlined)) return true;
	if (!title || !underlined) return isDamagedHeader(text, first);
	const below = skipBlankLines(text, third.next);
	if (below && parseDateLine(below.text)) return true;
	// A row of links, as over pages of documentation, is no title.
	const isRow = title.title.value.includes('](');
	return isDamagedHeader(text, first) || (!isRow && leadsToPage(title.url.value) && isHtml(text, third.next));
}

/**
 * Whether the first three lines that are not blank have a time and a title among them, each damaged or not. A comment that holds a day
 * in words is a time where there is an underline as well.
 */
function isDamagedHeader(text: string, first: Line): boolean {
	const second = partAt(text, first.next, skipBlankLines);
	const third = second && partAt(text, second.next, skipBlankLines);
	const lines = [first, second, third].filter(line => line !== undefined);
	const titled = lines.some(({ text: line }) => {
		const url = (parseTitleLine(line) ?? parseLooseTitleLine(line))?.url.value;
		return url !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(url);
	});
	if (!titled) return false;
	if (lines.some(({ text: line }) => isTime(parseLooseTimeLine(line)?.value))) return true;
	const comment = /^\s*<!--(.*?)-->\s*$/.exec(first.text)?.[1];
	return comment !== undefined && parseMoment(comment) !== undefined && lines.some(line => isLooseUnderline(line.text));
}

/** Whether a number can be meant as a time of this century, in milliseconds or seconds; or `NaN`. */
function isTime(value: string | undefined): boolean {
	return value !== undefined && /^(?:NaN|\d{9,13})$/.test(value);
}

/** Whether an address leads to a page on the web, not to a site. */
function leadsToPage(address: string): boolean {
	return /^https?:\/\/[^/?#\s]+(?:\/[^/\s]|[?#])\S*$/i.test(address);
}

/** Whether a body that has no time comment above it is HTML: it starts with a tag, and nothing stands outside of its blocks. */
function isHtml(text: string, start: number): boolean {
	if (!startsWithTag(text, start)) return false;
	const { signs, paragraphs } = writingOf(text, start);
	return signs.length === 0 && paragraphs === 0;
}

function startsWithTag(text: string, start: number): boolean {
	const line = skipBlankLines(text, start);
	return line !== undefined && /^\s*<[a-z!]/i.test(line.text);
}

/** The first line below a plain title and dashes; `undefined` where a text does not begin so. */
function belowListTitle(text: string, start: number): number | undefined {
	const title = lineAt(text, start);
	if (!title || title.text.trim() === '' || /^[[<#>*|`-]/.test(title.text)) return undefined;
	const underline = lineAt(text, title.next);
	return underline && isUnderline(underline.text) ? underline.next : undefined;
}

/** Whether a text that was a list may still be one, in which a line is being written. */
export function mayBeList(text: string): boolean {
	const ours = mayHaveConflict(text) ? sideOf(text, 'ours') : text;
	return belowListTitle(ours, afterByteOrderMark(ours)) !== undefined && detect(text) !== 'article';
}

/** A plain title, dashes, and nothing but entries below, one of them into the archive: with a day, or into its `/articles/`. */
function isList(text: string, start: number): boolean {
	const below = belowListTitle(text, start);
	if (below === undefined) return false;
	let archived = false;
	for (let line = skipBlankLines(text, below); line; line = skipBlankLines(text, line.next)) {
		const entry = parseEntryLine(line.text);
		// The head may end in the middle of a line.
		if (!entry) return archived && line.end === text.length && text.length >= DETECTION_LENGTH;
		archived ||= entry.date ? entry.url.value.startsWith('/') : entry.url.value.startsWith('/articles/');
	}
	return archived;
}
