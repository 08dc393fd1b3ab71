/**
 * Does one thing again and again for some time, at least once, each time after a preparation that is not measured. What is
 * measured is the time of this thread on a processor, so that other programs and other threads count for little; Node's
 * `--single-threaded-gc` has garbage collected on this thread. The clock is no finer than a few milliseconds.
 *
 * @param milliseconds for how long
 * @returns the processor time of each run in milliseconds, and what the last one returned
 */
export async function repeat<P, R>(
	milliseconds: number,
	prepare: () => P,
	run: (prepared: P) => R | Promise<R>,
): Promise<{ readonly times: readonly number[]; readonly result: R }> {
	const times: number[] = [];
	const end = performance.now() + milliseconds;
	for (;;) {
		const prepared = prepare();
		const start = process.threadCpuUsage();
		const result = await run(prepared);
		const { user, system } = process.threadCpuUsage(start);
		times.push((user + system) / 1000);
		if (performance.now() >= end) return { times, result };
	}
}
