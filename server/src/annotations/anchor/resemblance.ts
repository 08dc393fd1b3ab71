import type { Alignment } from './align.ts';
import { isDense } from './grams.ts';

/** Minimum information of a run of matching characters that counts as more than chance. */
const LEAST_RUN = 3;

/** Returns how much information a text carries, in letters: a dense character, such as a Han character or kana, counts as two. */
export function informationOf(text: string, from = 0, to = text.length): number {
	let weight = 0;
	for (let offset = from; offset < to; offset++) weight += isDense(text.charCodeAt(offset)) ? 2 : 1;
	return weight;
}

/**
 * Returns which characters of a pattern are unchanged, and not by chance: those in a run of at least two Han characters or three letters.
 */
export function solidMatches(pattern: string, { places, matched }: Alignment): readonly boolean[] {
	const solid = new Array<boolean>(pattern.length).fill(false);
	for (let start = 0; start < pattern.length; ) {
		let end = start + 1;
		if (matched[start]) {
			while (matched[end] && places[end] === (places[end - 1] ?? 0) + 1) end++;
			if (informationOf(pattern, start, end) >= LEAST_RUN) solid.fill(true, start, end);
		}
		start = end;
	}
	return solid;
}

/**
 * Returns the similarity of a part of a pattern and a part of a text, from 0 to 1: the information that is unchanged, relative to the
 * larger of the two.
 */
export function resemblance(
	pattern: string,
	part: { readonly start: number; readonly end: number },
	solid: readonly boolean[],
	textWeight: number,
): number {
	let kept = 0;
	for (let offset = part.start; offset < part.end; offset++) {
		if (solid[offset]) kept += isDense(pattern.charCodeAt(offset)) ? 2 : 1;
	}
	return kept / Math.max(1, informationOf(pattern, part.start, part.end), textWeight);
}
