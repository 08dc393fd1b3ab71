/** Creates a cache by key that is emptied when it is full. */
export function createMemory<T>(most: number): (key: string, make: () => T) => T {
	const known = new Map<string, T>();
	return (key, make) => {
		const before = known.get(key);
		if (before !== undefined) return before;
		const made = make();
		if (known.size >= most) known.clear();
		known.set(key, made);
		return made;
	};
}
