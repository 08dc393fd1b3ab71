import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { glob } from 'tinyglobby';
import { build } from './build.ts';
import { runCommand, UsageError } from './host/command.ts';
import { messageOf, RESULTS, ROOT } from './host/paths.ts';
import { run } from './host/processes.ts';
import { packageExtension } from './package.ts';
import { COUNTS_FILE, type Counts } from './suites/reporter.ts';

/**
 * The suites in the order in which they are reported, quickest first. The last one waits for a workbench half of the time: it
 * runs beside the others.
 */
const SUITES = ['unit', 'corpus', 'lsp', 'editors', 'vscode', 'browser'] as const;
type Suite = (typeof SUITES)[number];

const USAGE = `Usage: npm test -- [SUITE|FILE]... [--grep TEXT]

Builds, then runs the given suites or test files, by default all suites. The last line is the number of tests that passed and failed.

  unit         test/unit: functions, in memory
  corpus       test/corpus: the engine over hostile texts, and over ../shared/corpus where it is there
  lsp          test/lsp: the language server and the command line as processes
  editors      test/editors: Neovim and Emacs with the built server, where they are installed
  vscode       test/vscode/suite: inside the real VS Code
  browser      test/browser: VS Code with the packaged extension, as a person sees it
  --grep TEXT  only tests whose full name matches this regular expression
  --help       show this`;

/** Time in which a suite must have ended, in milliseconds; some minutes are enough on a machine that does nothing else. */
const SUITE_TIMEOUT_MS = 60 * 60_000;

/** Which files of a suite to run; none means all. */
type Selection = ReadonlyMap<Suite, readonly string[]>;

/** Reads the suites and files that were asked for. Files are relative to where the user is. */
function select(args: readonly string[]): Selection {
	const selection = new Map<Suite, string[]>();
	for (const arg of args) {
		const named = SUITES.find(suite => suite === arg);
		if (named !== undefined) {
			selection.set(named, []);
			continue;
		}
		const file = resolve(process.env.INIT_CWD ?? '.', arg);
		const suite = SUITES.find(name => file.startsWith(join(ROOT, 'test', name) + sep));
		if (suite === undefined || !file.endsWith('.test.ts'))
			throw new UsageError(`${arg} is neither a suite nor a test file`);
		if (!existsSync(file)) throw new UsageError(`${arg} does not exist`);
		selection.set(suite, [...(selection.get(suite) ?? []), file]);
	}
	if (selection.size > 0) return new Map(SUITES.flatMap(suite => entryOf(selection, suite)));
	return new Map(SUITES.map(suite => [suite, []]));
}

function entryOf(selection: Selection, suite: Suite): [Suite, readonly string[]][] {
	const files = selection.get(suite);
	return files === undefined ? [] : [[suite, files]];
}

/** The command of a suite, for Node. */
async function commandOf(suite: Suite, files: readonly string[], grep: string | undefined): Promise<string[]> {
	if (suite === 'vscode') return [join(ROOT, 'scripts/suites/vscode.ts')];
	const all = files.length > 0 ? files : await glob(`test/${suite}/**/*.test.ts`, { cwd: ROOT });
	return [
		join(ROOT, 'node_modules/mocha/bin/mocha.js'),
		...['--reporter', join(ROOT, 'scripts/suites/reporter.ts')],
		...(grep === undefined ? [] : ['--grep', grep]),
		// A click in a busy workbench can get lost: such a test has a second chance.
		...(suite === 'browser' ? ['--retries', '1'] : []),
		...(process.env.CI === undefined ? [] : ['--forbid-only']),
		...all.map(file => relative(ROOT, resolve(ROOT, file))).sort(),
	];
}

/** How a suite ended. */
interface Result extends Counts {
	/** What it printed, unless it did so at once. */
	readonly output: string;
}

/**
 * Runs one suite in a process of its own. Whatever goes wrong in it counts as a failure.
 * @param output whether it prints at once, or what it prints is part of the result
 */
async function runSuite(
	suite: Suite,
	files: readonly string[],
	grep: string | undefined,
	output: 'inherit' | 'collect',
): Promise<Result> {
	const lines: string[] = [];
	const print = (line: string): void => void (output === 'inherit' ? console.log(line) : lines.push(line));
	print(`\n━━━ ${suite} ━━━`);
	const started = performance.now();
	const countsFile = join(RESULTS, `${suite}.json`);
	await rm(countsFile, { force: true });
	const env = {
		...process.env,
		[COUNTS_FILE]: countsFile,
		// What tests leave there is none of the user's.
		XDG_CACHE_HOME: join(RESULTS, 'cache'),
		MARGINALIA_TEST_GREP: grep ?? '',
		MARGINALIA_TEST_FILES: files.map(file => basename(file, '.ts')).join(','),
	};
	let problem: string | undefined;
	try {
		const options = { cwd: ROOT, env, output, timeoutMs: SUITE_TIMEOUT_MS };
		const ended = await run(process.execPath, await commandOf(suite, files, grep), options);
		lines.push(ended.output);
		if (ended.code !== 0) problem = `ended with code ${ended.code}`;
	} catch (error) {
		problem = messageOf(error);
	}
	const counts = await readCounts(countsFile);
	print(`${suite}: ${summary(counts)} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
	if (counts.passed + counts.failed + counts.skipped === 0) problem ??= 'ran no test';
	const failed = problem === undefined || counts.failed > 0 ? counts.failed : 1;
	if (failed > counts.failed) print(`The suite ${suite} ${problem}.`);
	return { ...counts, failed, output: lines.join('\n') };
}

/** The counts that a suite has written; none when it did not come to its end. */
async function readCounts(file: string): Promise<Counts> {
	if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0 };
	return JSON.parse(await readFile(file, 'utf8')) as Counts;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

/** The line that ends a test run. */
function summary({ passed, failed, skipped }: Counts): string {
	return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

await runCommand(USAGE, async () => {
	const { values, positionals } = parseArgs({
		options: { grep: { type: 'string', short: 'g' }, help: { type: 'boolean' } },
		allowPositionals: true,
	});
	if (values.help === true) {
		console.log(USAGE);
		return 0;
	}
	const selection = select(positionals);
	await mkdir(RESULTS, { recursive: true });
	// The browser suite installs the packaged extension; the others run the same bundles, with source maps.
	if (selection.has('browser')) await packageExtension();
	// What runs in memory takes the sources as they are.
	if ([...selection.keys()].some(suite => suite !== 'unit' && suite !== 'corpus')) await build();
	const beside = selection.size > 1 ? selection.get('browser') : undefined;
	const browser = beside && runSuite('browser', beside, values.grep, 'collect');
	const results: Result[] = [];
	for (const [suite, files] of selection)
		if (suite !== 'browser' || browser === undefined)
			results.push(await runSuite(suite, files, values.grep, 'inherit'));
	if (browser !== undefined) {
		results.push(await browser);
		console.log(results.at(-1)?.output);
	}
	const total = {
		passed: sum(results.map(({ passed }) => passed)),
		failed: sum(results.map(({ failed }) => failed)),
		skipped: sum(results.map(({ skipped }) => skipped)),
	};
	console.log(`\n${summary(total)}`);
	return total.failed === 0 ? 0 : 1;
});
