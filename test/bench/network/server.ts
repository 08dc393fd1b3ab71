import { ALL, startHosts } from '../../hosts/hosts.ts';

/** What the hosts counted since the last request for counts. */
export interface Counts {
	readonly requests: number;
	readonly connections: number;
	/** The maximum number of concurrent requests, overall and per host. */
	readonly peak: number;
	readonly peakPerHost: number;
}

/** The hosts of the benchmark, in a separate process, so that they do not slow down the clients. */
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
