import { parentPort, type ResourceLimits, Worker, workerData } from 'node:worker_threads';
import { pushAll } from '../article/lists.ts';
import { messageOf } from '../util/errors.ts';
import {
	type Checkable,
	createFileChecker,
	type FileChecker,
	type FileCheckerOptions,
	type FileReport,
	failureOf,
} from './checker.ts';
import type { FileToCheck } from './files.ts';

/** A checker in a thread of its own. */
export interface Thread extends FileChecker {
	end(): Promise<void>;
}

/** What is sent to a thread, and what comes back. */
type Task =
	| { readonly kind: 'sources'; readonly files: readonly FileToCheck[] }
	| { readonly kind: 'check'; readonly files: readonly Checkable[] };
interface Answer {
	readonly id: number;
	readonly result: unknown;
}

/**
 * How much memory a thread may take, in megabytes. Half as much would do for an article as large as they are read; with more, a
 * thread would keep a good part of an archive before it tidied up.
 */
const LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 2000 };

/**
 * Starts a checker in a thread of its own. When the thread breaks down over a file, which is then said of that file, another
 * one goes on.
 *
 * @param program the module that calls `serveThread`
 */
export function startThread(program: string, options: FileCheckerOptions): Thread {
	let last = 0;
	/** What the thread has not answered yet, in its order. */
	const waiting = new Map<
		number,
		{ task: Task; resolve: (result: unknown) => void; reject: (error: unknown) => void }
	>();
	const start = (): Worker => {
		const worker = new Worker(new URL(program), { workerData: options, resourceLimits: LIMITS });
		worker.on('message', ({ id, result }: Answer) => {
			waiting.get(id)?.resolve(result);
			waiting.delete(id);
		});
		worker.on('error', error => {
			current = undefined;
			const [[id, first] = [], ...others] = waiting;
			if (id !== undefined) waiting.delete(id);
			first?.reject(error);
			for (const [id, { task }] of others) post(id, task);
		});
		return worker;
	};
	let current: Worker | undefined;
	const post = (id: number, task: Task): void => {
		current ??= start();
		current.postMessage({ id, task });
	};
	const run = <T>(task: Task): Promise<T> =>
		new Promise((resolve, reject) => {
			const id = ++last;
			waiting.set(id, { task, resolve: result => resolve(result as T), reject });
			post(id, task);
		});
	const check = async (files: readonly Checkable[]): Promise<readonly FileReport[]> => {
		try {
			return await run({ kind: 'check', files });
		} catch (error) {
			const [file] = files;
			if (files.length === 1 && file) return [brokenDown(file, error)];
			const outcomes: FileReport[] = [];
			for (const one of files) pushAll(outcomes, await check([one]));
			return outcomes;
		}
	};
	return {
		sources: files => run({ kind: 'sources', files }),
		check,
		async end() {
			await current?.terminate();
		},
	};
}

function brokenDown({ path }: FileToCheck, error: unknown): FileReport {
	const reason = `could not be checked: ${messageOf(error)}`;
	return { complaints: [failureOf(path, reason)], checked: [], passedOver: false, fixed: 0 };
}

/** Does in a thread what `startThread` sends to it. */
export function serveThread(): void {
	const checker = createFileChecker(workerData as FileCheckerOptions);
	parentPort?.on('message', async ({ id, task }: { readonly id: number; readonly task: Task }) => {
		const result = task.kind === 'sources' ? await checker.sources(task.files) : await checker.check(task.files);
		parentPort?.postMessage({ id, result } satisfies Answer);
	});
}

/**
 * Has checkers work side by side, and gives their answers in the order of the tasks. Each gets its next tasks before it has ended
 * the one before, but none so many that answers pile up.
 */
export async function* inOrder<Task, Answer, Worker>(
	tasks: Iterable<Task>,
	workers: readonly Worker[],
	run: (worker: Worker, task: Task) => Promise<Answer>,
): AsyncGenerator<Answer> {
	const busy = new Map(workers.map(worker => [worker, 0]));
	const waiting: Promise<Answer>[] = [];
	for (const task of tasks) {
		const [worker] = [...busy].reduce((least, one) => (one[1] < least[1] ? one : least));
		busy.set(worker, (busy.get(worker) ?? 0) + 1);
		const answer = run(worker, task).finally(() => busy.set(worker, (busy.get(worker) ?? 1) - 1));
		waiting.push(answer);
		const first = waiting.length >= AHEAD * workers.length ? waiting.shift() : undefined;
		if (first) yield await first;
	}
	for (const answer of waiting) yield await answer;
}

/** Tasks that a checker has before it, at most, on average. */
const AHEAD = 6;
