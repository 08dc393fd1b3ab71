import { type Span, span } from '../article/span.ts';

/** How much text to segment on either side of an offset, in UTF-16 code units. */
const WINDOW = 1000;

/** Segment text by Unicode rules (UAX #29), and Chinese by dictionary. */
const words = new Intl.Segmenter('und', { granularity: 'word' });
const sentences = new Intl.Segmenter('und', { granularity: 'sentence' });

/** Returns the word at an offset, or the one that ends there, within a span of the text. */
export function wordAt(text: string, within: Span, offset: number): Span | undefined {
	const { from, part } = windowAt(text, within, offset);
	for (const at of [offset - from, offset - from - 1]) {
		const word = at < 0 ? undefined : words.segment(part).containing(at);
		if (word?.isWordLike) return span(from + word.index, from + word.index + word.segment.length);
	}
	return undefined;
}

/** Returns the spans of the word and the sentence at an offset, within a span of the text. */
export function segmentsAt(text: string, within: Span, offset: number): Span[] {
	const word = wordAt(text, within, offset);
	const spans = word ? [word] : [];
	const { from, to, part } = windowAt(text, within, offset);
	const sentence = sentences.segment(part).containing(Math.min(offset - from, part.length - 1));
	// Skip a sentence that touches the edge of the window: it may continue beyond it.
	if (
		sentence &&
		!(sentence.index === 0 && from > within.start) &&
		!(sentence.index + sentence.segment.length === part.length && to < within.end)
	)
		spans.push(span(from + sentence.index, from + sentence.index + sentence.segment.trimEnd().length));
	return spans;
}

/** Returns the text around an offset that is segmented. */
function windowAt(text: string, { start, end }: Span, offset: number): { from: number; to: number; part: string } {
	const from = Math.max(start, offset - WINDOW);
	const to = Math.min(end, offset + WINDOW);
	return { from, to, part: text.slice(from, to) };
}
