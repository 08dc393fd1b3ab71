import type { Clock, HttpAnswer, HttpClient, HttpFailure, HttpRequest, Wait } from '../../platform.ts';
import { createLimiter, type Limiter } from '../../util/limiter.ts';

/** How many requests a host gets at once. */
const PER_HOST = 4;

/** Time between two requests to a host that has said that they are too many, if it does not say how long, in milliseconds. */
const SPACING = 1000;

/** Longer than this nobody waits for a host, in milliseconds. */
const PATIENCE = 60_000;

/** A host that has not answered in time so often, one time after the other, is not asked again for some time. */
const MOST_TIMEOUTS = 3;
const PAUSE = 60_000;

/** A host that has answered nothing of use so often, one time after the other, is not asked anything twice; nor is any without a network. */
const MOST_TROUBLES = 12;

/** Failures that say that there is no network. */
export const OFFLINE: ReadonlySet<string> = new Set<HttpFailure>(['unreachable', 'name-servers']);

/** What the network needs of the machine. */
export interface HostsOptions {
	readonly client: HttpClient;
	readonly wait: Wait;
	readonly now: Clock;
	/** Requests at once, to all hosts together. */
	readonly concurrency: number;
}

/** All hosts that are asked, none of them more than it can be expected to bear. */
export interface Hosts {
	/**
	 * As `HttpClient.exchange`, once the host has time for it.
	 *
	 * @param begun whether something of the same address was requested before: that is brought to its end first
	 */
	exchange(request: HttpRequest, begun: boolean, signal: AbortSignal): Promise<HttpAnswer>;
	/** Whether a host, with its port, has been of so little use that it is not worth while to ask it again. */
	isHopeless(host: string): boolean;
}

interface Host {
	readonly slots: Limiter;
	/** Whether it has said that requests are too many: it gets one at a time from then on. */
	isLimited: boolean;
	/** Not to be asked before. */
	notBefore: number;
	/** How often it has not answered in time since it last answered. */
	timeouts: number;
	/** How often it has failed, or said that it failed, since it was last of use. */
	troubles: number;
	/** What is answered in its stead until `notBefore`. */
	closed: HttpAnswer | undefined;
}

/** Keeps what is known of each host. */
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
	/** How often no network was found, one time after the other. */
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
				// While it is waited for, others may hear that they have to wait longer.
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
 * How long a host wants not to be asked, in milliseconds (RFC 9110, "Retry-After": seconds, or a date).
 *
 * @returns `undefined` where it does not say, or in no way that can be understood
 */
export function retryAfter(value: string | undefined, now: number): number | undefined {
	if (value === undefined) return undefined;
	if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
	// Without letters V8 takes nearly anything for a date.
	const date = /[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
