import type { Clock } from '../../platform.ts';
import { DAY_MS, HOUR_MS } from '../../util/day.ts';
import type { CacheEntry, VerdictCache } from './cache.ts';
import { OFFLINE } from './hosts.ts';
import type { LinkTarget, LinkUse, Verdict } from './verdict.ts';

/** How long a verdict holds, in milliseconds. */
const HOLDS: Record<Verdict['kind'], number> = {
	ok: 7 * DAY_MS,
	moved: 7 * DAY_MS,
	broken: DAY_MS,
	// Never kept between sessions.
	unverified: Number.POSITIVE_INFINITY,
};

/** A host that refuses programs is not asked again with every save, but after so many milliseconds. */
const REST = HOUR_MS / 6;

/** What is known of addresses: in memory, and behind that in the cache. */
export interface Verdicts {
	/** What is known of an address, as far as it was loaded or found out, and still holds. */
	of(url: string, use: LinkUse): Verdict | undefined;
	/** Whether an address has to be asked for. */
	isOpen(url: string, use: LinkUse): boolean;
	/**
	 * Looks addresses up in the cache.
	 *
	 * @param anew also those that were looked up before and are still not known; another process may have found them out
	 */
	load(addresses: readonly Pick<LinkTarget, 'url' | 'use'>[], anew?: boolean): Promise<void>;
	/** Takes over what was found out. */
	add(address: LinkTarget, verdict: Verdict): void;
	/** Writes what was added since the last time into the cache; tells why that was not possible. */
	save(): Promise<string | undefined>;
	/** Forgets all, in the cache too; tells why that was not possible. */
	clear(): Promise<string | undefined>;
}

/** Keeps verdicts. Without a cache they are those of this session. */
export function createVerdicts(cache: VerdictCache | undefined, now: Clock): Verdicts {
	const known = new Map<string, CacheEntry>();
	/** Addresses that were looked up in the cache. */
	const looked = new Set<string>();
	let unsaved: CacheEntry[] = [];
	/** Nothing is read from a cache that is being emptied. */
	let cleared: Promise<string | undefined> | undefined;
	const holds = (verdict: Verdict): boolean => Math.abs(now() - verdict.time) < HOLDS[verdict.kind];
	const of: Verdicts['of'] = (url, use) => {
		const entry = known.get(url);
		if (!entry || !holds(entry.verdict)) return undefined;
		if (use === 'image') return entry.use === 'image' ? asPicture(entry.verdict) : undefined;
		// What was looked at as a picture is known as a page too, the other way round not.
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
			// What was known before this machine was offline is more than nothing.
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

/** Whether a verdict says no more than that this machine was offline. */
export function isOffline(verdict: Verdict): boolean {
	return verdict.kind === 'unverified' && OFFLINE.has(verdict.reason);
}

/** A verdict on a picture. Where it has moved is of no interest to who sees it. */
function asPicture(verdict: Verdict): Verdict {
	if (verdict.kind !== 'moved') return verdict;
	const { to: _, ...rest } = verdict;
	return { ...rest, kind: 'ok' };
}

/** What a verdict on a picture says of a link to it. */
function asPage(verdict: Verdict): Verdict {
	const { kind, chain, time } = verdict;
	const isThere =
		(kind === 'broken' && verdict.reason === 'not-an-image') ||
		(kind === 'unverified' && (verdict.reason === 'placeholder' || verdict.reason === 'unknown-format'));
	return isThere ? { kind: 'ok', chain, time } : verdict;
}
