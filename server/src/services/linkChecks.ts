import type { Policy } from '../archive/policy.ts';
import type { Article } from '../article/article.ts';
import { lookUpLocalFiles } from '../links/localFiles.ts';
import { createVerdictCache } from '../links/network/cache.ts';
import { createLinkChecker, type LinkChecker } from '../links/network/checker.ts';
import { type FetchedPicture, fetchPicture } from '../links/network/picture.ts';
import { type Requested, requestsOf, type VerdictLookup } from '../links/network/requests.ts';
import type { LinkUse } from '../links/network/verdict.ts';
import { createVerdicts, isOffline, type Verdicts } from '../links/network/verdicts.ts';
import { createResolver } from '../links/resolve.ts';
import type { Clock, FileSystem, HttpClient, HttpSettings, Network } from '../platform.ts';
import type { CheckProgress, Counts, LinkStatus } from '../protocol/links.ts';
import type { SettingValue } from '../protocol/settings.ts';
import { destinations } from '../rules/subject.ts';

/** Whether and how links and images are checked over the network. */
export interface LinkSettings {
	readonly mode: SettingValue<'marginalia.links.network'>;
	/** Whether the user trusts what is open. */
	readonly trusted: boolean;
	readonly http: HttpSettings;
	/** Time for one request, in milliseconds. */
	readonly timeout: number;
	/** Requests at once. */
	readonly concurrency: number;
}

/** Nothing is requested. */
const OFF: LinkSettings = {
	mode: 'off',
	trusted: false,
	http: { allowPrivate: false, systemCertificates: true, proxy: undefined },
	timeout: 0,
	concurrency: 0,
};

/** What came of a check. */
export type LinkCheckOutcome =
	/** `unsaved` says why the cache could not be written, if it could not. */
	| { readonly kind: 'done'; readonly unsaved: string | undefined }
	| { readonly kind: 'cancelled' }
	/** Nothing was requested; one sentence without a full stop that says why. */
	| { readonly kind: 'refused'; readonly reason: string };

/** Checks of links and images over the network. */
export interface LinkChecks {
	/** Takes over how checks are made from now on; those that may not be made any more are ended. */
	configure(settings: LinkSettings): void;
	readonly mode: LinkSettings['mode'];
	/** What is asked for of an article, as far as its archive wants to know. */
	requests(uri: string, article: Article): Promise<readonly Requested[]>;
	/** What is known of some addresses; `undefined` where nobody is to know anything. */
	verdictsFor(requests: Iterable<Requested>): Promise<VerdictLookup | undefined>;
	/** Why nothing is requested, in one sentence without a full stop; `undefined` where something may be. */
	refusal(): string | undefined;
	/**
	 * Finds out what is not known yet of some addresses.
	 *
	 * @param name of the check; it takes the place of one of the same name that is under way
	 */
	check(name: string, requests: readonly Requested[], options: CheckOptions): Promise<LinkCheckOutcome>;
	/** Ends a check; nothing is requested for it any more. */
	cancel(name: string): void;
	/** What is known of an article's addresses, and of the check with the article's URI for a name. */
	status(uri: string, requests: readonly Requested[]): Promise<LinkStatus>;
	/**
	 * Gets a picture that a user wants to see, as the page that it was on would. That what is open is trusted is enough.
	 *
	 * @param referrer that page
	 */
	picture(url: string, referrer: string | undefined): Promise<FetchedPicture>;
	/** Forgets all that was found out; tells why the cache could not be emptied, if it could not. */
	clear(): Promise<string | undefined>;
	/** Ends all checks and connections. */
	close(): void;
}

/** How a check is made. */
export interface CheckOptions {
	/** Whether what is known is asked for, too. */
	readonly again: boolean;
	/** Ends it. */
	readonly signal?: AbortSignal;
	readonly onProgress: (progress: CheckProgress) => void;
}

/** What requests are made with. */
interface Connected {
	readonly client: HttpClient;
	readonly checker: LinkChecker;
}

/** A check that is under way. */
interface Run {
	readonly controller: AbortController;
	progress: CheckProgress;
}

/**
 * Wires checks over the network.
 *
 * @param cacheFiles the files that what is found out is kept among
 * @param network `undefined` where there is none that may be used, as in a browser
 * @param policyOf what its archive says of an article
 */
