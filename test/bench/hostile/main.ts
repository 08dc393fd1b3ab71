import { formatMs, formatTable, median } from '../table.ts';
import { PATTERNS } from './patterns.ts';
import { STEPS, type Step } from './steps.ts';

/** The options of `--hostile`. */
interface Task {
	/** The smaller of the two sizes, in UTF-16 units. */
	readonly size: number;
	/** How often each step is measured. */
	readonly rounds: number;
	/** A part of the names of patterns to run; empty for all. */
	readonly only: string;
}

/** The maximum ratio between the times for a text and for half of it. */
const TARGET = 2.3;

/** Shorter times, in milliseconds, are not used for ratios, since compilation and garbage collection take as long. */
const SHORTEST = 20;

async function timeOf(step: Step, text: string): Promise<number> {
	const run = await step.prepare(text);
	globalThis.gc?.();
	const start = process.threadCpuUsage();
	await run();
	const { user, system } = process.threadCpuUsage(start);
	return (user + system) / 1000;
}

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const rows = [['', ...STEPS.flatMap(({ name }) => [name, '']), 'worst ×']];
const slow: string[] = [];
for (const { name, write } of PATTERNS.filter(pattern => pattern.name.includes(task.only))) {
	const [half, whole] = [write(task.size), write(2 * task.size)];
	const row = [name];
	let worst = 0;
	for (const step of STEPS) {
		const times: { half: number; whole: number }[] = [];
		// Alternate both sizes, so that other load on the machine affects them equally.
		for (let round = 0; round < task.rounds; round++)
			times.push({ half: await timeOf(step, half), whole: await timeOf(step, whole) });
		const [before, after] = [median(times.map(time => time.half)), median(times.map(time => time.whole))];
		row.push(formatMs(before), formatMs(after));
		if (after < SHORTEST) continue;
		worst = Math.max(worst, after / before);
		if (after / before > TARGET) slow.push(`${name}, ${step.name}: ${(after / before).toFixed(2)}`);
	}
	rows.push([...row, worst === 0 ? '' : worst.toFixed(2)]);
}
console.log(
	`CPU time in ms of each step with ${task.size / 1000} and ${(2 * task.size) / 1000} kB, median of ${task.rounds}; ratios for times of ${SHORTEST} ms or more`,
);
console.log(formatTable(rows));
console.log(
	`\n${slow.length === 0 ? `All ratios are at most ${TARGET}` : `Ratios above ${TARGET}:\n${slow.join('\n')}`}`,
);
