/** Lets so many be at work at once; the others wait. */
export interface Semaphore {
	/**
	 * Waits for a place; what it resolves with gives the place up.
	 *
	 * @param begun whether this goes on with something: it goes before what has not begun. Else all go in their order
	 */
	enter(begun?: boolean): Promise<() => void>;
	/** Changes how many places there are. Nobody is thrown out. */
	resize(places: number): void;
}

/** Makes a semaphore with so many places. */
export function createSemaphore(places: number): Semaphore {
	let size = places;
	let taken = 0;
	const begun = createQueue<() => void>();
	const others = createQueue<() => void>();
	const letIn = (): void => {
		while (taken < size) {
			const next = begun.next() ?? others.next();
			if (!next) return;
			taken++;
			next();
		}
	};
	const leave = (): void => {
		taken--;
		letIn();
	};
	return {
		async enter(hasBegun = false) {
			await new Promise<void>(resolve => {
				(hasBegun ? begun : others).add(resolve);
				letIn();
			});
			return leave;
		},
		resize(to) {
			size = to;
			letIn();
		},
	};
}

/** A queue. That of an array takes as long for each as there are others. */
function createQueue<T>(): { add(item: T): void; next(): T | undefined } {
	let items: T[] = [];
	let first = 0;
	return {
		add: item => items.push(item),
		next() {
			const item = items[first++];
			if (first >= items.length) {
				items = [];
				first = 0;
			}
			return item;
		},
	};
}
