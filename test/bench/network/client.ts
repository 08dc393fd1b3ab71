import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinkChecker } from '../../../server/src/links/network/checker.ts';
import { createVerdicts } from '../../../server/src/links/network/verdicts.ts';
import { createHttpClient } from '../../../server/src/node/httpClient.ts';
import { nodeNetwork } from '../../../server/src/node/network.ts';

/** The links that a contender is to check. */
export interface NetworkTask {
	readonly contender: keyof typeof CONTENDERS;
	readonly urls: readonly string[];
	readonly concurrency: number;
}

/** The result. */
export interface NetworkAnswer {
	/** Wall time in milliseconds, without the start of the process. */
	readonly time: number;
	readonly broken: readonly string[];
	/** `undefined` for a contender that does not report redirects. */
	readonly moved: readonly string[] | undefined;
}

/** The parts of `linkinator` that are used. It is installed only for the benchmark. */
interface Linkinator {
	readonly LinkChecker: new () => {
		check(options: object): Promise<{ readonly links: readonly { readonly url: string; readonly state: string }[] }>;
	};
}

type Result = Omit<NetworkAnswer, 'time'>;

const CONTENDERS = {
	/** The cost of the network and of Node: one HEAD request per link over keep-alive connections, and nothing else. */
	floor: (urls, concurrency) => askBarely(urls, concurrency, Number.POSITIVE_INFINITY),

	/** The same, with the connection limit per host that Marginalia has. */
	gentle: (urls, concurrency) => askBarely(urls, concurrency, 4),

	async marginalia(urls, concurrency) {
		const client = createHttpClient({ allowPrivate: true, systemCertificates: true, proxy: undefined });
		const verdicts = createVerdicts(undefined, Date.now);
		const { wait, userAgent } = nodeNetwork;
		const checker = createLinkChecker({
			client,
			verdicts,
			wait,
			now: Date.now,
			userAgent,
			timeout: 20_000,
			concurrency,
		});
		const addresses = urls.map(url => ({ url, use: 'link' as const }));
		await checker.check(addresses, { again: false, signal: new AbortController().signal });
		client.close();
		const of = (kind: string): string[] => urls.filter(url => verdicts.of(url, 'link')?.kind === kind);
		return { broken: of('broken'), moved: of('moved') };
	},

	async linkinator(urls, concurrency) {
		const name: string = 'linkinator';
		const { LinkChecker } = (await import(name)) as Linkinator;
		const folder = await mkdtemp(join(tmpdir(), 'marginalia-bench-'));
		try {
			const links = urls.map(url => `<a href="${url}">x</a>`).join('\n');
			await writeFile(join(folder, 'list.html'), `<!doctype html><title>x</title>\n${links}\n`);
			const checker = new LinkChecker();
			const path = join(folder, 'list.html');
			const result = await checker.check({ path, concurrency, recurse: false, timeout: 20_000 });
			const asked = new Set(urls);
			const broken = result.links.filter(({ url, state }) => asked.has(url) && state === 'BROKEN');
			return { broken: broken.map(({ url }) => url), moved: undefined };
		} finally {
			await rm(folder, { recursive: true });
		}
	},
} satisfies Record<string, (urls: readonly string[], concurrency: number) => Promise<Result>>;

async function askBarely(urls: readonly string[], concurrency: number, perHost: number): Promise<Result> {
	const agent = new Agent({ keepAlive: true, maxSockets: perHost });
	const broken: string[] = [];
	const next = urls.values();
	const work = async (): Promise<void> => {
		for (const url of next) {
			const status = await new Promise<number>((resolve, reject) => {
				request(url, { method: 'HEAD', agent }, response => {
					response.resume();
					response.once('end', () => resolve(response.statusCode ?? 0));
				})
					.once('error', reject)
					.end();
			});
			if (status >= 400) broken.push(url);
		}
	};
	await Promise.all(Array.from({ length: concurrency }, work));
	agent.destroy();
	return { broken, moved: undefined };
}

const { contender, urls, concurrency } = JSON.parse(process.argv[2] ?? '') as NetworkTask;
const check = CONTENDERS[contender];
const start = performance.now();
const result = await check(urls, concurrency);
process.send?.({ ...result, time: performance.now() - start } satisfies NetworkAnswer);
process.disconnect?.();
