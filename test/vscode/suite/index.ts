import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../../../scripts/suites/reporter.ts';

/**
 * Called by VS Code in its extension host: runs the compiled `*.test.cjs` beside this file. The variables `MARGINALIA_TEST_FILES`
 * (base names, separated by commas) and `MARGINALIA_TEST_GREP` choose among them.
 * @throws Error when a test fails, which makes VS Code end with a code that is not 0
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

/** Puts the mark that the served executable asks for before all that tests and reporter print: VS Code logs to the same console. */
function markOutput(): void {
	const mark = process.env.MARGINALIA_TEST_MARK ?? '';
	if (mark === '') return;
	const { log } = console;
	const marked = { value: (...args: unknown[]) => log('%s', mark + format(...args)) };
	// The methods of the extension host's own console cannot be replaced. VS Code itself writes its errors with the others.
	globalThis.console = Object.create(console, { log: marked });
	Mocha.reporters.Base.consoleLog = marked.value;
}
