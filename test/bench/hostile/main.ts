import { formatMs, formatTable, median } from '../table.ts';
import { PATTERNS } from './patterns.ts';
import { STEPS, type Step } from './steps.ts';

/** What `--hostile` was asked for. */
interface Task {
	/** The shorter of both sizes, in UTF-16 units. */
	readonly size: number;
	/** How often each is measured. */
	readonly rounds: number;
	/** What the names of the patterns have in them; empty for all. */
	readonly only: string;
}

/** How many times what half of a text takes a text may take. */
const TARGET = 2.3;

/** Times shorter than this, in milliseconds, say nothing of growth: compiling and collecting garbage takes as long. */
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
		// Both in turns, so that what else the machine does meets them alike.
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
	`Processor time in ms of each step with ${task.size / 1000} and ${(2 * task.size) / 1000} kB, median of ${task.rounds}; ratios where it is ${SHORTEST} ms or more`,
);
console.log(formatTable(rows));
console.log(`\n${slow.length === 0 ? `None is above × ${TARGET}` : `Above × ${TARGET}:\n${slow.join('\n')}`}`);
