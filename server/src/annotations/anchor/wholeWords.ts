import { type Span, span } from '../../article/span.ts';
import type { Quote } from '../../protocol/annotations.ts';

const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** Scripts that are written without spaces between words. */
const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** By how many UTF-16 units an end is moved at most. */
const MAX_WORD_CHARS = 40;

/**
 * Widens a span to whole words at those ends where the quote that it stands for began or ended with a whole word. Words of scripts
 * without spaces are left as they are.
 */
export function wholeWords(content: string, { start, end }: Span, { exact, prefix, suffix }: Quote): Span {
	let [from, to] = [start, end];
	if (!isInWord(prefix + exact, prefix.length)) {
		while (start - from < MAX_WORD_CHARS && isInWord(content, from)) from--;
	}
	if (!isInWord(exact + suffix, exact.length)) {
		while (to - end < MAX_WORD_CHARS && isInWord(content, to)) to++;
	}
	return span(from, to);
}

/** Whether an offset lies between two characters of a word. */
function isInWord(text: string, offset: number): boolean {
	const [before, after] = [text.charAt(offset - 1), text.charAt(offset)];
	return LETTER.test(before) && LETTER.test(after) && !UNSPACED.test(before) && !UNSPACED.test(after);
}
