import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import { detect } from '../../server/src/article/detect.ts';
import { parseHeader } from '../../server/src/article/header.ts';
import type { BenchFile, Change, Contender } from './contenders/contender.ts';
import { measure, repeat, type Work } from './repeat.ts';

/** The task of a measuring process. */
export interface Task {
	/** The name of a module in `contenders/`. */
	readonly contender: string;
	/** The archive's folder. */
	readonly folder: string;
	/** Each step checks the whole archive, or applies some changes to one article. */
	readonly kind: 'archive' | 'edit';
	/** The article to edit, by its path in the folder. */
	readonly file?: string;
	/** The warm-up time in milliseconds; 0 to measure roughly cold code. */
	readonly warmUpMs: number;
}

/** The answer to `ready?` and to each `step`. */
export interface Answer {
	/** CPU time for the archive, or for one change, in milliseconds; 0 for `ready?`. */
	readonly time: number;
	/** The number of results found. */
	readonly found: number;
	/** The peak resident memory of the process in bytes. */
	readonly rss: number;
}

/** Reads the articles of an archive, sorted by path. */
async function readArchive(folder: string): Promise<BenchFile[]> {
	const paths = (await glob('**/*', { cwd: folder, dot: false, ignore: ['**/node_modules'] })).sort();
	const files = paths.map(path => readArticle(folder, path));
	return files.filter(({ text }) => detect(text) === 'article');
}

function readArticle(folder: string, path: string): BenchFile {
	const text = readFileSync(join(folder, path), 'utf8');
	return { uri: pathToFileURL(join(folder, path)).href, text, body: parseHeader(text).span.end };
}

/** Yields changes that type a letter at the end of a paragraph and delete it again, moving around the article. */
function* changes(file: BenchFile): Generator<Change, never> {
	const places = Array.from(file.text.matchAll(/[^<>&;]{8}(?=<\/p>)/g), match => match.index + 4).filter(
		place => place > file.body,
	);
	if (places.length === 0) throw new Error(`${file.uri} has no paragraph to be edited`);
	for (let index = 0; ; index++) {
		// The golden section visits all parts of the article evenly.
		const offset = places[Math.floor(((index * 0.618034) % 1) * places.length)] ?? 0;
		const text = `${file.text.slice(0, offset)}x${file.text.slice(offset)}`;
		// Searching flattens the concatenated string, which is not to be measured.
		if (text.includes('\0')) throw new Error(`${file.uri} holds a NUL`);
		yield { offset, removed: 0, inserted: 'x', text };
		yield { offset, removed: 1, inserted: '', text: file.text };
	}
}

/** Checks the whole archive. Garbage of one step is not counted for the next. */
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

/**
 * Applies changes in batches of tens of milliseconds, given the clock's resolution of a few. Also returns the batch
 * size.
 */
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
