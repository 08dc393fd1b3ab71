/** Limits the number of tasks that run at once; others are queued. */
export interface Limiter {
	/**
	 * Runs a task as soon as there is a free slot.
	 *
	 * @param begun whether the task continues earlier work: such tasks run before all others. Otherwise tasks run in order
	 */
	run<T>(task: () => Promise<T>, begun?: boolean): Promise<T>;
	/** Changes the number of slots. Running tasks are not affected. */
	resize(places: number): void;
}

/** Creates a limiter with this number of slots. */
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

/** A first-in, first-out queue, since `shift` of an array takes linear time. */
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
