import type { Clock, HttpAnswer, HttpClient, HttpFailure, HttpRequest, Wait } from '../../platform.ts';
import { createLimiter, type Limiter } from '../../util/limiter.ts';

/** How many concurrent requests a host gets. */
const PER_HOST = 4;

/** Time between two requests to a rate-limited host, unless it names one, in milliseconds. */
const SPACING = 1000;

/** How long to wait for a host at most, in milliseconds. */
const PATIENCE = 60_000;

/** A host with so many consecutive timeouts gets no request for `PAUSE` milliseconds. */
const MOST_TIMEOUTS = 3;
const PAUSE = 60_000;

/** After so many consecutive failures of a host requests to it are not retried, nor to any host if the network was missing so often. */
const MOST_TROUBLES = 12;

/** Failures that mean that there is no network. */
export const OFFLINE: ReadonlySet<string> = new Set<HttpFailure>(['unreachable', 'name-servers']);

/** What hosts need. */
export interface HostsOptions {
	readonly client: HttpClient;
	readonly wait: Wait;
	readonly now: Clock;
	/** How many concurrent requests all hosts get together. */
	readonly concurrency: number;
}

/** Limits the requests to each host. */
export interface Hosts {
	/**
	 * Calls `HttpClient.exchange` once the limits of the host allow it.
	 *
	 * @param begun whether this continues the check of a URL, which takes precedence over new ones
	 */
	exchange(request: HttpRequest, begun: boolean, signal: AbortSignal): Promise<HttpAnswer>;
	/** Whether a host, with its port, has failed so often that a retry is pointless. */
	isHopeless(host: string): boolean;
}

interface Host {
	readonly slots: Limiter;
	/** Whether it has rate-limited requests; it then gets one at a time. */
	isLimited: boolean;
	/** The time before which it gets no request. */
	notBefore: number;
	/** Consecutive timeouts. */
	timeouts: number;
	/** Consecutive failures, including server errors. */
	troubles: number;
	/** The answer that all requests get until `notBefore`. */
	closed: HttpAnswer | undefined;
}

/** Creates the limits of all hosts. */
export function createHosts({ client, wait, now, concurrency }: HostsOptions): Hosts {
	const hosts = new Map<string, Host>();
	const slots = createLimiter(concurrency);
	const hostOf = (name: string): Host => {
		let host = hosts.get(name);
		if (!host) {
			const slots = createLimiter(PER_HOST);
			host = { slots, isLimited: false, notBefore: 0, timeouts: 0, troubles: 0, closed: undefined };
			hosts.set(name, host);
		}
		return host;
	};
	/** Consecutive failures because there was no network. */
	let lost = 0;
	const learn = (host: Host, answer: HttpAnswer): void => {
		lost = answer.kind === 'failure' && OFFLINE.has(answer.reason) ? lost + 1 : 0;
		host.troubles = answer.kind === 'failure' || answer.status >= 500 ? host.troubles + 1 : 0;
		if (answer.kind === 'failure') {
			if (answer.reason !== 'timeout' || ++host.timeouts < MOST_TIMEOUTS) return;
			host.closed = answer;
			host.notBefore = now() + PAUSE;
			return;
		}
		host.timeouts = 0;
		const pause = retryAfter(answer.header('retry-after'), now());
		const isLimited = answer.status === 429;
		if (isLimited && !host.isLimited) {
			host.isLimited = true;
			host.slots.resize(1);
		}
		if (!isLimited && (answer.status !== 503 || pause === undefined)) return;
		host.notBefore = now() + (pause ?? SPACING);
		host.closed = (pause ?? 0) > PATIENCE ? answer : undefined;
	};
	return {
		async exchange(request, begun, signal) {
			const host = hostOf(request.url.host);
			const ask = async (): Promise<HttpAnswer> => {
				if (signal.aborted) return CANCELLED;
				const answer = await client.exchange(request, signal);
				learn(host, answer);
				if (host.isLimited) host.notBefore = Math.max(host.notBefore, now() + SPACING);
				return answer;
			};
			return host.slots.run(async () => {
				// Other requests may extend the wait meanwhile.
				while (now() < host.notBefore && !signal.aborted) {
					if (host.closed) return host.closed;
					await wait(host.notBefore - now(), signal);
				}
				return slots.run(ask, begun);
			}, begun);
		},
		isHopeless(name) {
			const host = hosts.get(name);
			if (!host) return false;
			return (
				lost >= MOST_TROUBLES || host.troubles >= MOST_TROUBLES || (host.closed !== undefined && now() < host.notBefore)
			);
		},
	};
}

const CANCELLED: HttpAnswer = { kind: 'failure', reason: 'cancelled', detail: '' };

/**
 * Parses a `Retry-After` header (RFC 9110: seconds, or a date) to milliseconds from now.
 *
 * @returns `undefined` if it is missing or invalid
 */
export function retryAfter(value: string | undefined, now: number): number | undefined {
	if (value === undefined) return undefined;
	if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
	// V8 parses nearly anything without letters as a date.
	const date = /[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
