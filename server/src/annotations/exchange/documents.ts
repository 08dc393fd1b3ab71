import type { Article } from '../../article/article.ts';
import { localDay } from '../../util/day.ts';
import type { Annotation } from '../model.ts';
import type { Note } from '../note.ts';

/** An article with its notes, for export. */
export interface ExportedArticle {
	readonly article: Article;
	/** IRI of its source page, or of its file. */
	readonly source: string;
	readonly title: string;
	/** In text order; notes without a place come last. */
	readonly notes: readonly Note[];
	/** All annotations, inline and in the sidecar. */
	readonly annotations: readonly Annotation[];
}

/** Returns the day on which an article was published, in UTC, if known. */
export function dayOf({ published }: Article): string | undefined {
	const time = published?.value;
	return time === undefined || Math.abs(time) > 8.64e15 ? undefined : new Date(time).toISOString().slice(0, 10);
}

/** Returns the creator, day and tags of a note: `Ines`, `2024-06-30`, `#tides`. */
export function detailsOf(
	{ creator, created, tags }: Pick<Note, 'creator' | 'created' | 'tags'>,
	resolved: boolean,
): readonly string[] {
	return [
		...(creator ? [creator] : []),
		...(created ? [localDay(created)] : []),
		...[...tags, ...(resolved ? ['resolved'] : [])].map(tag => `#${tag}`),
	];
}

/** Returns a remark on the place of a note, if it is not certain. */
export function placeRemark({ anchor, quote }: Note): string | undefined {
	switch (anchor.state) {
		case 'exact':
		case 'moved':
			return undefined;
		case 'changed':
			return anchor.text === undefined ? 'These words have changed.' : `Now: “${anchor.text}”`;
		case 'ambiguous':
			return 'These words occur in several places.';
		case 'orphan':
			return quote ? 'These words are no longer in the article.' : 'The note has no place in the article.';
	}
}
