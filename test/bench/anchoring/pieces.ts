import type { Span } from '../../../server/src/article/span.ts';
import type { Random } from '../random.ts';

/** Words, with what separates them in between. */
export function wordsIn(text: string, { start, end }: Span): Span[] {
	const words: Span[] = [];
	for (const { segment, index, isWordLike } of WORDS.segment(text.slice(start, end))) {
		if (isWordLike) words.push({ start: start + index, end: start + index + segment.length });
	}
	return words;
}

/** Sentences, white space after them included. */
export function sentencesIn(text: string, { start, end }: Span): Span[] {
	return Array.from(SENTENCES.segment(text.slice(start, end)), ({ segment, index }) => ({
		start: start + index,
		end: start + index + segment.length,
	}));
}

const WORDS = new Intl.Segmenter('zh', { granularity: 'word' });
const SENTENCES = new Intl.Segmenter('zh', { granularity: 'sentence' });

/** The range around an offset, so far to each side. */
export function around(text: string, offset: number, reach: number): Span {
	return { start: Math.max(0, offset - reach), end: Math.min(text.length, offset + reach) };
}

/** The range with so much on each side. */
export function widened(text: string, { start, end }: Span, reach: number): Span {
	return { start: Math.max(0, start - reach), end: Math.min(text.length, end + reach) };
}

/** From the start of the piece that a range starts in to the end of the one that it ends in. */
export function snap(pieces: readonly Span[], { start, end }: Span): Span {
	const first = pieces.find(piece => piece.end > start);
	const last = pieces.findLast(piece => piece.start < end);
	return first && last && last.end > first.start ? { start: first.start, end: last.end } : { start, end };
}

/** The sentences that a range lies in. */
export function sentencesAround(text: string, quoted: Span): Span {
	return snap(sentencesIn(text, widened(text, quoted, 400)), quoted);
}

export function outside(words: readonly Span[], range: Span): Span[] {
	return words.filter(word => word.end <= range.start || word.start >= range.end);
}

/** Somewhere between two sentences, at least so far from a range, at most as far as `reach`. */
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
