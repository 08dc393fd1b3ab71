/** Lets so many be at work at once; the others wait in their order. */
export interface Semaphore {
	/** Waits for a place; what it resolves with gives the place up. */
	enter(): Promise<() => void>;
	/** Changes how many places there are. Nobody is thrown out. */
	resize(places: number): void;
}

/** Makes a semaphore with so many places. */
export function createSemaphore(places: number): Semaphore {
	let size = places;
	let taken = 0;
	let waiting: (() => void)[] = [];
	/** Where in `waiting` the first stands that has not been let in. */
	let first = 0;
	const letIn = (): void => {
		while (taken < size && first < waiting.length) {
			taken++;
			waiting[first++]?.();
		}
		if (first < waiting.length) return;
		waiting = [];
		first = 0;
	};
	const leave = (): void => {
		taken--;
		letIn();
	};
	return {
		async enter() {
			await new Promise<void>(resolve => {
				waiting.push(resolve);
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
