import { type Span, span } from '../../article/span.ts';
import type { Quote } from '../../protocol/annotations.ts';
import { isCombiningMark } from './normalForm.ts';
import type { Position, Selectors } from './selectors.ts';
import type { TextModel } from './textModel.ts';

/** How many code points of context are stored on each side of a quote. */
const CONTEXT = 32;

/** How many UTF-16 units are read to get that context. It is more, since an expanded article has much white space for indentation. */
const REACH = 512;

/** How many UTF-16 units around an offset are segmented to find character boundaries. */
const WINDOW = 64;

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Creates the quote of a part of the content, with up to 32 code points of context on each side. Line breaks become spaces, since they
 * differ between the forms of an article.
 *
 * @param part whole characters
 */
export function quoteOf(content: string, { start, end }: Span): Quote {
	const before = onOneLine(content.slice(Math.max(0, start - REACH), start));
	const after = onOneLine(content.slice(end, end + REACH));
	return { exact: onOneLine(content.slice(start, end)), prefix: prefixOf(before), suffix: suffixOf(after) };
}

/** Creates the selectors of a part of the content, widened to whole characters. */
export function quoteAt(model: TextModel, part: Span): Selectors & { readonly position: Position } {
	const { start, end } = wholeCharacters(model.content, part);
	return {
		quote: quoteOf(model.content, { start, end }),
		position: { start: model.toCodePoint(start), end: model.toCodePoint(end) },
	};
}

/**
 * Widens a part to whole characters at its edges: grapheme clusters, and characters with their combining marks, which are the units of
 * comparison.
 */
export function wholeCharacters(content: string, part: Span): Span {
	let { start, end } = part;
	for (let edge = -1; edge !== start; ) {
		edge = start;
		start = characterEdges(content, start).start;
		while (start > 0 && isCombiningMark(content, start)) start = pairStart(content, start - 1);
	}
	for (let edge = -1; edge !== end; ) {
		edge = end;
		end = characterEdges(content, end).end;
		while (end > 0 && isCombiningMark(content, end)) end += (content.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
	}
	return span(start, end);
}

function onOneLine(text: string): string {
	return text.replace(/\s+/g, run => (run.includes('\n') ? ' ' : run));
}

/** Returns the span of the grapheme cluster around an offset; empty if the offset is at a boundary. */
function characterEdges(text: string, offset: number): Span {
	if (offset <= 0 || offset >= text.length) return { start: offset, end: offset };
	const from = pairStart(text, Math.max(0, offset - WINDOW));
	const around = text.slice(from, pairStart(text, Math.min(text.length, offset + WINDOW)));
	const { index = 0, segment = '' } = GRAPHEMES.segment(around).containing(offset - from) ?? {};
	const start = from + index;
	return start === offset ? { start, end: start } : { start, end: start + segment.length };
}

/** Returns the offset, or the start of the surrogate pair that it would split. */
function pairStart(text: string, offset: number): number {
	return (text.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset;
}

/** Texts in which every UTF-16 unit is a character: no combining marks, jamo or emoji. The segmenter takes a hundred times as long. */
const PLAIN = /^[ -~\u2010-\u2027\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u9fff\uff01-\uff5e]*$/;

function prefixOf(before: string): string {
	if (PLAIN.test(before.slice(-CONTEXT - 1))) return before.slice(-CONTEXT);
	return takeCharacters(charactersOf(before).reverse()).reverse().join('');
}

function suffixOf(after: string): string {
	if (PLAIN.test(after.slice(0, CONTEXT + 1))) return after.slice(0, CONTEXT);
	return takeCharacters(charactersOf(after)).join('');
}

function charactersOf(text: string): string[] {
	return Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}

/** Takes as many characters as fit in 32 code points. */
function takeCharacters(characters: readonly string[]): string[] {
	let left = CONTEXT;
	const first = characters.findIndex(character => {
		left -= Array.from(character).length;
		return left < 0;
	});
	return characters.slice(0, first < 0 ? characters.length : first);
}