export function createLinkChecks(
	network: Network | undefined,
	files: FileSystem,
	cacheFiles: FileSystem,
	now: Clock,
	policyOf: (uri: string) => Promise<Policy>,
): LinkChecks {
	let settings = OFF;
	let known: Promise<Verdicts> | undefined;
	let connected: Promise<Connected> | undefined;
	const runs = new Map<string, Run>();
	const refusal = (): string | undefined => {
		if (!network) return 'Links cannot be checked here: browsers do not let a page read responses from other sites';
		return (
			networkRefusal() ??
			(settings.mode === 'off' ? 'Links are not checked: marginalia.links.network is off' : undefined)
		);
	};
	const networkRefusal = (): string | undefined => {
		if (!network) return 'The network is not available here';
		return settings.trusted ? undefined : 'Network requests are disabled because the workspace is not trusted';
	};
	const knownVerdicts = (): Promise<Verdicts> => {
		known ??= (async () => {
			const folder = await network?.cacheFolder();
			return createVerdicts(folder === undefined ? undefined : createVerdictCache(cacheFiles, folder), now);
		})();
		return known;
	};
	const connect = async ({ connect, wait, userAgent }: Network): Promise<Connected> => {
		connected ??= (async ({ http, timeout, concurrency }) => {
			const [client, verdicts] = await Promise.all([connect(http), knownVerdicts()]);
			return { client, checker: createLinkChecker({ client, verdicts, wait, now, userAgent, timeout, concurrency }) };
		})(settings);
		const current = connected;
		// What went wrong once may go well the next time.
		current.catch(() => {
			if (connected === current) connected = undefined;
		});
		return current;
	};
	const disconnect = (): void => {
		for (const { controller } of runs.values()) controller.abort();
		connected?.then(
			({ client }) => client.close(),
			() => undefined,
		);
		connected = undefined;
	};
	return {
		configure(changed) {
			const before = settings;
			settings = changed;
			const { mode: _, ...rest } = changed;
			const { mode: __, ...others } = before;
			if (refusal() !== undefined || JSON.stringify(rest) !== JSON.stringify(others)) disconnect();
		},
		get mode() {
			return settings.mode;
		},
		async requests(uri, article) {
			const resolve = createResolver(article.source?.value);
			const [localFile, policy] = await Promise.all([lookUpLocalFiles(uri, article, files), policyOf(uri)]);
			const wanted: Record<LinkUse, boolean> = {
				link: isOn(policy, 'link/broken', 'link/moved'),
				image: isOn(policy, 'image/broken', 'image/not-an-image', 'image/size'),
			};
			return [...requestsOf({ article, resolve, localFile })].filter(
				({ use, value }) =>
					wanted[use] &&
					!(policy.ignoresAddresses && policy.ignoresAddress(value.trim(), destinations(resolve, value))),
			);
		},
		async verdictsFor(requests) {
			if (refusal() !== undefined) return undefined;
			const verdicts = await knownVerdicts();
			await verdicts.load([...requests]);
			return verdicts.of;
		},
		refusal,
		async check(name, requests, { again, signal, onProgress }) {
			const reason = refusal();
			if (!network || reason !== undefined) return { kind: 'refused', reason: reason ?? '' };
			const before = runs.get(name);
			const controller = new AbortController();
			const run: Run = { controller, progress: { done: 0, total: 0, broken: 0 } };
			const end = (): void => controller.abort();
			if (signal?.aborted) end();
			signal?.addEventListener('abort', end);
			runs.set(name, run);
			try {
				const { checker } = await connect(network);
				const unsaved = await checker.check(requests, {
					again,
					signal: controller.signal,
					onProgress(progress) {
						// What both want goes on.
						before?.controller.abort();
						run.progress = progress;
						onProgress(progress);
					},
				});
				return controller.signal.aborted ? { kind: 'cancelled' } : { kind: 'done', unsaved };
			} finally {
				signal?.removeEventListener('abort', end);
				before?.controller.abort();
				if (runs.get(name) === run) runs.delete(name);
			}
		},
		cancel: name => runs.get(name)?.controller.abort(),
		async status(uri, requests) {
			const count = { link: { ...NONE }, image: { ...NONE } };
			const reason = refusal();
			const verdicts = reason === undefined ? await knownVerdicts() : undefined;
			await verdicts?.load(requests);
			let oldest: number | undefined;
			let [asked, lost] = [0, 0];
			for (const { url, use } of requests) {
				const verdict = verdicts?.of(url, use);
				count[use][verdict?.kind ?? 'unknown']++;
				if (!verdict) continue;
				asked++;
				if (isOffline(verdict)) lost++;
				if (verdict.time < (oldest ?? Number.POSITIVE_INFINITY)) oldest = verdict.time;
			}
			return {
				...count,
				oldest,
				offline: asked > 0 && lost === asked,
				checking: runs.get(uri)?.progress,
				refusal: reason,
			};
		},
		async picture(url, referrer) {
			const reason = networkRefusal();
			if (!network || reason !== undefined) return { kind: 'none', reason: reason ?? '' };
			const { client } = await connect(network);
			const { userAgent } = network;
			const { timeout } = settings;
			return fetchPicture(client, { url, referrer, userAgent, timeout }, new AbortController().signal);
		},
		clear: async () => (await knownVerdicts()).clear(),
		close: disconnect,
	};
}

const NONE: Counts = { ok: 0, moved: 0, broken: 0, unverified: 0, unknown: 0 };

/** Whether any of these rules runs. */
function isOn(policy: Policy, ...ids: readonly string[]): boolean {
	return ids.some(id => policy.level(id) !== 'off');
}
