/** Deterministic random choices. */
export interface Random {
	/** A whole number from 0 up to, but not including, `limit`. */
	below(limit: number): number;
	/** True with the given probability in percent. */
	percent(share: number): boolean;
	pick<T>(from: readonly [T, ...T[]]): T;
	/** An identifier with the given number of letters and digits, such as sites use in class names and URLs. */
	token(length: number): string;
}

/** Creates a source of random choices (mulberry32). */
export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (limit: number): number => Math.floor(next() * limit);
	return {
		below,
		percent: share => next() * 100 < share,
		pick: from => from[below(from.length)] ?? from[0],
		token: length => Array.from({ length }, () => below(36).toString(36)).join(''),
	};
}
