import type { Span } from '../../../server/src/article/span.ts';
import type { Random } from '../random.ts';
import { around, wordsIn } from './pieces.ts';

/** The text of an article, and a range in it that is tracked through edits. */
export interface Marked {
	readonly text: string;
	/** Where the range is now; `undefined` once its words are deleted. */
	readonly place: Span | undefined;
}

/** A replacement of part of a text. */
export interface Replacement extends Span {
	readonly text: string;
}

/**
 * Applies replacements, which must be in ascending order and not touch each other. Text inserted at an edge of the
 * range is outside it.
 */
export function replace({ text, place }: Marked, replacements: readonly Replacement[]): Marked {
	const parts: string[] = [];
	let from = 0;
	let shift = 0;
	let [start, end] = [place?.start ?? 0, place?.end ?? 0];
	for (const { start: at, end: to, text: added } of replacements) {
		parts.push(text.slice(from, at), added);
		from = to;
		if (place) {
			// An edge inside replaced text moves with the replacement.
			if (to <= place.start) start = place.start + shift + added.length - (to - at);
			else if (at < place.start) start = at + shift + (to > place.end ? 0 : added.length);
			if (to <= place.end && !(at === to && at === place.end)) end = place.end + shift + added.length - (to - at);
			else if (at < place.end) end = at + shift + (at < place.start ? 0 : added.length);
		}
		shift += added.length - (to - at);
	}
	parts.push(text.slice(from));
	return { text: parts.join(''), place: place && end > start ? { start, end } : undefined };
}

/**
 * Changes a percentage of the words: replaces them with other words of the text, inserts words, deletes words, or
 * changes single letters. `'all'` replaces every word.
 */
export function edits(random: Random, text: string, words: readonly Span[], percent: number | 'all'): Replacement[] {
	const made: Replacement[] = [];
	const other = (than: string): string => {
		for (;;) {
			const [word] = wordsIn(text, around(text, random.below(text.length), 12));
			const found = word ? text.slice(word.start, word.end) : '';
			if (word && found !== than) return found;
		}
	};
	for (const word of words) {
		if (percent !== 'all' && !random.percent(percent)) continue;
		const present = text.slice(word.start, word.end);
		const latin = /[a-z]/i.test(present);
		const space = latin ? ' ' : '';
		switch (percent === 'all' ? undefined : random.below(5)) {
			case 0:
				made.push({ start: word.start, end: word.start, text: `${other('')}${space}` });
				break;
			case 1:
				made.push({ ...word, text: '' });
				break;
			case 2: {
				const at = word.start + random.below(word.end - word.start);
				made.push({
					start: at,
					end: at + 1,
					text: latin ? String.fromCharCode(97 + random.below(26)) : other(present).charAt(0),
				});
				break;
			}
			default:
				made.push({ ...word, text: other(present) });
		}
	}
	return made;
}

/** Returns the share of a range that remains after replacements, from 0 to 1, ignoring white space. */
export function kept(text: string, range: Span, replacements: readonly Replacement[]): number {
	const count = (start: number, end: number): number => text.slice(start, end).replace(/\s/g, '').length;
	const all = count(range.start, range.end);
	if (all === 0) return 1;
	let lost = 0;
	let added = 0;
	for (const { start, end, text: put } of replacements) {
		const [from, to] = [Math.max(start, range.start), Math.min(end, range.end)];
		if (from < to) lost += count(from, to);
		if (start === end ? start > range.start && start < range.end : from < to) added += put.replace(/\s/g, '').length;
	}
	return 1 - Math.min(1, Math.max(lost, added) / all);
}
