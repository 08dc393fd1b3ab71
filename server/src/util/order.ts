/** Compares two texts by their UTF-16 code units: an order that is the same on any machine. */
export function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** A comparison of things by a text of each. */
export function byText<T>(textOf: (thing: T) => string): (a: T, b: T) => number {
	return (a, b) => compareText(textOf(a), textOf(b));
}

/** Binary search for the first index from 0 to `length` where a monotonic condition holds; `length` if there is none. */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}
