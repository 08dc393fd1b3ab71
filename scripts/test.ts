import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { glob } from 'tinyglobby';
import { build } from './build.ts';
import { runCommand } from './host/command.ts';
import { messageOf, RESULTS, ROOT } from './host/paths.ts';
import { run } from './host/processes.ts';
import { packageExtension } from './package.ts';
import { COMPILED_SUITES } from './suites/compile.ts';
import { type Counts, NO_TESTS, sum, summary } from './suites/counts.ts';
import { COUNTS_FILE } from './suites/reporter.ts';
import { BROWSER_SUITES, GROUPS, SUITES, type Suite, select } from './suites/select.ts';

const USAGE = `Usage: npm test -- [SUITE|FILE]... [--grep TEXT]

Builds, then runs the given suites or test files, by default all suites. The last line is the number of tests that passed and failed.

  unit         test/unit: functions, in memory
  corpus       test/corpus: the engine over large and hostile texts, and over ../shared/corpus if it exists
  lsp          test/lsp: processes: the language server, the command line, scripts
  editors      test/editors: Neovim and Emacs with the built server, where they are installed
  vscode       test/vscode/suite: inside the real VS Code
  browser      test/browser: VS Code with the packaged extension, as users see it
  reader       test/reader: the reader, in a browser and in VS Code
  --grep TEXT  only tests whose full name matches this regular expression
  --help       show this`;

/** The suites that run the sources directly, without a build. */
const IN_MEMORY: readonly Suite[] = ['unit', 'corpus'];

/** The time limit of a suite, in milliseconds; on an idle machine some minutes are enough, but not for an hour of random editing. */
const SUITE_TIMEOUT_MS = 90 * 60_000;

/** Whether a suite's files run in parallel. In CI, those that start processes do not: there, reliability matters more than time. */
const isParallel = (suite: Suite): boolean => suite === 'unit' || (suite === 'lsp' && process.env.CI === undefined);

/** The arguments of Node for a suite. */
async function commandOf(suite: Suite, files: readonly string[], grep: string | undefined): Promise<string[]> {
	if (suite === 'vscode') return [join(ROOT, 'scripts/suites/vscode.ts')];
	const all = files.length > 0 ? files : await glob(`test/${suite}/**/*.test.ts`, { cwd: ROOT });
	return [
		join(ROOT, 'node_modules/mocha/bin/mocha.js'),
		...['--reporter', join(ROOT, 'scripts/suites/reporter.ts')],
		...(grep === undefined ? [] : ['--grep', grep]),
		// The files of these suites are independent, so they run in parallel.
		...(files.length === 0 && isParallel(suite) ? ['--parallel', '--jobs', '2'] : []),
		// A busy workbench can lose a click, so these tests are retried once.
		...(BROWSER_SUITES.includes(suite) ? ['--retries', '1'] : []),
		...(process.env.CI === undefined ? [] : ['--forbid-only']),
		...all.map(file => relative(ROOT, resolve(ROOT, file))).sort(),
	];
}

/** The result of a suite. */
interface Result extends Counts {
	/** Its output, unless it was inherited. */
	readonly output: string;
}

/**
 * Runs one suite in a process of its own. Any error in it counts as a failure.
 * @param output whether its output is inherited, or part of the result
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
		// Keeps the cache of tests apart from that of the user.
		XDG_CACHE_HOME: join(RESULTS, 'cache'),
		// Compiled sources: without them, loading a test file takes twice as long.
		...(IN_MEMORY.includes(suite) ? { NODE_COMPILE_CACHE: join(RESULTS, 'cache/node') } : {}),
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
	const failures = failed > counts.failed ? [`The suite ${suite} ${problem}.`] : counts.failures;
	return { ...counts, failed, failures, output: lines.join('\n') };
}

/** Reads the counts that a suite has written; none if it did not finish. */
async function readCounts(file: string): Promise<Counts> {
	if (!existsSync(file)) return NO_TESTS;
	return JSON.parse(await readFile(file, 'utf8')) as Counts;
}

/** Lists the files whose tests were all skipped, since the run did not test their subject. */
function reportSkippedFiles({ skippedFiles }: Counts): void {
	// The suites inside VS Code are compiled.
	const sourceOf = (file: string): string =>
		file.startsWith(COMPILED_SUITES) ? join('test/vscode/suite', `${basename(file, '.cjs')}.ts`) : relative(ROOT, file);
	for (const file of skippedFiles) console.log(`All tests skipped: ${sourceOf(file)}`);
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
	// npm runs scripts in the package's folder and says in INIT_CWD where the user is.
	const selection = select(positionals, process.env.INIT_CWD ?? '.');
	await mkdir(RESULTS, { recursive: true });
	// These suites install the packaged extension; the others run the same bundles, with source maps.
	if (BROWSER_SUITES.some(suite => selection.has(suite))) await packageExtension();
	if ([...selection.keys()].some(suite => !IN_MEMORY.includes(suite))) await build();
	// CI runs one suite at a time: there, reliability matters more than the time it takes.
	const groups = (process.env.CI === undefined ? GROUPS : [SUITES])
		.map(group => group.filter(suite => selection.has(suite)))
		.filter(group => group.length > 0);
	const running = groups.map(async (group, index) => {
		const ended: Result[] = [];
		for (const suite of group)
			ended.push(await runSuite(suite, selection.get(suite) ?? [], values.grep, index === 0 ? 'inherit' : 'collect'));
		return ended;
	});
	const results: Result[] = [];
	for (const group of running) {
		for (const ended of await group) {
			if (ended.output !== '') console.log(ended.output);
			results.push(ended);
		}
	}
	const total = results.reduce<Counts>(sum, NO_TESTS);
	console.log();
	reportSkippedFiles(total);
	// Again, since the output of later suites may be all that is looked at or kept.
	for (const failure of total.failures) console.log(`Failed: ${failure}\n`);
	console.log(summary(total));
	return total.failed === 0 ? 0 : 1;
});
