import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { glob } from 'tinyglobby';
import { runCommand, UsageError } from '../../scripts/host/command.ts';
import { installPackages } from '../../scripts/host/packages.ts';
import { messageOf, ROOT } from '../../scripts/host/paths.ts';
import { type ArchiveShape, generateArchive, REALISTIC } from './generate.ts';
import { runNetworkBench } from './network/main.ts';
import { formatMs, formatTable, median } from './table.ts';
import { runTypingBench } from './typing/main.ts';
import type { Answer, Task } from './worker.ts';

const USAGE = `Usage: npm run bench -- [OPTION]...

Compares Marginalia with bare parse5 and with VS Code's HTML and Markdown services on the same articles. Each runs in its own
process, in turns. Times are CPU times and depend on the machine; the ratios do not. The tables show the median and the
quartiles of the ratios over all turns.

  --corpus DIR  use the articles below DIR instead of a generated archive
  --only NAMES  comma-separated contenders: marginalia, html, markdown; parse5 is always included
  --rounds N    how many times to restart all contenders (default 3)
  --quick       one short round with a small archive, as a smoke test
  --network     check 2,000 links on 40 local hosts, compared with a bare client and linkinator; wall time
  --typing      package the extension, and measure the time from key to paint in the served VS Code with and without it, in articles
                on one line of 20,000, 130,000 and 390,000 characters
  --features    measure the cost of each feature in an article of 680 kB
  --hostile     measure how the time of each step grows when hostile texts of 150 kB double in size; --only NAME selects patterns
  --size N      with --hostile, use this size instead of 150,000; with --typing, one article of N thousand characters
  --anchoring   measure how well notes are anchored in changed articles, and the cost
  --seed N      with --anchoring, use another random seed
  --help        show this`;

/** The contenders that are compared with the baseline, parse5. */
const CONTENDERS = ['marginalia', 'html', 'markdown'] as const;
/** The link checkers that are compared with a bare client. */
const NETWORK_CONTENDERS = ['marginalia', 'linkinator'] as const;
type Name = 'parse5' | (typeof CONTENDERS)[number];

const LABELS: Record<Name, string> = {
	parse5: 'parse5, with locations',
	marginalia: 'Marginalia',
	html: 'VS Code HTML service: symbols, links',
	markdown: 'VS Code Markdown service: symbols, links, diagnostics',
};

/** A table: a workload, and Marginalia's maximum time relative to parse5. */
interface Scenario {
	readonly title: string;
	readonly target: number;
	readonly task: Pick<Task, 'kind' | 'file'>;
	/** The number of bytes processed, for the throughput. */
	readonly bytes: number;
}

/** How long to measure. */
interface Pace {
	/** How many times to restart all contenders. */
	readonly rounds: number;
	/** The warm-up time of each contender in milliseconds. */
	readonly warmUpMs: number;
	/** How many times to measure each contender, in turns. */
	readonly steps: number;
}

const FULL: Pace = { rounds: 3, warmUpMs: 1500, steps: 12 };
const QUICK: Pace = { rounds: 1, warmUpMs: 0, steps: 1 };
const SMALL: ArchiveShape = { ...REALISTIC, articles: 12, percentile99: 60_000, largest: 100_000 };

/** Writes the generated archive to a folder that git ignores. */
async function writeArchive(shape: ArchiveShape): Promise<string> {
	const folder = join(ROOT, 'out/bench', `${shape.seed}-${shape.articles}`);
	await rm(folder, { recursive: true, force: true });
	for (const file of generateArchive(shape)) {
		const path = join(folder, file.path);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, file.text);
	}
	return folder;
}

