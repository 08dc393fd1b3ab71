import type { Article } from '../article/article.ts';
import { type Span, span } from '../article/span.ts';
import { countCodePoints } from './describe.ts';
import type { Anchor, Note, Quote } from './note.ts';
import type { Aim, Unanchored } from './threads.ts';

/** Looks for the notes of a sidecar in the present text of their article. */
export function anchorNotes(article: Article, notes: readonly Unanchored[]): readonly Note[] {
	return notes.map(({ aim, ...note }) => ({ ...note, suggestion: undefined, anchor: anchorOf(article, aim) }));
}

function anchorOf(article: Article, { quote, position, lost }: Aim): Anchor {
	const { content } = article;
	const at = (state: Anchor['state'], reason: string, part: Span): Anchor => ({
		state,
		reason,
		spans: content.toSpans(part),
	});
	if (lost === 'missing') return orphan('The note that this one answers is not in the file');
	if (lost === 'elsewhere') return orphan('What the note is about is told in no way that is understood here');
	if (!quote && !position) {
		const title = article.title?.span ?? article.header.titleLine ?? span(0, 0);
		return { state: 'exact', reason: 'The note is on the article as a whole', spans: [title] };
	}
	if (!quote) return orphan('The note tells where its words stood, but not which they were');
	const found: Span[] = [];
	for (
		let from = content.value.indexOf(quote.exact);
		from !== -1;
		from = content.value.indexOf(quote.exact, from + 1)
	) {
		found.push(span(from, from + quote.exact.length));
		if (found.length > 100) break;
	}
	const there = position && found.find(({ start }) => countCodePoints(content.value, start) === position.start);
	if (there) return at('exact', 'The words stand where they stood', there);
	const between = (part: Span): string =>
		content.value.slice(Math.max(0, part.start - quote.prefix.length), part.end + quote.suffix.length);
	const whole = found.filter(part => between(part) === quote.prefix + quote.exact + quote.suffix);
	const [only, ...others] = whole.length === 1 ? whole : found;
	if (!only) {
		const part = changedPart(content.value, quote);
		return part
			? { ...at('changed', 'Other words stand there', part), text: content.value.slice(part.start, part.end) }
			: orphan('The words are not in the article any more');
	}
	if (others.length === 0) return at('moved', 'The words stand in another place', only);
	return {
		state: 'ambiguous',
		reason: `The words stand in ${found.length} places`,
		spans: [],
		candidates: found.map(part => content.toSpans(part)),
	};
}

/** What stands between the text before a quote and that behind it, where each stands once. */
function changedPart(content: string, { exact, prefix, suffix }: Quote): Span | undefined {
	const start = content.indexOf(prefix);
	if (prefix === '' || suffix === '' || start === -1 || content.includes(prefix, start + 1)) return undefined;
	const from = start + prefix.length;
	const to = content.indexOf(suffix, from);
	return to > from && to - from <= 2 * exact.length ? span(from, to) : undefined;
}

function orphan(reason: string): Anchor {
	return { state: 'orphan', reason, spans: [] };
}
