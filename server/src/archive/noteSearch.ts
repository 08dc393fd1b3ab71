import { articleOf } from '../annotations/sidecarName.ts';
import { compareText } from '../util/order.ts';
import type { IndexEntry, NoteEntry } from './entry.ts';
import { fold } from './search.ts';

/** A note that matches a query. */
export interface NoteMatch {
	readonly note: NoteEntry;
	/** URI of its article, whichever file the note is in. */
	readonly article: string;
	/** Title of the article, if known. */
	readonly title: string | undefined;
}

/**
 * Finds the notes that match a query, the newest first. Every word of the query must match: `#tag`, `@person` and `kind:` by prefix,
 * `open` and `resolved` by state, any other word in the text, quote, tags or author of the note, or the title of the article. Case, width
 * and accents are ignored. An empty query matches nothing.
 *
 * @param limit the maximum number of notes
 */
export function searchNotes(
	entries: Iterable<IndexEntry>,
	query: string,
	limit: number,
	titleOf: (article: string) => string | undefined,
): readonly NoteMatch[] {
	const words = fold(query).split(/\s+/).filter(Boolean);
	if (words.length === 0) return [];
	const found: NoteMatch[] = [];
	for (const { uri, notes } of entries) {
		if (notes.length === 0) continue;
		const article = articleOf(uri) ?? uri;
		const title = titleOf(article);
		for (const note of notes) if (fits(note, title ?? '', words)) found.push({ note, article, title });
	}
	return found
		.sort(
			(a, b) =>
				compareText(b.note.created ?? '', a.note.created ?? '') ||
				compareText(a.article, b.article) ||
				compareText(a.note.id, b.note.id),
		)
		.slice(0, limit);
}

function fits(
	{ kind, text, quote, tags, creator = '', resolved }: NoteEntry,
	title: string,
	words: readonly string[],
): boolean {
	const all = fold([text, quote, creator, title, ...tags].join('\n'));
	return words.every(word => {
		const rest = word.slice(1);
		if (word.startsWith('#')) return tags.some(tag => fold(tag).startsWith(rest));
		if (word.startsWith('@'))
			return (
				fold(creator)
					.split(/\s+/)
					.some(name => name.startsWith(rest)) || fold(creator).startsWith(rest)
			);
		if (word.endsWith(':')) return fold(kind) === word.slice(0, -1);
		if (word === 'open' || word === 'resolved') return resolved === (word === 'resolved') || all.includes(word);
		return all.includes(word);
	});
}