/** The whole archive, and the editing of two of its articles: the one closest to 20 kB, and the largest. */
async function scenariosOf(folder: string): Promise<Scenario[]> {
	const paths = (await glob('articles/**/*', { cwd: folder })).sort();
	const files = await Promise.all(paths.map(async path => ({ path, bytes: (await stat(join(folder, path))).size })));
	const [first] = files;
	if (!first) throw new UsageError(`${folder} has no folder "articles" with articles`);
	const typical = files.reduce((a, b) => (Math.abs(b.bytes - 20_000) < Math.abs(a.bytes - 20_000) ? b : a), first);
	const largest = files.reduce((a, b) => (b.bytes > a.bytes ? b : a), first);
	const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
	const edit = ({ path, bytes }: typeof first, target: number): Scenario => ({
		title: `Diagnostics, outline and links after one edit, ${Math.round(bytes / 1000)} kB`,
		target,
		task: { kind: 'edit', file: path },
		bytes,
	});
	return [
		{
			title: `Whole offline check of ${files.length} articles, ${(bytes / 1e6).toFixed(1)} MB, on one core`,
			target: 1.3,
			task: { kind: 'archive' },
			bytes,
		},
		edit(typical, 1.5),
		edit(largest, 0.5),
	];
}

const NODE_OPTIONS = ['--expose-gc', '--single-threaded-gc'];

/** Runs a benchmark script in a separate process, and resolves to its output. */
async function runScript(name: string, argument: string): Promise<string> {
	const args = [...NODE_OPTIONS, join(import.meta.dirname, name), argument];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
	if (code !== 0) throw new Error(`${name} ${argument} exited with code ${code}`);
	return output;
}

/** A contender in a separate process. */
interface Runner {
	ask(what: 'ready?' | 'step'): Promise<Answer>;
	end(): void;
}

function startRunner(task: Task): Runner {
	const child = fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(task)], { execArgv: NODE_OPTIONS });
	return {
		async ask(what) {
			const gone = new AbortController();
			const ended = once(child, 'exit', { signal: gone.signal }).then(([code]) => {
				throw new Error(`Measuring ${task.contender} (${task.kind}) exited with code ${code}`);
			});
			// Once there is an answer, the end of the process is not awaited.
			ended.catch(() => {});
			child.send(what);
			const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answer];
			gone.abort();
			return answer;
		},
		end: () => child.disconnect(),
	};
}

/** The answers of all contenders to one step, in order. */
type Step = readonly Answer[];

/** Starts all contenders and runs them in turns, so that other load on the machine affects them equally. */
async function runRound(scenario: Scenario, names: readonly Name[], folder: string, pace: Pace): Promise<Step[]> {
	const runners = names.map(contender => startRunner({ ...scenario.task, contender, folder, warmUpMs: pace.warmUpMs }));
	try {
		for (const runner of runners) await runner.ask('ready?');
		const steps: Step[] = [];
		for (let step = 0; step < pace.steps; step++) {
			const answers: Answer[] = [];
			for (const runner of runners) answers.push(await runner.ask('step'));
			steps.push(answers);
		}
		return steps;
	} finally {
		for (const runner of runners) runner.end();
	}
}

/** Runs all rounds and returns the rows of a table. The first contender is the baseline. */
async function runScenario(
	scenario: Scenario,
	names: readonly Name[],
	folder: string,
	pace: Pace,
): Promise<string[][]> {
	const steps: Step[] = [];
	for (let round = 0; round < pace.rounds; round++) steps.push(...(await runRound(scenario, names, folder, pace)));
	const rows = names.map((name, index) => {
		const answers = steps.map(step => step[index]).filter(answer => answer !== undefined);
		const time = median(answers.map(answer => answer.time));
		const ratios = steps
			.map(step => (step[index]?.time ?? Number.NaN) / (step[0]?.time ?? Number.NaN))
			.sort((a, b) => a - b);
		const quarter = (share: number): number => ratios[Math.round(share * (ratios.length - 1))] ?? Number.NaN;
		return [
			LABELS[name],
			formatMs(time),
			(scenario.bytes / 1000 / time).toFixed(1),
			...[median(ratios), quarter(0.25), quarter(0.75)].map(ratio => ratio.toFixed(2)),
			name === 'marginalia' ? `≤ ${scenario.target.toFixed(2)}` : '',
			String(Math.round(Math.max(...answers.map(({ rss }) => rss)) / 1e6)),
			String(answers[0]?.found ?? ''),
		];
	});
	return [['', 'CPU ms', 'MB/s', '× parse5', 'from', 'to', 'target', 'MB RSS', 'found'], ...rows];
}

