import type { OffsetRange } from '../util/offsets.ts';

/** Returns the ranges covered by two or more of the given ranges, in order, merged where they touch. */
export function sharedRanges(parts: readonly OffsetRange[]): readonly OffsetRange[] {
	const ends = parts
		.filter(({ start, end }) => start < end)
		.flatMap(({ start, end }) => [
			{ at: start, step: 1 },
			{ at: end, step: -1 },
		])
		// Ends sort before starts, because touching ranges do not overlap.
		.sort((a, b) => a.at - b.at || a.step - b.step);
	const shared: OffsetRange[] = [];
	let [depth, start] = [0, 0];
	for (const { at, step } of ends) {
		if (depth < 2 && depth + step === 2) start = at;
		if (depth === 2 && step < 0) {
			const last = shared.at(-1);
			if (last?.end === start) shared[shared.length - 1] = { start: last.start, end: at };
			else shared.push({ start, end: at });
		}
		depth += step;
	}
	return shared;
}
