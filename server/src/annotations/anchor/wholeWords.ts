import { type Span, span } from '../../article/span.ts';
import type { Quote } from '../../protocol/annotations.ts';

const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** Scripts without spaces between words. */
const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** How far an end is moved at most, in UTF-16 units. */
const MAX_WORD_CHARS = 40;

/**
 * Widens a span to a whole word at each end where the quote started or ended with a whole word. Words in scripts without spaces are not
 * widened.
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

/** Whether an offset is between two characters of a word. */
function isInWord(text: string, offset: number): boolean {
	const [before, after] = [text.charAt(offset - 1), text.charAt(offset)];
	return LETTER.test(before) && LETTER.test(after) && !UNSPACED.test(before) && !UNSPACED.test(after);
}