/** Returns the requested contenders that are available, without the baseline. */
async function contendersOf<T extends string>(only: string | undefined, all: readonly T[]): Promise<T[]> {
	const asked = only?.split(',');
	for (const name of asked ?? [])
		if (name !== 'parse5' && !all.some(contender => contender === name))
			throw new UsageError(`${name} is not a contender`);
	const names = all.filter(name => !asked || asked.includes(name));
	if (names.every(name => name === 'marginalia')) return names;
	try {
		await installPackages(import.meta.dirname);
	} catch (error) {
		console.error(`${messageOf(error)}\nContinuing without them.\n`);
		return names.filter(name => name === 'marginalia');
	}
	return names;
}

await runCommand(USAGE, async () => {
	const { values } = parseArgs({
		options: {
			corpus: { type: 'string' },
			only: { type: 'string' },
			rounds: { type: 'string' },
			quick: { type: 'boolean' },
			features: { type: 'boolean' },
			typing: { type: 'boolean' },
			anchoring: { type: 'boolean' },
			hostile: { type: 'boolean' },
			size: { type: 'string' },
			seed: { type: 'string' },
			network: { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	if (values.help === true) {
		console.log(USAGE);
		return 0;
	}
	const pace = values.quick === true ? QUICK : FULL;
	if (values.features === true) {
		process.stdout.write(await runScript('features.ts', values.quick === true ? '1' : '1000'));
		return 0;
	}
	const rounds = values.rounds === undefined ? pace.rounds : Number(values.rounds);
	if (!Number.isInteger(rounds) || rounds < 1) throw new UsageError('--rounds must be a positive integer');
	const seed = Number(values.seed ?? REALISTIC.seed);
	if (!Number.isInteger(seed)) throw new UsageError('--seed must be an integer');
	if (values.hostile === true) {
		const size = Number(values.size ?? (values.quick === true ? 2000 : 150_000));
		if (!Number.isInteger(size) || size < 1) throw new UsageError('--size must be a positive integer');
		const asked = { size, rounds: values.quick === true ? 1 : rounds, only: values.only ?? '' };
		process.stdout.write(await runScript('hostile/main.ts', JSON.stringify(asked)));
		return 0;
	}
	if (values.typing === true) {
		const sizes = values.size === undefined ? [20, 130, 390] : [Number(values.size)];
		if (!sizes.every(size => Number.isInteger(size) && size > 0))
			throw new UsageError('--size must be a positive integer');
		await runTypingBench({ sizes, rounds, keys: values.quick === true ? 2 : 15 });
		return 0;
	}
	if (values.network === true) {
		const names = await contendersOf(values.only, NETWORK_CONTENDERS);
		console.log(`Node.js ${process.version}, ${availableParallelism()} cores; ${rounds} rounds`);
		await runNetworkBench(names, rounds, values.quick === true ? { links: 200, hosts: 4 } : { links: 2000, hosts: 40 });
		return 0;
	}
	const corpus = values.corpus && resolve(process.env.INIT_CWD ?? '.', values.corpus);
	const folder = corpus ?? (await writeArchive(values.quick === true ? SMALL : REALISTIC));
	if (values.anchoring === true) {
		const perDamage = values.quick === true ? 3 : 300;
		process.stdout.write(await runScript('anchoring/main.ts', JSON.stringify({ folder, perDamage, seed })));
		return 0;
	}
	const names: Name[] = ['parse5', ...(await contendersOf(values.only, CONTENDERS))];
	console.log(
		`Node.js ${process.version}, ${availableParallelism()} cores; ${rounds} rounds; ${relative('.', folder)}`,
	);
	for (const scenario of await scenariosOf(folder)) {
		console.log(`\n${scenario.title}\n${formatTable(await runScenario(scenario, names, folder, { ...pace, rounds }))}`);
	}
	return 0;
});
