import { ALL, startHosts } from '../../hosts/hosts.ts';

/** What the hosts saw since they were last asked. */
export interface Counts {
	readonly requests: number;
	readonly connections: number;
	/** The most requests at a time, to all hosts and to one. */
	readonly peak: number;
	readonly peakPerHost: number;
}

/** The hosts of the bench, in a process of their own, so that they take no time from who asks them. */
const [addresses, latency] = JSON.parse(process.argv[2] ?? '') as [readonly string[], number];
const hosts = await startHosts({ addresses, latency });
let before = 0;
process.on('message', () => {
	const perHost = [...hosts.peaks].filter(([host]) => host !== ALL).map(([, peak]) => peak);
	const counts: Counts = {
		requests: hosts.seen.length,
		connections: hosts.connections - before,
		peak: hosts.peaks.get(ALL) ?? 0,
		peakPerHost: Math.max(0, ...perHost),
	};
	before = hosts.connections;
	hosts.forget();
	process.send?.(counts);
});
process.once('disconnect', () => process.exit());
process.send?.(Number(new URL(hosts.url('/')).port));
