import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../../scripts/host/command.ts';
import { installPackages } from '../../scripts/host/packages.ts';
import { RESULTS, ROOT } from '../../scripts/host/paths.ts';
import { run } from '../../scripts/host/processes.ts';
import { FOLDERS } from './folders.ts';

const USAGE = `Usage: npm run mutation -- [FOLDER|FILE]... [--quick] [--concurrency N]

Changes the engine in one place after another (Stryker), and tells which changes no test notices. Without arguments all of these
folders of server/src are tried, each by the tests that test/mutation/folders.ts names for it:

  ${Object.keys(FOLDERS).join('\n  ')}

A file, as node/address.ts, is tried by the tests of its folder. Texts are not changed: most are messages. What was found, and where
tests ended too late, is in test-results/mutation, too.

  --quick          leave out what is made once, as a module is loaded: tables and patterns, each of which takes a new process
  --concurrency N  how many processes try mutations side by side; by default what Stryker thinks right for the machine
  --help           show this`;

const HERE = import.meta.dirname;
const OUTPUT = join(RESULTS, 'mutation');

/** Time in which a folder must have been tried, in milliseconds. */
const FOLDER_TIMEOUT_MS = 4 * 60 * 60_000;

/** What is tried at once. */
interface Round {
	readonly name: string;
	/** What is changed, as patterns of paths. */
	readonly mutate: readonly string[];
	readonly tests: readonly string[];
}

/** How a round is run. */
interface Pace {
	/** Whether mutations are left out that are there before the first test. */
	readonly isQuick: boolean;
	/** How many processes there are; `undefined` for as many as Stryker thinks right. */
	readonly concurrency: number | undefined;
}

/** What became of the mutations of a round. */
interface Score {
	readonly noticed: number;
	readonly survived: number;
	/** Those that no test so much as runs. */
	readonly untested: number;
}

/** A folder or file of `server/src`, as it was named. */
function roundOf(argument: string): Round {
	const name = argument.replace(/^(?:server\/src\/)?(.*?)\/?$/, '$1');
	const path = join(ROOT, 'server/src', name);
	const folder = Object.keys(FOLDERS).find(one => name === one || name.startsWith(`${one}/`));
	if (folder === undefined || !existsSync(path))
		throw new UsageError(`${argument} is in none of the folders that are tried`);
	const pattern = statSync(path).isDirectory() ? `server/src/${name}/**/*.ts` : `server/src/${name}`;
	return { name, mutate: [pattern], tests: FOLDERS[folder] ?? [] };
}

/** Runs Stryker, which prints what it finds. */
async function tryRound({ name, mutate, tests }: Round, { isQuick, concurrency }: Pace): Promise<Score> {
	console.log(`\n━━━ ${name} ━━━`);
	const file = join(OUTPUT, name.replaceAll('/', '-'));
	const configuration = {
		mutate,
		testRunner: 'mocha',
		mochaOptions: { spec: tests },
		coverageAnalysis: 'perTest',
		ignoreStatic: isQuick,
		mutator: { excludedMutations: ['StringLiteral'] },
		...(concurrency === undefined ? {} : { concurrency }),
		// Mutations are tried in a copy of the repository, of what the tests read.
		tempDirName: 'test-results/stryker',
		ignorePatterns: [
			'/.vscode-test',
			'/docs',
			'/out',
			'/client/dist',
			'/server/dist',
			'/test/bench/node_modules',
			'/test/mutation/node_modules',
		],
		// Node takes the types out, and TypeScript 7 has not what Stryker would ask of it.
		tsconfigFile: 'none',
		reporters: ['clear-text', 'json'],
		clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false },
		jsonReporter: { fileName: `${file}.report.json` },
	};
	await mkdir(OUTPUT, { recursive: true });
	await writeFile(`${file}.config.json`, JSON.stringify(configuration, undefined, '\t'));
	const stryker = join(HERE, 'node_modules/@stryker-mutator/core/bin/stryker.js');
	const { code } = await run(process.execPath, [stryker, 'run', `${file}.config.json`], {
		cwd: ROOT,
		env: { ...process.env, NODE_OPTIONS: `--require ${JSON.stringify(join(HERE, 'extensions.cjs'))}` },
		output: 'inherit',
		timeoutMs: FOLDER_TIMEOUT_MS,
	});
	if (code !== 0) throw new Error(`Stryker ended with code ${code}`);
	return readScore(`${file}.report.json`);
}

/** Reads a report (mutation-testing-elements' schema). */
async function readScore(path: string): Promise<Score> {
	const { files } = JSON.parse(await readFile(path, 'utf8')) as {
		files: Record<string, { mutants: readonly { status: string }[] }>;
	};
	const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
	const count = (...wanted: readonly string[]): number => statuses.filter(one => wanted.includes(one)).length;
	return { noticed: count('Killed', 'Timeout'), survived: count('Survived'), untested: count('NoCoverage') };
}

function lineOf(name: string, { noticed, survived, untested }: Score): string {
	const score = (100 * noticed) / Math.max(1, noticed + survived + untested);
	return `${name}: ${score.toFixed(1)} % noticed (${noticed} noticed, ${survived} survived, ${untested} in code that no test runs)`;
}

await runCommand(USAGE, async () => {
	const { values, positionals } = parseArgs({
		options: { quick: { type: 'boolean' }, concurrency: { type: 'string' }, help: { type: 'boolean' } },
		allowPositionals: true,
	});
	if (values.help === true) {
		console.log(USAGE);
		return 0;
	}
	const concurrency = values.concurrency === undefined ? undefined : Number(values.concurrency);
	if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency > 0))
		throw new UsageError('--concurrency takes a number from 1 on');
	const rounds = (positionals.length > 0 ? positionals : Object.keys(FOLDERS)).map(roundOf);
	await installPackages(HERE);
	const lines: string[] = [];
	for (const round of rounds)
		lines.push(lineOf(round.name, await tryRound(round, { isQuick: values.quick === true, concurrency })));
	console.log(`\n${lines.join('\n')}`);
	return 0;
});
