import type { TextModel } from './textModel.ts';

/** How many places are counted, those of the rarest pieces first, since they are the most significant. */
const MOST_PLACES = 8192;
/** Width of the strips in which shared pieces are counted, in UTF-16 units. */
const STRIP = 16;
/** Places with less than this share of the best place's score are ignored. */
const LEAST_SHARE = 0.25;
/** How many strips on each side of a chosen one belong to the same place. */
const NEIGHBOURS = 3;

/**
 * Finds where a pattern could start in the normal text so that most of its pieces coincide with those of the text, the best first. Linear
 * in the text, with a small factor.
 */
export function diagonals({ normal, grams }: TextModel, pattern: string, limit: number): readonly number[] {
	const votes = new Float32Array(Math.ceil((normal.length + pattern.length) / STRIP) + 2);
	const pieces = Array.from({ length: pattern.length }, (_, offset) => ({
		offset,
		places: grams.places(pattern, offset),
	}));
	let left = MOST_PLACES;
	for (const { offset, places } of pieces.sort((a, b) => a.places.length - b.places.length)) {
		left -= places.length;
		if (left < 0) break;
		const weight = 1 / (1 + Math.log2(places.length));
		for (const place of places) {
			const strip = 1 + Math.floor((place - offset + pattern.length) / STRIP);
			votes[strip] = (votes[strip] ?? 0) + weight;
		}
	}
	// A place at the edge between two strips counts for both.
	const sums = votes.map((count, strip) => count + (votes[strip - 1] ?? 0) + (votes[strip + 1] ?? 0));
	const found: number[] = [];
	let most = 0;
	while (found.length < limit) {
		let best = 0;
		for (let strip = 1; strip < sums.length; strip++) {
			if ((sums[strip] as number) > (sums[best] as number)) best = strip;
		}
		const count = sums[best] as number;
		most = Math.max(most, count);
		if (count <= most * LEAST_SHARE) break;
		found.push(Math.round((best - 0.5) * STRIP) - pattern.length);
		sums.fill(0, Math.max(0, best - NEIGHBOURS), best + NEIGHBOURS + 1);
	}
	return found;
}
