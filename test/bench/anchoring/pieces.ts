import type { Span } from '../../../server/src/article/span.ts';
import type { Random } from '../random.ts';

/** Returns the words in a range of a text, without separators. */
export function wordsIn(text: string, { start, end }: Span): Span[] {
	const words: Span[] = [];
	for (const { segment, index, isWordLike } of WORDS.segment(text.slice(start, end))) {
		if (isWordLike) words.push({ start: start + index, end: start + index + segment.length });
	}
	return words;
}

/** Returns the sentences in a range of a text, including the white space after them. */
export function sentencesIn(text: string, { start, end }: Span): Span[] {
	return Array.from(SENTENCES.segment(text.slice(start, end)), ({ segment, index }) => ({
		start: start + index,
		end: start + index + segment.length,
	}));
}

const WORDS = new Intl.Segmenter('zh', { granularity: 'word' });
const SENTENCES = new Intl.Segmenter('zh', { granularity: 'sentence' });

/** Returns the range that extends the given distance on both sides of an offset. */
export function around(text: string, offset: number, reach: number): Span {
	return { start: Math.max(0, offset - reach), end: Math.min(text.length, offset + reach) };
}

/** Extends a range by the given distance on each side. */
export function widened(text: string, { start, end }: Span, reach: number): Span {
	return { start: Math.max(0, start - reach), end: Math.min(text.length, end + reach) };
}

/** Extends a range to the start and end of the pieces at its edges. */
export function snap(pieces: readonly Span[], { start, end }: Span): Span {
	const first = pieces.find(piece => piece.end > start);
	const last = pieces.findLast(piece => piece.start < end);
	return first && last && last.end > first.start ? { start: first.start, end: last.end } : { start, end };
}

/** Returns the sentences that overlap a range. */
export function sentencesAround(text: string, quoted: Span): Span {
	return snap(sentencesIn(text, widened(text, quoted, 400)), quoted);
}

export function outside(words: readonly Span[], range: Span): Span[] {
	return words.filter(word => word.end <= range.start || word.start >= range.end);
}

/**
 * Returns a random offset between two sentences that is at least a minimum distance from a range, and at most `reach`.
 */
export function elsewhere(
	random: Random,
	text: string,
	range: Span,
	distance: number,
	reach = text.length,
): number | undefined {
	const near = widened(text, range, reach);
	for (let attempt = 0; attempt < 20; attempt++) {
		const [, second] = sentencesIn(text, around(text, near.start + random.below(near.end - near.start), 150));
		const at = second?.start ?? 0;
		if (at > 0 && (at < range.start - distance || at > range.end + distance)) return at;
	}
	return undefined;
}
