import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Mocha from 'mocha';
import type { Counts } from './counts.ts';

/** Environment variable with the file to which the process of a suite writes its counts. */
export const COUNTS_FILE = 'MARGINALIA_TEST_COUNTS';

/**
 * Mocha's `spec` reporter, which also prints why a test was retried, and writes the counts as JSON to the file that `COUNTS_FILE`
 * names.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
	constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
		super(runner, options);
		const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING, EVENT_TEST_RETRY } =
			Mocha.Runner.constants;
		const ran = new Set<string>();
		const skipped = new Set<string>();
		const failures: string[] = [];
		// A failing hook does not know its file.
		const fileOf = ({ file, parent }: Mocha.Runnable): string => file ?? parent?.file ?? '';
		runner.on(EVENT_TEST_PASS, test => ran.add(fileOf(test)));
		runner.on(EVENT_TEST_FAIL, (test: Mocha.Runnable, error: unknown) => {
			ran.add(fileOf(test));
			failures.push(`${test.fullTitle()}: ${textOf(error)}`);
		});
		runner.on(EVENT_TEST_PENDING, test => skipped.add(fileOf(test)));
		runner.on(EVENT_TEST_RETRY, (test: Mocha.Test, error: unknown) => {
			console.log(`    tried again: ${test.title}: ${textOf(error)}`);
		});
		runner.once(EVENT_RUN_END, () => {
			const file = process.env[COUNTS_FILE];
			if (file === undefined || file === '') return;
			// `failures` also counts failing hooks, so that no failure is missed.
			const { passes, failures: failed, pending } = this.stats;
			const skippedFiles = [...skipped].filter(name => !ran.has(name)).sort();
			const counts: Counts = { passed: passes, failed, skipped: pending, skippedFiles, failures };
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, JSON.stringify(counts));
		});
	}
}

/** The stack of an error. Mocha's parallel workers send errors as plain objects. */
function textOf(error: unknown): string {
	if (typeof error !== 'object' || error === null) return String(error);
	const { stack, message } = error as Partial<Error>;
	return stack ?? message ?? String(error);
}
