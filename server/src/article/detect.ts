import {
	afterByteOrderMark,
	findFrontMatter,
	isUnderline,
	lineAt,
	parseDateLine,
	parseEntryLine,
	parseTimeLine,
	parseTitleLine,
	skipBlankLines,
} from './lines.ts';

/** The kinds of file an archive is made of. */
export type DocumentKind = 'article' | 'list';

/** How much of a file `detect` needs to see, in UTF-16 units; a longer head changes nothing. */
export const DETECTION_LENGTH = 16_384;

/**
 * Tells an article or a list from any other text, by its content alone (FORMAT.md, "Recognising an article"). Looks at
 * the first `DETECTION_LENGTH` units at most. A time comment makes an article even where one of the two lines after it is
 * damaged, so that its header can be reported and repaired.
 */
export function detect(text: string): DocumentKind | undefined {
	const head = text.length > DETECTION_LENGTH ? text.slice(0, DETECTION_LENGTH) : text;
	const start = afterByteOrderMark(head);
	const fence = findFrontMatter(head, start);
	if (fence) {
		if (isArticleHeader(head, fence.next)) return 'article';
		const yaml = head.slice(fence.content.start, fence.content.end);
		const described = /^title\s*:\s*\S/m.test(yaml) && /^from\s*:\s*["']?[a-z][a-z0-9+.-]*:/im.test(yaml);
		return described && startsWithTag(head, fence.next) ? 'article' : undefined;
	}
	if (isArticleHeader(head, start)) return 'article';
	return isList(head, start) ? 'list' : undefined;
}

function isArticleHeader(text: string, start: number): boolean {
	const first = skipBlankLines(text, start);
	if (!first) return false;
	const timed = parseTimeLine(first.text) !== undefined;
	const second = timed ? lineAt(text, first.next) : first;
	const third = second && lineAt(text, second.next);
	const titled = second !== undefined && parseTitleLine(second.text) !== undefined;
	const underlined = third !== undefined && isUnderline(third.text);
	if (timed) return titled || underlined;
	if (!titled || !underlined) return false;
	const below = skipBlankLines(text, third.next);
	if (below && parseDateLine(below.text)) return true;
	return startsWithTag(text, third.next);
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
	return belowListTitle(text, afterByteOrderMark(text)) !== undefined && detect(text) === undefined;
}

/** A plain title, dashes, and nothing but entries below, one of them into the archive. */
function isList(text: string, start: number): boolean {
	const below = belowListTitle(text, start);
	if (below === undefined) return false;
	let rooted = false;
	for (let line = skipBlankLines(text, below); line; line = skipBlankLines(text, line.next)) {
		const entry = parseEntryLine(line.text);
		// The head may end in the middle of a line.
		if (!entry) return rooted && line.end === text.length && text.length >= DETECTION_LENGTH;
		rooted ||= entry.url.value.startsWith('/');
	}
	return rooted;
}
