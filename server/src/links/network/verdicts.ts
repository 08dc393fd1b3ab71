import type { Clock } from '../../platform.ts';
import { DAY_MS, HOUR_MS } from '../../util/day.ts';
import type { CacheEntry, VerdictCache } from './cache.ts';
import { OFFLINE } from './hosts.ts';
import type { LinkTarget, LinkUse, Verdict } from './verdict.ts';

/** How long a verdict is valid, in milliseconds. */
const HOLDS: Record<Verdict['kind'], number> = {
	ok: 7 * DAY_MS,
	moved: 7 * DAY_MS,
	broken: DAY_MS,
	// Valid for the session; never cached on disk.
	unverified: Number.POSITIVE_INFINITY,
};

/** How long an unverified URL is not checked again, in milliseconds, so that saving often does not repeat the request. */
const REST = HOUR_MS / 6;

/** The verdicts of URLs, in memory and in the cache. */
export interface Verdicts {
	/** The valid verdict of a URL that was loaded or added. */
	of(url: string, use: LinkUse): Verdict | undefined;
	/** Whether a URL needs to be checked. */
	isOpen(url: string, use: LinkUse): boolean;
	/**
	 * Loads verdicts from the cache.
	 *
	 * @param anew also loads URLs that were looked up before without a result, since another process may have checked them
	 */
	load(addresses: readonly Pick<LinkTarget, 'url' | 'use'>[], anew?: boolean): Promise<void>;
	/** Adds a verdict. */
	add(address: LinkTarget, verdict: Verdict): void;
	/** Writes the verdicts added since the last save to the cache; returns the reason if that failed. */
	save(): Promise<string | undefined>;
	/** Deletes all verdicts and clears the cache; returns the reason if that failed. */
	clear(): Promise<string | undefined>;
}

/** Creates the store of verdicts. Without a cache it lasts for this session. */
export function createVerdicts(cache: VerdictCache | undefined, now: Clock): Verdicts {
	const known = new Map<string, CacheEntry>();
	/** URLs that were looked up in the cache. */
	const looked = new Set<string>();
	let unsaved: CacheEntry[] = [];
	/** Pending while the cache is being cleared; reads wait for it. */
	let cleared: Promise<string | undefined> | undefined;
	const holds = (verdict: Verdict): boolean => Math.abs(now() - verdict.time) < HOLDS[verdict.kind];
	const of: Verdicts['of'] = (url, use) => {
		const entry = known.get(url);
		if (!entry || !holds(entry.verdict)) return undefined;
		if (use === 'image') return entry.use === 'image' ? asPicture(entry.verdict) : undefined;
		// The verdict of an image also covers a link to it, but not the reverse.
		return entry.use === 'image' ? asPage(entry.verdict) : entry.verdict;
	};
	return {
		of,
		isOpen(url, use) {
			const verdict = of(url, use);
			if (verdict?.kind !== 'unverified') return verdict === undefined;
			return isOffline(verdict) || now() - verdict.time >= REST;
		},
		async load(addresses, anew = false) {
			if (!cache) return;
			await cleared;
			const wanted = addresses
				.filter(({ url, use }) => (anew ? !of(url, use) : !looked.has(url)))
				.map(({ url }) => url);
			if (wanted.length === 0) return;
			for (const url of wanted) looked.add(url);
			for (const entry of await cache.read(wanted)) {
				const { time } = known.get(entry.url)?.verdict ?? { time: Number.NEGATIVE_INFINITY };
				if (entry.verdict.time > time) known.set(entry.url, entry);
			}
		},
		add({ url, use }, verdict) {
			const entry = { url, use, verdict };
			// An earlier verdict takes precedence over being offline.
			if (isOffline(verdict) && of(url, use)) return;
			known.set(url, entry);
			if (verdict.kind !== 'unverified') unsaved.push(entry);
		},
		async save() {
			const entries = unsaved;
			unsaved = [];
			return entries.length > 0 ? cache?.write(entries) : undefined;
		},
		async clear() {
			known.clear();
			looked.clear();
			unsaved = [];
			cleared = cache?.clear();
			return cleared;
		},
	};
}

/** Whether a verdict only means that this machine was offline. */
export function isOffline(verdict: Verdict): boolean {
	return verdict.kind === 'unverified' && OFFLINE.has(verdict.reason);
}

/** Returns the verdict for an image. A moved image counts as ok, since readers see it either way. */
function asPicture(verdict: Verdict): Verdict {
	if (verdict.kind !== 'moved') return verdict;
	const { to: _, ...rest } = verdict;
	return { ...rest, kind: 'ok' };
}

/** Converts the verdict of an image to that of a link to it. */
function asPage(verdict: Verdict): Verdict {
	const { kind, chain, time } = verdict;
	const isThere =
		(kind === 'broken' && verdict.reason === 'not-an-image') ||
		(kind === 'unverified' && (verdict.reason === 'placeholder' || verdict.reason === 'unknown-format'));
	return isThere ? { kind: 'ok', chain, time } : verdict;
}
