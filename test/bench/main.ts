import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { glob } from 'tinyglobby';
import { runCommand, UsageError } from '../../scripts/host/command.ts';
import { messageOf, ROOT } from '../../scripts/host/paths.ts';
import { type ArchiveShape, generateArchive, REALISTIC } from './generate.ts';
import { installPeers } from './peers.ts';
import { formatMs, formatTable, median } from './table.ts';
import type { Measurement, Task } from './worker.ts';

const USAGE = `Usage: npm run bench -- [OPTION]...

Measures Marginalia against bare parse5 and against VS Code's HTML and Markdown services, each in processes of its own, in
turns, on the same articles. Times are processor time; they depend on the machine, and the ratios
are what counts.

  --corpus DIR  measure on the articles below DIR, not on a generated archive
  --only NAMES  contenders, separated by commas: marginalia, html, markdown; parse5 always takes part
  --rounds N    how many turns each takes; 5 by default
  --quick       a small archive, one short round: does it all work?
  --features    what each feature costs on one article of 680 kB
  --help        show this`;

/** Those that are compared with the yardstick, parse5. */
const CONTENDERS = ['marginalia', 'html', 'markdown'] as const;
type Name = 'parse5' | (typeof CONTENDERS)[number];

const LABELS: Record<Name, string> = {
	parse5: 'parse5, with locations',
	marginalia: 'Marginalia',
	html: 'VS Code HTML service: symbols, links',
	markdown: 'VS Code Markdown service: symbols, links, diagnostics',
};

/** One table: a kind of work, and how many times what parse5 takes Marginalia may take. */
interface Scenario {
	readonly title: string;
	readonly target: number;
	readonly task: Pick<Task, 'kind' | 'file'>;
	/** Bytes that are worked through, for the speed. */
	readonly bytes: number;
}

/** Times of one process, in milliseconds. */
interface Pace {
	readonly rounds: number;
	readonly warmUpMs: number;
	readonly measureMs: number;
}

const FULL: Pace = { rounds: 5, warmUpMs: 1500, measureMs: 2000 };
const QUICK: Pace = { rounds: 1, warmUpMs: 0, measureMs: 1 };
const SMALL: ArchiveShape = { ...REALISTIC, articles: 12, percentile99: 60_000, largest: 100_000 };

/** Writes the generated archive where git does not see it. */
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

/** The whole archive, and two articles of it being edited: the one nearest to 20 kB, and the largest. */
async function scenariosOf(folder: string): Promise<Scenario[]> {
	const paths = (await glob('articles/**/*', { cwd: folder })).sort();
	const files = await Promise.all(paths.map(async path => ({ path, bytes: (await stat(join(folder, path))).size })));
	const [first] = files;
	if (!first) throw new UsageError(`${folder} has no folder articles with articles in it`);
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

/** Runs a script of the bench in a process of its own; resolves with what it prints. */
async function runScript(name: string, argument: string): Promise<string> {
	const args = ['--expose-gc', '--single-threaded-gc', join(import.meta.dirname, name), argument];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
	if (code !== 0) throw new Error(`${name} ${argument} ended with code ${code}`);
	return output;
}

async function runWorker(task: Task): Promise<Measurement> {
	return JSON.parse(await runScript('worker.ts', JSON.stringify(task))) as Measurement;
}

/** All contenders in turns; rows of a table. */
async function runScenario(
	scenario: Scenario,
	names: readonly Name[],
	folder: string,
	pace: Pace,
): Promise<string[][]> {
	const results = new Map<Name, Measurement[]>(names.map(name => [name, []]));
	for (let round = 0; round < pace.rounds; round++) {
		for (const name of names) {
			const { warmUpMs, measureMs } = pace;
			results.get(name)?.push(await runWorker({ ...scenario.task, contender: name, folder, warmUpMs, measureMs }));
		}
	}
	const timesOf = (name: Name): number[] => (results.get(name) ?? []).map(({ times }) => median(times));
	const yardstick = timesOf('parse5');
	const header = ['', 'CPU ms', 'MB/s', '× parse5', 'from', 'to', 'target', 'MB RSS', 'found'];
	return [
		header,
		...names.map(name => {
			const times = timesOf(name);
			const measurements = results.get(name) ?? [];
			const ratios = times.map((time, round) => time / (yardstick[round] ?? Number.NaN));
			return [
				LABELS[name],
				formatMs(median(times)),
				(scenario.bytes / 1000 / median(times)).toFixed(1),
				...[median(ratios), Math.min(...ratios), Math.max(...ratios)].map(ratio => ratio.toFixed(2)),
				name === 'marginalia' ? `≤ ${scenario.target.toFixed(2)}` : '',
				String(Math.round(median(measurements.map(({ rss }) => rss)) / 1e6)),
				String(measurements[0]?.found ?? ''),
			];
		}),
	];
}

/** The contenders that were asked for and can take part. */
async function contendersOf(only: string | undefined): Promise<Name[]> {
	const asked = only?.split(',').map(name => {
		const known = CONTENDERS.find(contender => contender === name);
		if (!known && name !== 'parse5') throw new UsageError(`${name} is no contender`);
		return known;
	});
	const names = CONTENDERS.filter(name => !asked || asked.includes(name));
	const peers = names.filter(name => name !== 'marginalia');
	if (peers.length > 0) {
		try {
			await installPeers();
		} catch (error) {
			console.error(`${messageOf(error)}\nGoing on without them.\n`);
			return ['parse5', ...names.filter(name => name === 'marginalia')];
		}
	}
	return ['parse5', ...names];
}

await runCommand(USAGE, async () => {
	const { values } = parseArgs({
		options: {
			corpus: { type: 'string' },
			only: { type: 'string' },
			rounds: { type: 'string' },
			quick: { type: 'boolean' },
			features: { type: 'boolean' },
			help: { type: 'boolean' },
		},
	});
	if (values.help === true) {
		console.log(USAGE);
		return 0;
	}
	const pace = values.quick === true ? QUICK : FULL;
	if (values.features === true) {
		process.stdout.write(await runScript('features.ts', String(pace.measureMs)));
		return 0;
	}
	const rounds = values.rounds === undefined ? pace.rounds : Number(values.rounds);
	if (!Number.isInteger(rounds) || rounds < 1) throw new UsageError('--rounds must be a number from 1 up');
	const names = await contendersOf(values.only);
	const corpus = values.corpus && resolve(process.env.INIT_CWD ?? '.', values.corpus);
	const folder = corpus ?? (await writeArchive(values.quick === true ? SMALL : REALISTIC));
	console.log(
		`Node.js ${process.version}, ${availableParallelism()} cores; ${rounds} rounds; ${relative('.', folder)}`,
	);
	for (const scenario of await scenariosOf(folder)) {
		console.log(`\n${scenario.title}\n${formatTable(await runScenario(scenario, names, folder, { ...pace, rounds }))}`);
	}
	return 0;
});
