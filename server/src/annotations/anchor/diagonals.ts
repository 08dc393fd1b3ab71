import type { TextModel } from './textModel.ts';

/** How many places are counted: those of the rarest pieces, which tell most. */
const MOST_PLACES = 8192;
/** Width of the strips in which shared pieces are counted, in UTF-16 units. */
const STRIP = 16;
/** A place that has less than this share of the pieces that the best one has is no place for it. */
const LEAST_SHARE = 0.25;
/** Strips to each side of one that is taken that are part of the same place. */
const NEIGHBOURS = 3;

/**
 * Where a pattern would begin in the normal text so that most pieces of the one lie on the same pieces of the other; the best first.
 * Linear in the text, with a small factor.
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
	// What lies across an edge of two strips counts for both.
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
