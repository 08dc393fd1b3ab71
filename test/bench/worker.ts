import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import { detect } from '../../server/src/article/detect.ts';
import { parseHeader } from '../../server/src/article/header.ts';
import type { BenchFile, Change, Contender } from './contenders/contender.ts';
import { measure, repeat, type Work } from './repeat.ts';

/** What one process is to measure. */
export interface Task {
	/** Name of a module in `contenders/`. */
	readonly contender: string;
	/** The archive's folder. */
	readonly folder: string;
	/** The whole archive in each step; or one article, some changes in each step. */
	readonly kind: 'archive' | 'edit';
	/** The article to be edited, by its path in the folder. */
	readonly file?: string;
	/** How long to run before measuring, in milliseconds; 0 to measure cold code, roughly. */
	readonly warmUpMs: number;
}

/** What the process answers to `ready?` and to each `step`. */
export interface Answer {
	/** Processor time of the archive, or of one change, in milliseconds; 0 for `ready?`. */
	readonly time: number;
	/** What was found. */
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

/** The whole archive. What one step leaves behind is not on the next one's account. */
async function archiveWork(task: Task, contender: Contender): Promise<Work> {
	const files = await readArchive(task.folder);
	return {
		prepare: () => globalThis.gc?.(),
		async run() {
			let found = 0;
			for (const file of files) found += await contender.check(file);
			return found;
		},
	};
}

/** Changes in batches of tens of milliseconds, since the clock is not finer than a few; and how many are in one. */
async function editWork(task: Task, contender: Contender): Promise<[Work, number]> {
	const file = readArticle(task.folder, task.file ?? '');
	const size = 2 * Math.ceil(1e6 / file.text.length);
	const edits = changes(file);
	const change = await contender.open(file);
	const work: Work<Change[]> = {
		prepare: () => Array.from({ length: size }, () => edits.next().value),
		async run(batch) {
			let found = 0;
			for (const edit of batch) found = await change(edit);
			return found;
		},
	};
	return [work as Work, size];
}

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const { contender } = (await import(`./contenders/${task.contender}.ts`)) as { contender: Contender };
const [work, parts] =
	task.kind === 'archive' ? [await archiveWork(task, contender), 1] : await editWork(task, contender);
const answer = (time: number, found: number): void => {
	process.send?.({ time, found, rss: process.resourceUsage().maxRSS * 1024 } satisfies Answer);
};
process.on('message', async message => {
	if (message === 'ready?') {
		await repeat(task.warmUpMs, work);
		answer(0, 0);
	} else {
		const { time, result } = await measure(work);
		answer(time / parts, Number(result));
	}
});
