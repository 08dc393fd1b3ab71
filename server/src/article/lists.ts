/** Adds all of some items to a list. `list.push(...items)` overflows the stack once there are some tens of thousands. */
export function pushAll<T>(list: T[], items: Iterable<T>): void {
	for (const item of items) list.push(item);
}

/** The greatest of some numbers, and at least `least`. */
export function greatest(numbers: Iterable<number>, least = 0): number {
	let found = least;
	for (const number of numbers) if (number > found) found = number;
	return found;
}

/** The smallest of some numbers; infinite where there are none. */
export function smallest(numbers: Iterable<number>): number {
	let found = Number.POSITIVE_INFINITY;
	for (const number of numbers) if (number < found) found = number;
	return found;
}
