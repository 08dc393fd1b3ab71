/** A task to measure. Its preparation is not measured. */
export interface Work<P = unknown> {
	prepare(): P;
	run(prepared: P): unknown;
}

/**
 * Measures a task once: the CPU time of this thread, so that other programs and threads matter little. With Node's
 * `--single-threaded-gc`, garbage collection also runs on this thread. The clock's resolution is a few milliseconds.
 *
 * @returns the time in milliseconds, and the result of the task
 */
export async function measure<P>(work: Work<P>): Promise<{ readonly time: number; readonly result: unknown }> {
	const prepared = work.prepare();
	const start = process.threadCpuUsage();
	const result = await work.run(prepared);
	const { user, system } = process.threadCpuUsage(start);
	return { time: (user + system) / 1000, result };
}

/** Repeats a task for the given number of milliseconds, at least once. Resolves to the time of each run. */
export async function repeat<P>(milliseconds: number, work: Work<P>): Promise<readonly number[]> {
	const times: number[] = [];
	const end = performance.now() + milliseconds;
	do times.push((await measure(work)).time);
	while (performance.now() < end);
	return times;
}
