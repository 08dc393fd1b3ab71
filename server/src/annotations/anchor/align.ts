/** A minimal alignment of a pattern with a part of a text, by Levenshtein distance. */
export interface Alignment {
	/** For each offset in the pattern, including its end, the aligned offset in the text; never decreasing. */
	readonly places: readonly number[];
	/** For each character of the pattern, whether it is unchanged in the text. */
	readonly matched: readonly boolean[];
}

/** At which ends of the part of the text characters can be skipped without cost. */
export interface FreeEnds {
	readonly start: boolean;
	readonly end: boolean;
}

const SAME = 0;
const CHANGED = 1;
const MISSING = 2;
const ADDED = 3;

/** Aligns a pattern with `[from, to)` of a text. Takes time proportional to the product of their lengths. */
export function align(pattern: string, text: string, from: number, to: number, free: FreeEnds): Alignment {
	const rows = pattern.length;
	const columns = to - from;
	const width = columns + 1;
	const units = Uint16Array.from({ length: columns }, (_, column) => text.charCodeAt(from + column));
	const steps = new Uint8Array((rows + 1) * width).fill(ADDED, 0, width);
	/** The costs of the current row up to the current column, and of the row above from there on. */
	const costs = new Uint32Array(width);
	if (!free.start) for (let column = 0; column < width; column++) costs[column] = column;
	for (let index = 1; index <= rows; index++) {
		const unit = pattern.charCodeAt(index - 1);
		const rowStart = index * width;
		let diagonal = costs[0] as number;
		let left = index;
		costs[0] = left;
		steps[rowStart] = MISSING;
		for (let column = 1; column < width; column++) {
			const above = costs[column] as number;
			let step = SAME;
			let cost = diagonal;
			if (units[column - 1] !== unit) {
				step = CHANGED;
				cost++;
				if (above + 1 < cost) {
					cost = above + 1;
					step = MISSING;
				}
				if (left + 1 < cost) {
					cost = left + 1;
					step = ADDED;
				}
			}
			diagonal = above;
			left = cost;
			costs[column] = cost;
			steps[rowStart + column] = step;
		}
	}
	let column = columns;
	if (free.end) {
		for (let other = columns - 1; other >= 0; other--) {
			if ((costs[other] as number) < (costs[column] as number)) column = other;
		}
	}
	const places = new Array<number>(rows + 1).fill(from);
	const matched = new Array<boolean>(rows).fill(false);
	places[rows] = from + column;
	for (let index = rows; index > 0; ) {
		const step = steps[index * width + column];
		if (step === ADDED) {
			column--;
			continue;
		}
		index--;
		if (step !== MISSING) column--;
		matched[index] = step === SAME;
		places[index] = from + column;
	}
	return { places, matched };
}
