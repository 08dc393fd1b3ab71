/** Groups things by key, in their order. `Map.groupBy` is not available in Node 20. */
export function groupBy<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const thing of things) append(groups, keyOf(thing), thing);
	return groups;
}

/** Adds a thing to the group of a key. */
export function append<T, K>(groups: Map<K, T[]>, key: K, thing: T): void {
	const group = groups.get(key);
	if (group) group.push(thing);
	else groups.set(key, [thing]);
}
