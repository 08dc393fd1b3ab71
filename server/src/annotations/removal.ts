import type { Article } from '../article/article.ts';
import type { TextEdit } from '../article/edits.ts';
import { overlaps, type Span, span } from '../article/span.ts';
import type { ArticleNotes } from './articleNotes.ts';
import { partOf, withPlace } from './describe.ts';
import type { AnnotationEdit } from './edit.ts';
import { equals } from './json.ts';
import type { Note } from './note.ts';

/** What becomes of notes when parts of their article are removed. */

/** Returns the notes whose words, or that themselves, are in a part of the text; wherever that may be for one that is not certain. */
export function notesAt(place: Span, notes: readonly Note[]): readonly Note[] {
	return notes.filter(
		({ carrier, anchor, span: own }) =>
			(carrier === 'inline' && overlaps(own, place)) ||
			[anchor.spans, ...(anchor.candidates ?? [])].some(spans => spans.some(one => overlaps(one, place))),
	);
}

/**
 * Returns the edits of a sidecar that anchor its notes to the same words after parts of the article were removed. A note whose place
 * is not certain, or whose words are no longer there, stays as it is.
 *
 * @param edits the edits that turned the article into `made`
 * @param source what the annotations target
 */
export function anchorAfter(
	{ notes, sidecar }: ArticleNotes,
	article: Article,
	made: Article,
	edits: readonly TextEdit[],
	source: string,
): readonly AnnotationEdit[] {
	const annotations = new Map(sidecar?.annotations.map(({ annotation }) => [annotation.id, annotation]));
	return notes.flatMap(({ id, carrier, anchor, quote }): AnnotationEdit[] => {
		const before = annotations.get(id);
		const [first, last] = [anchor.spans[0], anchor.spans.at(-1)];
		const isSure = anchor.state === 'exact' || anchor.state === 'moved';
		if (carrier !== 'sidecar' || !before || !quote || !isSure || !first || !last) return [];
		const old = partOf(article, span(first.start, last.end));
		const part = partOf(made, span(moved(first.start, edits), moved(last.end, edits)));
		if (!old || !part || wordsAt(article, old) !== wordsAt(made, part)) return [];
		const after = withPlace(before, made.content.value, part, source);
		return equals(before, after) ? [] : [{ before, after }];
	});
}

/** Returns where an offset is after edits; after the new text of an edit that replaced it. */
function moved(offset: number, edits: readonly TextEdit[]): number {
	let shift = 0;
	for (const { span: place, newText } of edits) {
		if (place.end > offset) return place.start >= offset ? offset + shift : place.start + shift + newText.length;
		shift += newText.length - (place.end - place.start);
	}
	return offset + shift;
}

function wordsAt({ content }: Article, { start, end }: Span): string {
	return content.value.slice(start, end).replace(/\s+/g, '');
}
