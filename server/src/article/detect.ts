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
import { markupEvidence } from './markdown.ts';
import { parseMoment } from './time.ts';

/** The kinds of files in an archive. */
export type DocumentKind = 'article' | 'list';

/** How much of a file `detect` looks at, in UTF-16 units. Text beyond this has no effect. */
export const DETECTION_LENGTH = 16_384;

/**
 * Recognises an article or a list by its content alone (FORMAT.md, "Recognising an article"). Reads at most the first
 * `DETECTION_LENGTH` units. A text with a damaged header, or with a merge conflict, is still recognised as an article,
 * so that it can be reported and repaired.
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

/** Returns the offset of the first tag below unclosed front matter, or the end of the text if there is none. */
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
	// A row of links, as at the top of documentation pages, is not a title.
	const isRow = title.title.value.includes('](');
	return isDamagedHeader(text, first) || (!isRow && isPageUrl(title.url.value) && isHtml(text, third.next));
}

/**
 * Whether the first three non-blank lines include a time and a title, each possibly damaged. A comment with a date in
 * words counts as a time if there is also an underline.
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

/** Whether a value can be a timestamp of this century in milliseconds or seconds, or is `NaN`. */
function isTime(value: string | undefined): boolean {
	return value !== undefined && /^(?:NaN|\d{9,13})$/.test(value);
}

/** Whether a URL points to a page and not just to a site. */
function isPageUrl(address: string): boolean {
	return /^https?:\/\/[^/?#\s]+(?:\/[^/\s]|[?#])\S*$/i.test(address);
}

/** Whether a body without a time comment above it is HTML: it starts with a tag, and all its text is in blocks. */
function isHtml(text: string, start: number): boolean {
	if (!startsWithTag(text, start)) return false;
	const { signs, paragraphs } = markupEvidence(text, start);
	return signs.length === 0 && paragraphs === 0;
}

function startsWithTag(text: string, start: number): boolean {
	const line = skipBlankLines(text, start);
	return line !== undefined && /^\s*<[a-z!]/i.test(line.text);
}

/**
 * Returns the offset of the first line below a plain title and its underline; `undefined` if the text does not start
 * with these.
 */
function belowListTitle(text: string, start: number): number | undefined {
	const title = lineAt(text, start);
	if (!title || title.text.trim() === '' || /^[[<#>*|`-]/.test(title.text)) return undefined;
	const underline = lineAt(text, title.next);
	return underline && isUnderline(underline.text) ? underline.next : undefined;
}

/** Whether a text that was a list may still be one while a line is being typed. */
export function mayBeList(text: string): boolean {
	const ours = mayHaveConflict(text) ? sideOf(text, 'ours') : text;
	return belowListTitle(ours, afterByteOrderMark(ours)) !== undefined && detect(text) !== 'article';
}

/**
 * Whether a text has a plain title, an underline, and then only entries, at least one of which is in the archive: it
 * has a date and a path from the root, or its path starts with `/articles/`.
 */
function isList(text: string, start: number): boolean {
	const below = belowListTitle(text, start);
	if (below === undefined) return false;
	let archived = false;
	for (let line = skipBlankLines(text, below); line; line = skipBlankLines(text, line.next)) {
		const entry = parseEntryLine(line.text);
		// The text may be cut off in the middle of a line.
		if (!entry) return archived && line.end === text.length && text.length >= DETECTION_LENGTH;
		archived ||= entry.date ? entry.url.value.startsWith('/') : entry.url.value.startsWith('/articles/');
	}
	return archived;
}
