import type { Clock, HttpClient, Wait } from '../../platform.ts';
import type { CheckProgress } from '../../protocol/links.ts';
import { createHosts } from './hosts.ts';
import { probe } from './probe.ts';
import type { LinkTarget } from './verdict.ts';
import type { Verdicts } from './verdicts.ts';

/** How many URLs are being checked or wait for their host at once. */
const MOST_PENDING = 1024;

/** The cache is saved after so many verdicts, so that an interruption loses no more. */
const SAVE_AFTER = 500;

/** What a checker needs. */
export interface LinkCheckerOptions {
	readonly client: HttpClient;
	readonly verdicts: Verdicts;
	readonly wait: Wait;
	readonly now: Clock;
	readonly userAgent: string;
	/** Time for one request, in milliseconds. */
	readonly timeout: number;
	/** Requests at once. */
	readonly concurrency: number;
}

/** How URLs are checked. */
export interface CheckRun {
	/** Whether URLs with a valid verdict are checked again. */
	readonly again: boolean;
	readonly signal: AbortSignal;
	/** Called once the total is known, then after each URL. */
	readonly onProgress?: (progress: CheckProgress) => void;
}

/** Checks URLs over the network. */
export interface LinkChecker {
	/**
	 * Checks URLs without a valid verdict. Several runs share the check of a URL. When a run is cancelled it returns early, and checks that
	 * no other run needs are cancelled.
	 *
	 * @returns the reason if the cache could not be written; otherwise `undefined`
	 */
	check(addresses: Iterable<LinkTarget>, run: CheckRun): Promise<string | undefined>;
}

/** A URL that is being checked. */
interface Pending {
	readonly done: Promise<void>;
	readonly controller: AbortController;
	/** The runs that wait for it. */
	readonly runs: Set<CheckRun>;
}

/** Creates a checker that uses one HTTP client. */
export function createLinkChecker({ verdicts, ...options }: LinkCheckerOptions): LinkChecker {
	const hosts = createHosts(options);
	const pending = new Map<string, Pending>();
	const start = (address: LinkTarget, key: string): Pending => {
		const controller = new AbortController();
		const done = probe(address, { ...options, hosts }, controller.signal).then(verdict => {
			if (pending.get(key) === started) pending.delete(key);
			if (verdict) verdicts.add(address, verdict);
		});
		const started: Pending = { done, controller, runs: new Set() };
		pending.set(key, started);
		return started;
	};
	const findOut = (address: LinkTarget, run: CheckRun): Promise<void> => {
		const key = `${address.use} ${address.url}`;
		const { done, runs } = pending.get(key) ?? start(address, key);
		runs.add(run);
		return done;
	};
	return {
		async check(addresses, run) {
			const { again, signal, onProgress = () => {} } = run;
			const wanted = unique(addresses);
			await verdicts.load(wanted, true);
			const asked = inTurns(again ? wanted : wanted.filter(({ url, use }) => verdicts.isOpen(url, use)));
			let [done, broken] = [0, 0];
			const report = (): void => onProgress({ done, total: asked.length, broken });
			let refused: string | undefined;
			const next = asked.values();
			const work = async (): Promise<void> => {
				for (const address of next) {
					if (signal.aborted) return;
					await findOut(address, run);
					if (signal.aborted) return;
					if (verdicts.of(address.url, address.use)?.kind === 'broken') broken++;
					done++;
					report();
					if (done % SAVE_AFTER === 0) refused = (await verdicts.save()) ?? refused;
				}
			};
			const workers = Array.from({ length: Math.min(MOST_PENDING, asked.length) }, work);
			report();
			// A cancelled run does not wait for URLs that another run still needs.
			const cancelled = new Promise<void>(resolve => {
				const cancel = (): void => {
					leave(run);
					resolve();
				};
				if (signal.aborted) cancel();
				else signal.addEventListener('abort', cancel, { once: true });
			});
			await Promise.race([Promise.all(workers), cancelled]);
			return (await verdicts.save()) ?? refused;
		},
	};
	/** Cancels the checks that no other run needs. */
	function leave(run: CheckRun): void {
		for (const [key, { runs, controller }] of pending) {
			if (!runs.delete(run) || runs.size > 0) continue;
			pending.delete(key);
			controller.abort();
		}
	}
}

/** Deduplicates URLs. One that is also used as an image is checked as an image, which tells more. */
function unique(addresses: Iterable<LinkTarget>): readonly LinkTarget[] {
	const found = new Map<string, LinkTarget>();
	for (const address of addresses) {
		const known = found.get(address.url);
		if (!known || (known.use === 'link' && address.use === 'image')) found.set(address.url, address);
	}
	return [...found.values()];
}

/** Orders URLs so that hosts take turns, and none waits for all URLs of another. */
function inTurns(addresses: readonly LinkTarget[]): readonly LinkTarget[] {
	const turns: LinkTarget[][] = [];
	const counts = new Map<string, number>();
	for (const address of addresses) {
		const { host } = new URL(address.url);
		const turn = counts.get(host) ?? 0;
		counts.set(host, turn + 1);
		const mates = turns[turn];
		if (mates) mates.push(address);
		else turns[turn] = [address];
	}
	return turns.flat();
}
