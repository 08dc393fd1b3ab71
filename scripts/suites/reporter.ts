import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Mocha from 'mocha';

/** Environment variable that tells a suite's process where to write its counts. */
export const COUNTS_FILE = 'MARGINALIA_TEST_COUNTS';

/** How many tests of a suite ended how. */
export interface Counts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

/**
 * Mocha's own `spec` reporter, which also says why a test was tried again, and writes the counts, as JSON, to the file that
 * `COUNTS_FILE` names.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
	constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
		super(runner, options);
		runner.on(Mocha.Runner.constants.EVENT_TEST_RETRY, (test: Mocha.Test, error: unknown) => {
			console.log(`    tried again: ${test.title}: ${error instanceof Error ? error.stack : error}`);
		});
		runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
			const file = process.env[COUNTS_FILE];
			if (file === undefined || file === '') return;
			// Failures counts failing hooks too, which are no tests: nothing that failed is left out.
			const { passes, failures, pending } = this.stats;
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending } satisfies Counts));
		});
	}
}
