import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationToken } from 'vscode-languageserver';
import { snapshotOf } from '../languageFeatures/snapshot.ts';
import type { Requested } from '../links/network/requests.ts';
import { evidence } from '../links/network/words.ts';
import type { Service } from '../service.ts';
import { counted } from '../util/words.ts';
import type { FileToCheck } from './files.ts';
import type { Progress } from './progress.ts';
import { readArticle } from './readArticle.ts';
import type { NetworkSummary } from './reporters/reporter.ts';

/** The arguments of `marginalia check` for the network. */
export interface NetworkOptions {
	readonly allowPrivate?: true;
	/** In seconds. */
	readonly timeout: number;
	readonly concurrency: number;
	readonly recheck?: true;
	/** Whether the links and images of the page around the articles are checked as well. */
	readonly allLinks?: true;
	/** Whether texts are fixed before they are checked. */
	readonly fix?: true;
	/** The label of the encoding of files that are not UTF-8. */
	readonly encoding?: string;
}

/** The result of a check over the network; `unsaved` is the reason if it could not be cached. */
export interface NetworkOutcome {
	readonly summary: NetworkSummary;
	readonly unsaved: string | undefined;
}

/** Checks all links and images of files, before the rules run. The service keeps the verdicts. */
export async function checkNetwork(
	found: readonly FileToCheck[],
	service: Service,
	progress: Progress,
	{ allowPrivate, timeout, concurrency, recheck, allLinks, fix, encoding }: NetworkOptions,
): Promise<NetworkOutcome> {
	const { checks } = service.links;
	checks.configure({
		mode: 'onCommand',
		trusted: true,
		http: { allowPrivate: allowPrivate === true, systemCertificates: true, proxy: undefined },
		timeout: timeout * 1000,
		concurrency,
		furniture: allLinks === true,
	});
	const requests: Requested[] = [];
	/** The files that contain each URL. */
	const paths = new Map<string, Set<string>>();
	let files = 0;
	for (const { path, named, failure } of found) {
		progress.say(`${counted(++files, 'file')} read`);
		const content = failure === undefined ? await readArticle(path, named, encoding) : undefined;
		if (content?.kind !== 'article') continue;
		const uri = pathToFileURL(resolve(path)).href;
		const text = fix ? (await service.fixAll(uri, content.text, CancellationToken.None)).text : content.text;
		const { parsed } = await service.read(snapshotOf(uri, text));
		if (parsed.kind !== 'article') continue;
		for (const request of await checks.requests(uri, parsed)) {
			const key = keyOf(request);
			const known = paths.get(key);
			if (known) known.add(path);
			else {
				paths.set(key, new Set([path]));
				requests.push(request);
			}
		}
	}
	const outcome = await checks.check('check', requests, {
		again: recheck === true,
		onProgress: ({ done, total, broken }) =>
			progress.say(`${done} of ${counted(total, 'URL')} checked, ${broken} broken`),
	});
	const verdictOf = await checks.verdictsFor(requests);
	const counts = { ok: 0, moved: 0, broken: 0 };
	const unverified: { url: string; reason: string; paths: readonly string[] }[] = [];
	for (const request of requests) {
		const verdict = verdictOf?.(request.url, request.use);
		if (verdict && verdict.kind !== 'unverified') counts[verdict.kind]++;
		else
			unverified.push({
				url: request.url,
				reason: verdict ? evidence(verdict) : 'it was not checked',
				paths: [...(paths.get(keyOf(request)) ?? [])],
			});
	}
	// Open connections would keep the process running.
	checks.close();
	return {
		summary: { addresses: requests.length, ...counts, unverified },
		unsaved: outcome.kind === 'done' ? outcome.unsaved : undefined,
	};
}

function keyOf({ use, url }: Requested): string {
	return `${use} ${url}`;
}
