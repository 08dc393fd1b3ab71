/** A piece of work: what is prepared is not measured. */
export interface Work<P = unknown> {
	prepare(): P;
	run(prepared: P): unknown;
}

/**
 * Does a piece of work once. What is measured is the time of this thread on a processor, so that other programs and other
 * threads count for little; Node's `--single-threaded-gc` has garbage collected on this thread. The clock is no finer than a
 * few milliseconds.
 *
 * @returns the time in milliseconds, and what the work returned
 */
export async function measure<P>(work: Work<P>): Promise<{ readonly time: number; readonly result: unknown }> {
	const prepared = work.prepare();
	const start = process.threadCpuUsage();
	const result = await work.run(prepared);
	const { user, system } = process.threadCpuUsage(start);
	return { time: (user + system) / 1000, result };
}

/** Does a piece of work again and again for so many milliseconds, at least once; resolves with the time of each. */
export async function repeat<P>(milliseconds: number, work: Work<P>): Promise<readonly number[]> {
	const times: number[] = [];
	const end = performance.now() + milliseconds;
	do times.push((await measure(work)).time);
	while (performance.now() < end);
	return times;
}
