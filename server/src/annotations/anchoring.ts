import type { Article } from '../article/article.ts';
import { type Span, span } from '../article/span.ts';
import { countCodePoints } from './describe.ts';
import type { Anchor, Note } from './note.ts';
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
	const [only, ...others] = found;
	if (!only) return orphan('The words are not in the article any more');
	if (others.length === 0) return at('moved', 'The words stand in another place', only);
	return {
		state: 'ambiguous',
		reason: `The words stand in ${found.length} places`,
		spans: [],
		candidates: found.map(part => content.toSpans(part)),
	};
}

function orphan(reason: string): Anchor {
	return { state: 'orphan', reason, spans: [] };
}
