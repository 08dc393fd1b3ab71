import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import { detect } from '../../server/src/article/detect.ts';
import { parseHeader } from '../../server/src/article/header.ts';
import type { BenchFile, Change, Contender } from './contenders/contender.ts';
import { repeat } from './repeat.ts';

/** What one process is to measure. */
export interface Task {
	/** Name of a module in `contenders/`. */
	readonly contender: string;
	/** The archive's folder. */
	readonly folder: string;
	/** The whole archive, pass after pass; or one article, change after change. */
	readonly kind: 'archive' | 'edit';
	/** The article to be edited, by its path in the folder. */
	readonly file?: string;
	/** How long to run before and while measuring, in milliseconds, but for one pass or change at least. */
	readonly warmUpMs: number;
	readonly measureMs: number;
}

/** What a process has measured. */
export interface Measurement {
	/** Processor time of each pass, or of one change in each batch, in milliseconds. */
	readonly times: readonly number[];
	/** What was found in the last one. */
	readonly found: number;
	/** Resident memory of the process at its largest, in bytes. */
	readonly rss: number;
}

/** Reads the articles of an archive, in order. */
async function readArchive(folder: string): Promise<BenchFile[]> {
	const paths = (await glob('**/*', { cwd: folder, dot: false, ignore: ['**/node_modules'] })).sort();
	const files = paths.map(path => readArticle(folder, path));
	return files.filter(({ text }) => detect(text) === 'article');
}

function readArticle(folder: string, path: string): BenchFile {
	const text = readFileSync(join(folder, path), 'utf8');
	return { uri: pathToFileURL(join(folder, path)).href, text, body: parseHeader(text).span.end };
}

/** Typing a letter at the end of one paragraph after another, up and down the article, and taking it back. */
function* changes(file: BenchFile): Generator<Change, never> {
	const places = Array.from(file.text.matchAll(/[^<>&;]{8}(?=<\/p>)/g), match => match.index + 4).filter(
		place => place > file.body,
	);
	if (places.length === 0) throw new Error(`${file.uri} has no paragraph to be edited`);
	for (let index = 0; ; index++) {
		// The golden section visits all parts of the article evenly.
		const offset = places[Math.floor(((index * 0.618034) % 1) * places.length)] ?? 0;
		const text = `${file.text.slice(0, offset)}x${file.text.slice(offset)}`;
		// Searching makes one piece of the joined text, which is not what is measured.
		if (text.includes('\0')) throw new Error(`${file.uri} holds a NUL`);
		yield { offset, removed: 0, inserted: 'x', text };
		yield { offset, removed: 1, inserted: '', text: file.text };
	}
}

/** Runs a step until its code is warm, then measures it. */
async function measure<T>(
	{ warmUpMs, measureMs }: Task,
	prepare: () => T,
	run: (prepared: T) => Promise<number>,
): Promise<Measurement> {
	await repeat(warmUpMs, prepare, run);
	const { times, result } = await repeat(measureMs, prepare, run);
	return { times, found: result, rss: process.resourceUsage().maxRSS * 1024 };
}

async function measureArchive(task: Task, contender: Contender): Promise<Measurement> {
	const files = await readArchive(task.folder);
	// What one pass leaves behind is not on the next one's account.
	return measure(
		task,
		() => globalThis.gc?.(),
		async () => {
			let found = 0;
			for (const file of files) found += await contender.check(file);
			return found;
		},
	);
}

/** Changes are measured in batches of tens of milliseconds: the clock is not finer than a few. */
async function measureEdits(task: Task, contender: Contender): Promise<Measurement> {
	const file = readArticle(task.folder, task.file ?? '');
	const size = task.measureMs < 100 ? 2 : 2 * Math.ceil(2e6 / file.text.length);
	const edits = changes(file);
	const change = await contender.open(file);
	const { times, ...rest } = await measure(
		task,
		() => Array.from({ length: size }, () => edits.next().value),
		async batch => {
			let found = 0;
			for (const edit of batch) found = await change(edit);
			return found;
		},
	);
	return { times: times.map(time => time / size), ...rest };
}

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const { contender } = (await import(`./contenders/${task.contender}.ts`)) as { contender: Contender };
const measurement = await (task.kind === 'archive' ? measureArchive : measureEdits)(task, contender);
console.log(JSON.stringify(measurement));
