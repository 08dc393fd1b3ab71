import { compareText } from '../util/order.ts';
import type { IndexEntry } from './entry.ts';

/** An article that matches a query; a lower rank is a better match. */
interface Match {
	readonly entry: IndexEntry;
	readonly rank: number;
}

/**
 * Finds the articles whose title or source matches a query, the best first. Every word of the query must be in the title or source, in
 * any order; a word of Latin letters may also skip letters of the title. Case, width and accents are ignored.
 *
 * @param limit the maximum number of articles
 */
export function searchArticles(entries: Iterable<IndexEntry>, query: string, limit: number): readonly IndexEntry[] {
	const words = fold(query).split(/\s+/).filter(Boolean);
	const matches: Match[] = [];
	for (const entry of entries) {
		if (entry.kind !== 'article') continue;
		const rank = rankOf(entry, words);
		if (rank !== undefined) matches.push({ entry, rank });
	}
	return matches
		.sort(
			(a, b) =>
				a.rank - b.rank || (b.entry.published ?? 0) - (a.entry.published ?? 0) || compareText(a.entry.uri, b.entry.uri),
		)
		.slice(0, limit)
		.map(({ entry }) => entry);
}

/** Sums the rank of each word; `undefined` if one does not match. */
function rankOf(entry: IndexEntry, words: readonly string[]): number | undefined {
	const title = fold(entry.title?.value ?? '');
	const source = fold(entry.source?.value ?? '');
	let sum = 0;
	for (const word of words) {
		const rank = rankOfWord(word, title, source);
		if (rank === undefined) return undefined;
		sum += rank;
	}
	return sum;
}

function rankOfWord(word: string, title: string, source: string): number | undefined {
	const at = title.indexOf(word);
	if (at !== -1) return at === 0 || !/[\p{L}\p{N}]/u.test(title[at - 1] ?? '') ? 0 : 1;
	if (source.includes(word)) return 2;
	return /^[a-z\d]{3,}$/.test(word) && isSubsequence(word, title) ? 3 : undefined;
}

/** Whether `text` contains all letters of `word` in order, the first of them at the start of a word. */
function isSubsequence(word: string, text: string): boolean {
	const first = word[0] ?? '';
	for (let start = text.indexOf(first); start !== -1; start = text.indexOf(first, start + 1)) {
		if (start > 0 && /[\p{L}\p{N}]/u.test(text[start - 1] ?? '')) continue;
		let at = start;
		for (const letter of word) {
			at = text.indexOf(letter, at) + 1;
			if (at === 0) return false;
		}
		return true;
	}
	return false;
}

/** Folds a text for comparison: one width, no accents, lower case. */
export function fold(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
