import { createLinkChecker } from '../../../server/src/links/network/checker.ts';
import type { LinkTarget, LinkUse, Verdict } from '../../../server/src/links/network/verdict.ts';
import { createVerdicts, type Verdicts } from '../../../server/src/links/network/verdicts.ts';
import { createHttpClient } from '../../../server/src/node/httpClient.ts';
import { type Names, SURE_NAME } from '../../../server/src/node/nameLookup.ts';
import { isPrivateAddress } from '../../../server/src/node/privateAddress.ts';
import type { HttpClient, HttpSettings, Wait } from '../../../server/src/platform.ts';

/** The URLs of the local hosts. */
export const LOCAL: HttpSettings = { allowPrivate: true, systemCertificates: false, proxy: undefined };

/** Names for tests: `*.site` is this machine, except for names that stand for an error; all others are unknown. */
export const TEST_NAMES: Names = {
	async addresses(host) {
		if (host.endsWith('offline.site')) throw Object.assign(new Error('no network'), { code: 'EAI_AGAIN' });
		if (host.endsWith('lost.site') || !(host.endsWith('.site') || host === SURE_NAME))
			throw Object.assign(new Error('unknown'), { code: 'ENOTFOUND' });
		return [{ address: '127.0.0.1', family: 4 }];
	},
	isPrivate: isPrivateAddress,
	isUnknown: async host => !host.endsWith('unsure.lost.site'),
};

/** A client, and a clock that only advances when it waits. */
export interface Bench {
	readonly client: HttpClient;
	readonly verdicts: Verdicts;
	/** All waits so far, in milliseconds. */
	readonly waits: readonly number[];
	/** Checks a URL. */
	verdict(url: string, use?: LinkUse, referrer?: string): Promise<Verdict>;
	check(addresses: readonly LinkTarget[], options?: { signal?: AbortSignal; again?: boolean }): Promise<void>;
}

/** Creates a checker with the real client. Waiting takes no real time. */
export function createBench({
	settings = LOCAL,
	names = TEST_NAMES,
	timeout = 5000,
	start = Date.UTC(2024, 5, 30, 12),
}: {
	settings?: HttpSettings;
	names?: Names;
	timeout?: number;
	/** The initial time, in milliseconds since the Unix epoch. */
	start?: number;
} = {}): Bench {
	let time = start;
	const now = (): number => time;
	const waits: number[] = [];
	const wait: Wait = async milliseconds => {
		waits.push(milliseconds);
		time += milliseconds;
	};
	const client = createHttpClient(settings, names);
	const verdicts = createVerdicts(undefined, now);
	const checker = createLinkChecker({
		client,
		verdicts,
		wait,
		now,
		userAgent: 'Marginalia tests',
		timeout,
		concurrency: 128,
	});
	const check: Bench['check'] = async (addresses, { signal = new AbortController().signal, again = false } = {}) => {
		await checker.check(addresses, { signal, again });
	};
	return {
		client,
		verdicts,
		waits,
		check,
		async verdict(url, use = 'link', referrer) {
			await check([{ url, use, referrer }]);
			const verdict = verdicts.of(url, use);
			if (!verdict) throw new Error(`nothing is known of ${url}`);
			return verdict;
		},
	};
}

/** A short form of a verdict: its kind, and its reason, target or image. */
export function shortly(verdict: Verdict): string {
	switch (verdict.kind) {
		case 'broken':
		case 'unverified':
			return `${verdict.kind}: ${verdict.reason}`;
		case 'moved':
			return `moved: ${new URL(verdict.to).pathname}`;
		case 'ok': {
			const { type, size } = verdict.picture ?? {};
			return type === undefined ? 'ok' : `ok: ${type} ${size?.width} × ${size?.height}`;
		}
	}
}
