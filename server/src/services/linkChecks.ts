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

/** Settings for checking links and images over the network. */
export interface LinkSettings {
	readonly mode: SettingValue<'marginalia.links.network'>;
	/** Whether the user trusts the workspace. */
	readonly trusted: boolean;
	readonly http: HttpSettings;
	/** Timeout of a request, in milliseconds. */
	readonly timeout: number;
	/** The number of concurrent requests. */
	readonly concurrency: number;
	/** Whether links and images of the page around an article are checked as well. */
	readonly furniture: boolean;
}

/** Disables all requests. */
const OFF: LinkSettings = {
	mode: 'off',
	trusted: false,
	http: { allowPrivate: false, systemCertificates: true, proxy: undefined },
	timeout: 0,
	concurrency: 0,
	furniture: false,
};

/** The result of a check. */
export type LinkCheckOutcome =
	/** `unsaved` is the reason if the cache could not be written. */
	| { readonly kind: 'done'; readonly unsaved: string | undefined }
	| { readonly kind: 'cancelled' }
	/** Nothing was requested; `reason` is one sentence without a full stop. */
	| { readonly kind: 'refused'; readonly reason: string };

/** Network checks of links and images. */
export interface LinkChecks {
	/** Applies new settings, and cancels running checks that they no longer allow. */
	configure(settings: LinkSettings): void;
	readonly mode: LinkSettings['mode'];
	readonly furniture: boolean;
	/** The requests needed to check an article, minus those that the archive's configuration ignores. */
	requests(uri: string, article: Article): Promise<readonly Requested[]>;
	/** Looks up known verdicts; `undefined` if checks are not allowed. */
	verdictsFor(requests: Iterable<Requested>): Promise<VerdictLookup | undefined>;
	/** Why links are not checked, as one sentence without a full stop; `undefined` if they may be. */
	refusal(): string | undefined;
	/**
	 * Finds the verdicts that are not known yet.
	 *
	 * @param name name of the check; it replaces a running check with the same name
	 */
	check(name: string, requests: readonly Requested[], options: CheckOptions): Promise<LinkCheckOutcome>;
	/** Cancels a check and its pending requests. */
	cancel(name: string): void;
	/** The status of an article's URLs, and the progress of the check whose name is the article's URI. */
	status(uri: string, requests: readonly Requested[]): Promise<LinkStatus>;
	/**
	 * Fetches an image that a user wants to see, as its page would. Only requires that the workspace is trusted.
	 *
	 * @param referrer the page
	 */
	picture(url: string, referrer: string | undefined): Promise<FetchedPicture>;
	/** Clears the cache; returns the reason if that is not possible. */
	clear(): Promise<string | undefined>;
	/** Cancels all checks and closes all connections. */
	close(): void;
}

/** Options of a check. */
export interface CheckOptions {
	/** Whether cached verdicts are ignored. */
	readonly again: boolean;
	/** Cancels the check. */
	readonly signal?: AbortSignal;
	readonly onProgress: (progress: CheckProgress) => void;
}

/** The HTTP client and what uses it. */
interface Connected {
	readonly client: HttpClient;
	readonly checker: LinkChecker;
}

/** A running check. */
interface Run {
	readonly controller: AbortController;
	progress: CheckProgress;
}

/**
 * Creates the network checks.
 *
 * @param cacheFiles the file system that contains the cache
 * @param network `undefined` if the network is not available, as in a browser
 * @param policyOf the policy of the archive of an article
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
		// A later attempt may succeed.
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
			// These do not change how URLs are requested.
			const { mode: _, furniture: __, ...rest } = changed;
			const { mode: ___, furniture: ____, ...others } = before;
			if (refusal() !== undefined || JSON.stringify(rest) !== JSON.stringify(others)) disconnect();
		},
		get mode() {
			return settings.mode;
		},
		get furniture() {
			return settings.furniture;
		},
		async requests(uri, article) {
			const resolve = createResolver(article.source?.value);
			const [localFile, policy] = await Promise.all([lookUpLocalFiles(uri, article, files), policyOf(uri)]);
			const wanted: Record<LinkUse, boolean> = {
				link: isOn(policy, 'link/broken', 'link/moved'),
				image: isOn(policy, 'image/broken', 'image/not-an-image', 'image/size'),
			};
			return [...requestsOf({ article, resolve, localFile }, settings.furniture)].filter(
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
						// Requests that both checks need continue.
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

/** Whether any of these rules is enabled. */
function isOn(policy: Policy, ...ids: readonly string[]): boolean {
	return ids.some(id => policy.level(id) !== 'off');
}
