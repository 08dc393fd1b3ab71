import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../../../scripts/suites/reporter.ts';

/**
 * Runs the compiled `*.test.cjs` files in this folder. Called by VS Code in its extension host. The environment variables
 * `MARGINALIA_TEST_FILES` (comma-separated base names) and `MARGINALIA_TEST_GREP` filter the tests.
 *
 * @throws if a test fails, which makes VS Code exit with a non-zero code
 */
export async function run(): Promise<void> {
	markOutput();
	const mocha = new Mocha({
		ui: 'bdd',
		timeout: 900_000,
		color: process.env.MARGINALIA_TEST_COLOR === '1',
		reporter: CountingReporter,
	});
	const grep = process.env.MARGINALIA_TEST_GREP ?? '';
	if (grep !== '') mocha.grep(grep);
	const chosen = (process.env.MARGINALIA_TEST_FILES ?? '').split(',').filter(name => name !== '');
	for (const name of readdirSync(__dirname).sort()) {
		if (!name.endsWith('.test.cjs')) continue;
		if (chosen.length === 0 || chosen.includes(name.replace(/\.cjs$/, ''))) mocha.addFile(join(__dirname, name));
	}
	const failures = await new Promise<number>(resolve => mocha.run(resolve));
	if (failures > 0) throw new Error(`${failures} tests failed`);
}

/** Prefixes all output of tests and reporter with the marker that the runner expects, because VS Code logs to the same console. */
function markOutput(): void {
	const mark = process.env.MARGINALIA_TEST_MARK ?? '';
	if (mark === '') return;
	const { log } = console;
	const marked = { value: (...args: unknown[]) => log('%s', mark + format(...args)) };
	// The methods of the extension host's own console cannot be replaced. VS Code uses the other methods for its own errors.
	globalThis.console = Object.create(console, { log: marked });
	Mocha.reporters.Base.consoleLog = marked.value;
}
