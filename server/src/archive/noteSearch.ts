import { articleOf } from '../annotations/sidecarName.ts';
import { compareText } from '../util/order.ts';
import type { IndexEntry, NoteEntry } from './entry.ts';
import { fold } from './search.ts';

/** A note that was searched for. */
export interface NoteMatch {
	readonly note: NoteEntry;
	/** Address of its article, whichever file it is in. */
	readonly article: string;
	/** Title of the article, as far as it is known. */
	readonly title: string | undefined;
}

/**
 * Notes that fit a query, the newest first. Every word of the query has to fit: `#tag`, `@person` and `kind:` by their start, `open`
 * and `resolved` a note that is so, any other where it stands in what the note says or is about, its tags, its writer, or the title of
 * the article. Case, width and accents do not count. An empty query fits none: nobody asks for all notes by it.
 *
 * @param limit how many notes are wanted
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
