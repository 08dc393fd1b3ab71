import { type Span, span } from '../article/span.ts';

/** How much text around a place is divided into words and sentences, in UTF-16 units on either side. */
const WINDOW = 1000;

/** Divides text by Unicode's rules and dictionaries (UAX 29), Chinese too. */
const words = new Intl.Segmenter('und', { granularity: 'word' });
const sentences = new Intl.Segmenter('und', { granularity: 'sentence' });

/** The word and the sentence at an offset of a text, within `[start, end)`. */
export function segmentsAt(text: string, { start, end }: Span, offset: number): Span[] {
	const from = Math.max(start, offset - WINDOW);
	const to = Math.min(end, offset + WINDOW);
	const part = text.slice(from, to);
	const place = (segment: string, index: number): Span => span(from + index, from + index + segment.length);
	const spans: Span[] = [];
	// At the end of a word, it is that word.
	for (const at of [offset - from, offset - from - 1]) {
		const word = at < 0 ? undefined : words.segment(part).containing(at);
		if (!word?.isWordLike) continue;
		spans.push(place(word.segment, word.index));
		break;
	}
	const sentence = sentences.segment(part).containing(Math.min(offset - from, part.length - 1));
	// One that reaches an end of the window may go on behind it.
	if (
		sentence &&
		!(sentence.index === 0 && from > start) &&
		!(sentence.index + sentence.segment.length === part.length && to < end)
	)
		spans.push(place(sentence.segment.trimEnd(), sentence.index));
	return spans;
}
