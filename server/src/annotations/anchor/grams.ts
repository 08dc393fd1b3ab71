/** An index of the short pieces of a text. */
export interface GramIndex {
	/**
	 * Returns where the piece at an offset of another text may occur in the indexed text, in ascending order: all occurrences, and a few
	 * false positives.
	 */
	places(other: string, offset: number): Uint32Array;
}

/** How many buckets pieces are hashed into. */
const BUCKETS = 1 << 16;

/** Whether a UTF-16 unit is in a script with thousands of characters, where two characters carry as much information as four letters. */
export function isDense(unit: number): boolean {
	return unit >= 0x2e80;
}

/** Creates the index of a text, in linear time. */
export function createGramIndex(text: string): GramIndex {
	const buckets = new Uint16Array(text.length);
	/** Where the places of each bucket start in `all`. */
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

/** Hashes the piece at an offset of a text: two dense characters, or four others. */
function bucketOf(text: string, offset: number): number {
	const first = text.charCodeAt(offset);
	const length = isDense(first) ? 2 : 4;
	let hash = first;
	for (let index = 1; index < length; index++) {
		// Past the end `charCodeAt` returns `NaN`, which counts as 0.
		hash = Math.imul(hash, 0x9e3779b1) + text.charCodeAt(offset + index);
	}
	hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
	return (hash ^ (hash >>> 13)) & (BUCKETS - 1);
}
