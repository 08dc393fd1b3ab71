import { type Span, span } from '../article/span.ts';

/** How much text to segment on either side of an offset, in UTF-16 code units. */
const WINDOW = 1000;

/** Segment text by Unicode rules (UAX #29), and Chinese by dictionary. */
const words = new Intl.Segmenter('und', { granularity: 'word' });
const sentences = new Intl.Segmenter('und', { granularity: 'sentence' });

/** Returns the spans of the word and the sentence at an offset, within a span of the text. */
export function segmentsAt(text: string, { start, end }: Span, offset: number): Span[] {
	const from = Math.max(start, offset - WINDOW);
	const to = Math.min(end, offset + WINDOW);
	const part = text.slice(from, to);
	const place = (segment: string, index: number): Span => span(from + index, from + index + segment.length);
	const spans: Span[] = [];
	// At the end of a word, select that word.
	for (const at of [offset - from, offset - from - 1]) {
		const word = at < 0 ? undefined : words.segment(part).containing(at);
		if (!word?.isWordLike) continue;
		spans.push(place(word.segment, word.index));
		break;
	}
	const sentence = sentences.segment(part).containing(Math.min(offset - from, part.length - 1));
	// Skip a sentence that touches the edge of the window: it may continue beyond it.
	if (
		sentence &&
		!(sentence.index === 0 && from > start) &&
		!(sentence.index + sentence.segment.length === part.length && to < end)
	)
		spans.push(place(sentence.segment.trimEnd(), sentence.index));
	return spans;
}
