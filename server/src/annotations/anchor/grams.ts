/** Where short pieces of a text stand. */
export interface GramIndex {
	/**
	 * Where the piece that starts at an offset of another text may stand in the text of the index, in ascending order: all such
	 * places, and few others.
	 */
	places(other: string, offset: number): Uint32Array;
}

/** Different pieces, of which some share their places. */
const BUCKETS = 1 << 16;

/** Whether a UTF-16 unit is one of a script with thousands of characters, of which two tell as much as four letters. */
export function isDense(unit: number): boolean {
	return unit >= 0x2e80;
}

/** Reads a text, in time linear in it. */
export function createGramIndex(text: string): GramIndex {
	const buckets = new Uint16Array(text.length);
	/** Where the places of each bucket begin; while they are put in, where the next one goes. */
	const starts = new Uint32Array(BUCKETS + 1);
	for (let offset = 0; offset < text.length; offset++) {
		const bucket = bucketOf(text, offset);
		buckets[offset] = bucket;
		starts[bucket + 1] = (starts[bucket + 1] as number) + 1;
	}
	for (let bucket = 0; bucket < BUCKETS; bucket++) {
		starts[bucket + 1] = (starts[bucket + 1] as number) + (starts[bucket] as number);
	}
	const all = new Uint32Array(text.length);
	const next = starts.slice();
	for (let offset = 0; offset < text.length; offset++) {
		const bucket = buckets[offset] as number;
		const place = next[bucket] as number;
		all[place] = offset;
		next[bucket] = place + 1;
	}
	return {
		places(other, offset) {
			const bucket = bucketOf(other, offset);
			return all.subarray(starts[bucket], starts[bucket + 1]);
		},
	};
}

/** A number that stands for the piece of a text that starts at an offset: two dense characters, else four. */
function bucketOf(text: string, offset: number): number {
	const first = text.charCodeAt(offset);
	const length = isDense(first) ? 2 : 4;
	let hash = first;
	for (let index = 1; index < length; index++) {
		// Past the end there is `NaN`, which counts as 0.
		hash = Math.imul(hash, 0x9e3779b1) + text.charCodeAt(offset + index);
	}
	hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
	return (hash ^ (hash >>> 13)) & (BUCKETS - 1);
}
