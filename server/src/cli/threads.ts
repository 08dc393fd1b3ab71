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

/** A message to a thread. */
type Task =
	| { readonly kind: 'sources'; readonly files: readonly FileToCheck[] }
	| { readonly kind: 'check'; readonly files: readonly Checkable[] };
interface Answer {
	readonly id: number;
	readonly result: unknown;
}

/**
 * The memory limits of a thread, in megabytes. Half would suffice for the largest article. With more, a thread would hold much of an
 * archive before it collects garbage.
 */
const LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 2000 };

/**
 * Starts a checker in a thread of its own. If the thread crashes on a file, the file is reported and another thread continues.
 *
 * @param program the module that calls `serveThread`
 */
export function startThread(program: string, options: FileCheckerOptions): Thread {
	let last = 0;
	/** Tasks without an answer, in order. */
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
			if (files.length === 1 && file) return [crashReport(file, error)];
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

function crashReport({ path }: FileToCheck, error: unknown): FileReport {
	const reason = `could not be checked: ${messageOf(error)}`;
	return { complaints: [failureOf(path, reason)], checked: [], passedOver: false, fixed: 0 };
}

/** Handles, in a thread, the tasks that `startThread` sends. */
export function serveThread(): void {
	const checker = createFileChecker(workerData as FileCheckerOptions);
	parentPort?.on('message', async ({ id, task }: { readonly id: number; readonly task: Task }) => {
		const result = task.kind === 'sources' ? await checker.sources(task.files) : await checker.check(task.files);
		parentPort?.postMessage({ id, result } satisfies Answer);
	});
}

/**
 * Runs tasks on several workers in parallel, and yields the answers in the order of the tasks. Workers get tasks ahead of time, but not
 * so many that answers accumulate.
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

/** How many pending tasks a worker has on average, at most. */
const AHEAD = 6;
