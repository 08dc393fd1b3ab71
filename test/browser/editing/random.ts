/** Random choices that are the same for the same seed. */
export interface Random {
	/** An integer from `first` to `last`. */
	between(first: number, last: number): number;
	of<T>(items: readonly T[]): T;
	/** Whether something that happens once in `times` happens now. */
	onceIn(times: number): boolean;
}

/** Returns choices by Marsaglia's xorshift (Journal of Statistical Software 8, 2003). */
export function randomOf(seed: number): Random {
	let state = (seed | 0) === 0 ? 1 : seed | 0;
	const next = (): number => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
	const between = (first: number, last: number): number => first + Math.floor(next() * (last - first + 1));
	return {
		between,
		of: <T>(items: readonly T[]): T => items[between(0, items.length - 1)] as T,
		onceIn: times => between(1, times) === 1,
	};
}
