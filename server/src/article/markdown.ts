import { BLOCK_ELEMENTS, EMBED_ELEMENTS } from './elements.ts';
import { lineAt } from './lines.ts';
import { type Span, span } from './span.ts';

/** How much of a body looks like HTML, and how much like Markdown. */
export interface MarkupEvidence {
	/** UTF-16 units in lines of HTML, in lines of text with a tag, and in lines without tags. */
	readonly html: number;
	readonly mixed: number;
	readonly plain: number;
	/** Whether any line outside an HTML block has tags or character references. */
	readonly tagged: boolean;
	/** The number of paragraphs that consist of lines without tags. */
	readonly paragraphs: number;
	/** Markdown syntax that HTML would show as typed. A list counts once. */
	readonly signs: readonly (Span & { readonly isBlock: boolean })[];
	/** The first line that is not HTML. */
	readonly first: Span | undefined;
}

/** The start of an HTML block, at any indentation: a comment, or a tag of an element that is not inline. */
const BLOCK_TAG = new RegExp(
	`[ \\t]*<(?:[!?]|/?(?:${[...BLOCK_ELEMENTS, ...EMBED_ELEMENTS].join('|')}|base|basefont|canvas|col|colgroup|frame|frameset|head|link|math|menuitem|meta|noframes|noscript|param|picture|script|source|style|svg|template|textarea|time|title|track)(?=[\\s/>]|$))`,
	'iy',
);
/** A tag of any element at the start of a line. */
const TAG_FIRST = /[ \t]*<\/?[a-z][a-z0-9-]*(?=[\s/>]|$)/iy;
const TAG = /<\/?[a-z][a-z0-9-]*(?=[\s/>]|$)|&(?:#\d+|#x[\da-f]+|[a-z]+);/i;
/** A tag that continues on the next line. */
const OPEN_TAG = /<\/?[a-z][a-z0-9-]*(?:[\s/][^<>]*)?$/i;
/** Elements and comments whose lines are taken verbatim. */
const VERBATIM = /<(pre|script|style|textarea)(?=[\s/>]|$)|<!--/gi;
/** Inline code, which may contain something that looks like a tag. */
const CODE_SPAN = /(?<!`)(`{1,2})(?!`)[^`\n]+\1(?!`)/g;
const FENCE = /^ {0,3}(`{3,8}(?!`)|~{3,8}(?!~))[^`]*$/;

/** Signs that take a whole line. */
const BLOCK_SIGNS: readonly RegExp[] = [
	/^ {0,3}#{1,6}[ \t]+\S/,
	/^ {0,3}>[ \t]?\S/,
	/^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t|:-]*$/,
	/^ {0,3}\[[^[\]\n]{1,300}\]:[ \t]+\S/,
];
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S/;
const SETEXT = /^ {0,3}(?:={2,}|-{3,})[ \t]*$/;
/** This many signs leave no doubt. */
const ENOUGH_SIGNS = 8;
/** Signs within a line. None of them matches across the start of another of its kind, so that all take linear time. */
const INLINE_SIGNS: readonly RegExp[] = [
	/!?\[[^[\]\n]{1,300}\]\((?:https?:\/\/|mailto:|\.{0,2}\/|#)[^()\s]*/i,
	/(?<!\*)\*\*(?![\s*])[^*\n]+(?<!\s)\*\*(?!\*)/,
	/(?<![\w*])\*(?![\s*])[^*\n]+(?<![\s*])\*(?![\w*])/,
	/(?<![\w_])__?(?![\s_])[^_\n]+(?<![\s_])__?(?![\w_])/,
	/(?<!`)`(?![\s`])[^`\n]+(?<!\s)`(?!`)/,
];

/**
 * Returns the first sign of Markdown in a body that is Markdown. HTML with an asterisk is not Markdown, and neither is
 * a single paragraph of plain text. Several paragraphs without any tag are, since HTML would run them together.
 */
export function findMarkdown(text: string, start: number): Span | undefined {
	// If more than half of the body is HTML, the rest makes no difference.
	const { html, mixed, plain, tagged, paragraphs, signs, first } = markupEvidence(
		text,
		start,
		(text.length - start) / 2,
	);
	const [sign] = signs;
	if (html === 0 && !tagged) return sign ?? (paragraphs > 1 ? first : undefined);
	if (plain > html + mixed) return signs.length > 1 || sign?.isBlock ? sign : undefined;
	return plain > html && signs.length > 2 && signs.some(({ isBlock }) => isBlock) ? sign : undefined;
}

/**
 * Examines a body line by line, as Markdown does: an HTML block starts with a tag and ends at a blank line.
 *
 * @param enough stop after this much HTML, in UTF-16 units
 */
export function markupEvidence(text: string, start: number, enough = Number.POSITIVE_INFINITY): MarkupEvidence {
	let [html, mixed, plain, paragraphs, items, tagged] = [0, 0, 0, 0, 0, false];
	const signs: MarkupEvidence['signs'][number][] = [];
	let first: Span | undefined;
	let list: Span | undefined;
	/** What ends the current HTML block: a blank line, or the end of its element. */
	let end: RegExp | 'blank' | undefined;
	let above: 'blank' | 'plain' | 'other' = 'blank';
	/** Whether the line starts inside a tag. */
	let isInTag = false;
	const unclosed = new Map<string, number>();
	for (let line = lineAt(text, start); line && html <= enough; line = lineAt(text, line.next)) {
		const { text: written } = line;
		const length = line.end - line.start;
		if (end instanceof RegExp) {
			html += length;
			if (end.test(written)) end = 'blank';
			continue;
		}
		if (/^\s*$/.test(written)) {
			end = undefined;
			isInTag = false;
			above = 'blank';
			continue;
		}
		if (end === 'blank' || startsWith(BLOCK_TAG, text, line.start)) {
			html += length;
			end = (line.next < text.length ? verbatimEnd(written) : undefined) ?? 'blank';
			isInTag = false;
			above = 'other';
			continue;
		}
		const fence = FENCE.exec(written)?.[1];
		const closing = fence === undefined ? undefined : endOfFence(text, line.next, fence, unclosed);
		if (closing !== undefined) {
			signs.push({ ...span(line.start, line.end), isBlock: true });
			first ??= span(line.start, line.end);
			plain += closing - line.start;
			above = 'other';
			line = { start: line.start, end: closing, next: closing, text: '' };
			continue;
		}
		const tagFirst = startsWith(TAG_FIRST, text, line.start);
		const shown = written.replaceAll(CODE_SPAN, '');
		if (isInTag || tagFirst || TAG.test(shown)) {
			if (tagFirst) html += length;
			else mixed += length;
			tagged = true;
			isInTag = OPEN_TAG.test(shown) || (isInTag && !shown.includes('>'));
			above = 'other';
			continue;
		}
		plain += length;
		const place = span(line.start, line.end);
		first ??= place;
		if (above === 'blank') paragraphs++;
		const continues = above === 'plain';
		above = 'plain';
		if (signs.length >= ENOUGH_SIGNS) continue;
		if (LIST_ITEM.test(written)) {
			list ??= place;
			if (++items === 2) signs.push({ ...list, isBlock: true });
		} else if (BLOCK_SIGNS.some(sign => sign.test(written)) || (continues && SETEXT.test(written))) {
			signs.push({ ...place, isBlock: true });
		}
		if (INLINE_SIGNS.some(sign => sign.test(written))) signs.push({ ...place, isBlock: false });
	}
	return { html, mixed, plain, tagged, paragraphs, signs: signs.sort((a, b) => a.start - b.start), first };
}

function startsWith(pattern: RegExp, text: string, offset: number): boolean {
	pattern.lastIndex = offset;
	return pattern.test(text);
}

/** Returns a pattern for the end of the verbatim element that a line leaves unclosed; `undefined` if there is none. */
function verbatimEnd(line: string): RegExp | undefined {
	let end: RegExp | undefined;
	VERBATIM.lastIndex = 0;
	for (let open = VERBATIM.exec(line); open; open = VERBATIM.exec(line)) {
		const closing = open[1] === undefined ? /-->/g : new RegExp(`</${open[1]}[\\s>]`, 'gi');
		closing.lastIndex = VERBATIM.lastIndex;
		if (!closing.test(line)) {
			end = new RegExp(closing.source, 'i');
			break;
		}
		VERBATIM.lastIndex = closing.lastIndex;
	}
	return end;
}

/**
 * Returns the offset of the line after the closing fence; `undefined` if the fence is unclosed.
 *
 * @param unclosed the shortest unclosed fence of each character, so that each is searched for only once
 */
function endOfFence(text: string, start: number, fence: string, unclosed: Map<string, number>): number | undefined {
	const [mark = ''] = fence;
	if (fence.length >= (unclosed.get(mark) ?? Number.POSITIVE_INFINITY)) return undefined;
	const closing = new RegExp(`(?<=\\n|^) {0,3}${mark}{${fence.length},}[ \\t]*(?:\\r?\\n|$)`, 'g');
	closing.lastIndex = start;
	if (closing.test(text)) return closing.lastIndex;
	unclosed.set(mark, fence.length);
	return undefined;
}
