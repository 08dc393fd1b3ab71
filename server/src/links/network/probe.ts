import type { Clock, HttpAnswer, HttpRequest, Wait } from '../../platform.ts';
import { type Ask, type Chain, follow } from './follow.ts';
import type { Hosts } from './hosts.ts';
import { type ChainJudgement, judgeChain } from './judge.ts';
import type { BrokenReason, LinkTarget, UnverifiedReason, Verdict } from './verdict.ts';

/** Time before the first retry, in milliseconds; it doubles with each further one. */
const BACK_OFF = 1000;

/** Enough bytes to find the size of nearly every image. */
const PICTURE_HEAD = 65_536;

const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': '*' };
const PICTURE = { accept: 'image/avif,image/webp,image/*,*/*;q=0.8', range: `bytes=0-${PICTURE_HEAD - 1}` };

/** What a probe needs. */
export interface ProbeOptions {
	readonly hosts: Hosts;
	readonly wait: Wait;
	readonly now: Clock;
	/** Time for one request, in milliseconds. */
	readonly timeout: number;
	readonly userAgent: string;
}

/** One way to make the request, and its result. */
interface Attempt {
	readonly ask: Ask;
	readonly chain: Chain;
	readonly judgement: ChainJudgement;
}

/**
 * Checks a URL. A page is requested with HEAD, then with GET unless HEAD succeeds. An image is requested with GET without a referrer, then
 * with one unless that succeeds. Temporary failures are retried.
 *
 * @returns `undefined` once the signal is aborted
 */
export async function probe(
	{ url, use, referrer }: LinkTarget,
	{ hosts, wait, now, timeout, userAgent }: ProbeOptions,
	signal: AbortSignal,
): Promise<Verdict | undefined> {
	let begun = false;
	const exchange = (request: Omit<HttpRequest, 'timeout'>): Promise<HttpAnswer> => {
		const headers = { 'user-agent': userAgent, ...request.headers };
		const answer = hosts.exchange({ ...request, headers, timeout }, begun, signal);
		begun = true;
		return answer;
	};
	const attempt = async (ask: Ask): Promise<Attempt> => {
		const chain = await follow(url, ask, async request => {
			const answer = await exchange(request);
			const { range, ...headers } = request.headers;
			// Some hosts reject a range, in particular for small files.
			const isRefused = answer.kind === 'response' && (answer.status === 416 || answer.status === 400);
			return isRefused && range !== undefined && !signal.aborted ? exchange({ ...request, headers }) : answer;
		});
		return { ask, chain, judgement: judgeChain(chain, use) };
	};
	let attempts: Attempt[] = [];
	const verdict = (): Verdict | undefined => {
		const deciding = gentlest(attempts);
		if (signal.aborted || !deciding) return undefined;
		return { ...deciding.judgement.finding, chain: deciding.chain.steps, time: now() };
	};
	for (const ask of waysToAsk(use, referrer)) {
		const made = await attempt(ask);
		// GET overrides the result of HEAD.
		attempts = use === 'link' ? [made] : [...attempts, made];
		if (signal.aborted || isGood(made) || isPointless(made)) break;
	}
	for (let retry = 0; !signal.aborted && !attempts.some(isGood); retry++) {
		const again = attempts.find(({ judgement }) => judgement.retries > retry);
		if (!again || hosts.isHopeless(new URL(again.chain.steps.at(-1)?.url ?? url).host)) break;
		await wait(BACK_OFF * 2 ** retry, signal);
		if (signal.aborted) break;
		const made = await attempt(again.ask);
		attempts = attempts.map(one => (one === again ? made : one));
	}
	return verdict();
}

function waysToAsk(use: LinkTarget['use'], referrer: string | undefined): readonly Ask[] {
	if (use === 'link') {
		const ask = { headers: PAGE, bodyLimit: 0 };
		return [
			{ ...ask, method: 'HEAD' },
			{ ...ask, method: 'GET' },
		];
	}
	const ask = { method: 'GET', headers: PICTURE, bodyLimit: PICTURE_HEAD } as const;
	return referrer === undefined ? [ask] : [ask, { ...ask, headers: { ...PICTURE, referer: referrer } }];
}

function isGood({ judgement }: Attempt): boolean {
	return judgement.finding.kind === 'ok' || judgement.finding.kind === 'moved';
}

/** Reasons for which the host was not reached. */
const NOT_REACHED: ReadonlySet<string> = new Set<BrokenReason | UnverifiedReason>([
	...(['host-unknown', 'name-servers', 'reserved-name', 'other-network'] as const),
	...(['private-address', 'refused', 'unreachable', 'tls'] as const),
]);

/** Whether another way to make the request cannot change the result. */
function isPointless({ judgement: { finding } }: Attempt): boolean {
	return 'reason' in finding && NOT_REACHED.has(finding.reason);
}

/** The attempt with the best result: a URL works if any way to request it does. */
function gentlest(attempts: readonly Attempt[]): Attempt | undefined {
	const isUnverified = ({ judgement }: Attempt): boolean => judgement.finding.kind === 'unverified';
	return attempts.find(isGood) ?? attempts.find(isUnverified) ?? attempts[0];
}
