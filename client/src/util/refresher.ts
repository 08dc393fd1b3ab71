/** Refreshes something after changes, one run at a time. */
export interface Refresher {
	/** Schedules a run, which replaces the one that is scheduled. If it is due during a run, it follows that run. */
	schedule(delayMs: number): void;
	/** Drops the run that is scheduled. */
	dispose(): void;
}

/** Creates a refresher. `refresh` must not reject. */
export function createRefresher(refresh: () => Promise<void>): Refresher {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isDue = false;
	let isRunning = false;
	async function run(): Promise<void> {
		isDue = true;
		if (isRunning) return;
		isRunning = true;
		try {
			while (isDue) {
				isDue = false;
				await refresh();
			}
		} finally {
			isRunning = false;
		}
	}
	return {
		schedule(delayMs) {
			clearTimeout(timer);
			timer = setTimeout(run, delayMs);
		},
		dispose: () => clearTimeout(timer),
	};
}
