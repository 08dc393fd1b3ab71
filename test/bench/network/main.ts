import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { formatMs, formatTable, median } from '../table.ts';
import type { NetworkAnswer, NetworkTask } from './client.ts';
import { type BenchLink, benchLinks, hostAddresses, type LinkShape } from './links.ts';
import type { Counts } from './server.ts';

/** The contenders. The first is the baseline. */
const CONTENDERS = ['floor', 'gentle', 'marginalia', 'linkinator'] as const;
type Name = (typeof CONTENDERS)[number];

const LABELS: Record<Name, string> = {
	floor: 'bare HEAD, keep-alive',
	gentle: 'bare HEAD, 4 connections per host',
	marginalia: 'Marginalia',
	linkinator: 'linkinator',
};

/** The contenders that always take part. */
const BARE: ReadonlySet<Name> = new Set(['floor', 'gentle']);

/** Marginalia's maximum time relative to the baseline. */
const TARGET = 2;

const CONCURRENCY = 128;
const LATENCY_MS = 20;

/** A run of one contender. */
interface Run extends NetworkAnswer, Counts {
	readonly right: number;
}

/** Checks links on local hosts with each contender in turns. Prints one table without slow hosts, and one with them. */
export async function runNetworkBench(
	names: readonly string[],
	rounds: number,
	shape: Omit<LinkShape, 'slow'>,
): Promise<void> {
	const server = fork(join(import.meta.dirname, 'server.ts'), [
		JSON.stringify([hostAddresses(shape.hosts), LATENCY_MS]),
	]);
	try {
		const failed = once(server, 'exit').then(() => {
			throw new Error(`Cannot listen on loopback addresses from ${hostAddresses(1)} on; this needs Linux`);
		});
		failed.catch(() => {});
		const [port] = (await Promise.race([once(server, 'message'), failed])) as [number];
		for (const slow of [0, 0.02]) {
			const links = benchLinks({ ...shape, slow }, port);
			const title = `${links.length} links over ${shape.hosts} hosts, ${LATENCY_MS} ms each, ${CONCURRENCY} at once${slow > 0 ? ', 2 % after 3 s' : ''}`;
			const runs = new Map<Name, Run[]>();
			for (let round = 0; round < rounds; round++) {
				for (const name of CONTENDERS) {
					if (!BARE.has(name) && !names.includes(name)) continue;
					runs.set(name, [...(runs.get(name) ?? []), await runOnce(server, name, links)]);
				}
			}
			console.log(`\n${title}\n${formatTable(tableOf(runs, links.length))}`);
		}
	} finally {
		if (server.connected) server.disconnect();
	}
}

async function runOnce(server: ChildProcess, contender: Name, links: readonly BenchLink[]): Promise<Run> {
	const task: NetworkTask = { contender, urls: links.map(({ url }) => url), concurrency: CONCURRENCY };
	const child = fork(join(import.meta.dirname, 'client.ts'), [JSON.stringify(task)]);
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`${contender} exited with code ${code}`);
	});
	// Once there is an answer, the end of the process is not awaited.
	ended.catch(() => {});
	const [answer] = (await Promise.race([once(child, 'message'), ended])) as [NetworkAnswer];
	server.send('counts');
	const [counts] = (await once(server, 'message')) as [Counts];
	const [broken, moved] = [new Set(answer.broken), answer.moved && new Set(answer.moved)];
	const isRight = ({ url, isBroken, isMoved }: BenchLink): boolean =>
		broken.has(url) === isBroken && (!moved || moved.has(url) === isMoved);
	return { ...answer, ...counts, right: links.filter(isRight).length };
}

function tableOf(runs: ReadonlyMap<Name, readonly Run[]>, links: number): string[][] {
	const floor = (runs.get('floor') ?? []).map(({ time }) => time);
	const rows = [...runs].map(([name, of]) => {
		const time = median(of.map(run => run.time));
		const ratio = median(of.map((run, round) => run.time / (floor[round] ?? Number.NaN)));
		const [last] = of.slice(-1);
		return [
			LABELS[name],
			formatMs(time),
			String(Math.round((1000 * links) / time)),
			ratio.toFixed(2),
			name === 'marginalia' ? `≤ ${TARGET.toFixed(2)}` : '',
			...[last?.requests, last?.connections, last?.peak, last?.peakPerHost].map(String),
			`${Math.min(...of.map(({ right }) => right))}/${links}`,
		];
	});
	return [
		['', 'ms', 'links/s', '× bare', 'target', 'requests', 'connections', 'concurrent', 'per host', 'correct'],
		...rows,
	];
}
