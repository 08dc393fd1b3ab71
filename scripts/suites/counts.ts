/** The results of tests, counted. */
export interface Counts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
	/** The paths of files whose tests were all skipped. */
	readonly skippedFiles: readonly string[];
	/** What failed, each with its full name and error. */
	readonly failures: readonly string[];
}

export const NO_TESTS: Counts = { passed: 0, failed: 0, skipped: 0, skippedFiles: [], failures: [] };

export function sum(a: Counts, b: Counts): Counts {
	return {
		passed: a.passed + b.passed,
		failed: a.failed + b.failed,
		skipped: a.skipped + b.skipped,
		skippedFiles: [...a.skippedFiles, ...b.skippedFiles],
		failures: [...a.failures, ...b.failures],
	};
}

/** Returns the last line of a run. It starts with the skipped tests if all were skipped. */
export function summary({ passed, failed, skipped }: Counts): string {
	const counts = `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
	return passed + failed === 0 && skipped > 0 ? `skipped: ${counts}` : counts;
}
