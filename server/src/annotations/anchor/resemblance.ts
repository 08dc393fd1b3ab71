import type { Alignment } from './align.ts';
import { isDense } from './grams.ts';

/** How much two characters one after the other, or one dense one, must weigh to count as more than chance. */
const LEAST_RUN = 3;

/** How much a text tells: a Han character or kana as much as two letters. */
export function informationOf(text: string, from = 0, to = text.length): number {
	let weight = 0;
	for (let offset = from; offset < to; offset++) weight += isDense(text.charCodeAt(offset)) ? 2 : 1;
	return weight;
}

/**
 * Which characters of a pattern are there unchanged, and not by chance: with their neighbours, at least two Han characters or three
 * letters in a row.
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
 * How alike a part of a pattern and a part of a text are: the weight of what is unchanged in that of the heavier of them, from 0 to 1.
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
