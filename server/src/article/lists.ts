/** Appends items to an array. `array.push(...items)` overflows the stack with some tens of thousands of items. */
export function pushAll<T>(list: T[], items: Iterable<T>): void {
	for (const item of items) list.push(item);
}

/** Returns the greatest of some numbers, or `least` if it is greater. */
export function greatest(numbers: Iterable<number>, least = 0): number {
	let found = least;
	for (const number of numbers) if (number > found) found = number;
	return found;
}

/** Returns the smallest of some numbers; infinity if there are none. */
export function smallest(numbers: Iterable<number>): number {
	let found = Number.POSITIVE_INFINITY;
	for (const number of numbers) if (number < found) found = number;
	return found;
}
