/** Runs the latest work for a key once nothing new has been scheduled for it for some time. */
export interface Debouncer {
	/** Replaces the work that was scheduled for the key. */
	schedule(key: string, work: () => void): void;
	/** Drops the work that was scheduled for the key. */
	cancel(key: string): void;
}

/** The delay after the last change before a client is sent the results, in milliseconds. */
export const QUIET_MS = 200;

/** Creates a debouncer with this delay in milliseconds. */
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
