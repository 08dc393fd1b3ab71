/** Does something for a key once nothing has been scheduled for it for some time. */
export interface Debouncer {
	/** In place of what was scheduled for the key. */
	schedule(key: string, work: () => void): void;
	/** Does nothing more for the key. */
	cancel(key: string): void;
}

/** Time without a change after which a client is told what came of the changes. */
export const QUIET_MS = 200;

/** Makes a debouncer. */
export function createDebouncer(quiet = QUIET_MS): Debouncer {
	const waiting = new Map<string, ReturnType<typeof setTimeout>>();
	const cancel = (key: string): void => {
		clearTimeout(waiting.get(key));
		waiting.delete(key);
	};
	return {
		schedule(key, work) {
			cancel(key);
			const run = (): void => {
				waiting.delete(key);
				work();
			};
			waiting.set(key, setTimeout(run, quiet));
		},
		cancel,
	};
}
