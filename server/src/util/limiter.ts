/** Lets so many tasks run at once; the others wait. */
export interface Limiter {
	/**
	 * Runs a task as soon as there is a place for it.
	 *
	 * @param begun whether it goes on with something: it goes before what has not begun. Else all go in their order
	 */
	run<T>(task: () => Promise<T>, begun?: boolean): Promise<T>;
	/** Changes how many places there are. What runs goes on. */
	resize(places: number): void;
}

/** Makes a limiter with so many places. */
export function createLimiter(places: number): Limiter {
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
	return {
		async run(task, hasBegun = false) {
			await new Promise<void>(resolve => {
				(hasBegun ? begun : others).add(resolve);
				letIn();
			});
			try {
				return await task();
			} finally {
				taken--;
				letIn();
			}
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
