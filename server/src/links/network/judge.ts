import type { HttpAnswer } from '../../platform.ts';
import { pageKey } from '../pageKey.ts';
import { pictureType, readPicture } from '../pictureFile.ts';
import type { Chain } from './follow.ts';
import { specialNameOf } from './specialNames.ts';
import type { CheckResult, LinkUse, RemotePicture, UnverifiedReason } from './verdict.ts';

/** The judgement of a URL from its chain of redirects. */
export interface ChainJudgement {
	readonly finding: CheckResult;
	/** How many retries may change the result. */
	readonly retries: number;
}

/** How many retries a failing host gets. */
const RETRIES = 3;

/** An image no larger than this on both sides, in pixels, shows nothing. */
const DOT = 2;

/** File names of placeholders for missing images. */
const STAND_IN =
	/(?:^|[/_.-])(?:blank|spacer|transparent|place-?holder|no-?(?:image|img|photo|pic|picture)|not-?found|missing|default|forbidden|hotlink\w*|1x1)(?:[/_.-]|$)/i;

const LOGIN =
	/(?:^|[/._-])(?:log-?in|sign-?in|sso|oauth2?|auth|account|passport|consent|captcha|challenge)(?:[/._-]|$)/i;

const ERROR_PAGE = /(?:^|[/._-])(?:404|(?:page-?)?not-?found|errors?)(?:[/._-]|$)/i;

const FRONT_PAGE = /^\/(?:(?:index|default|home)(?:\.\w{2,5})?\/?|[a-z]{2}(?:[-_][a-z]{2})?\/?)?$/i;

/** Judges a URL by its chain of redirects. */
export function judgeChain({ steps, end }: Chain, use: LinkUse): ChainJudgement {
	if (end.kind === 'endless') return unverified('redirects');
	if (end.kind === 'astray') return unverified('redirect');
	const { answer } = end;
	const [first, last] = [new URL(steps[0]?.url ?? ''), new URL(steps.at(-1)?.url ?? '')];
	if (answer.kind === 'failure') return judgeFailure(answer, last);
	if (isChallenge(answer)) return unverified('challenge');
	if (answer.status >= 300) return judgeStatus(answer.status);
	if (use === 'image') {
		const found = judgePicture(answer, steps.length > 1 ? last : undefined);
		// Other status codes, such as 202 and 204, do not promise the requested content.
		if (found.kind === 'broken' && answer.status !== 200 && answer.status !== 206) return unverified('status');
		return found.kind === 'ok' ? settled(movedTo(steps, found.picture) ?? found) : settled(found);
	}
	if (!isFrontPage(first) && isFrontPage(last) && isSameSite(first, last)) {
		const forGood = steps.every(step => step.answer === 301 || step.answer === 308 || step === steps.at(-1));
		return forGood ? settled({ kind: 'broken', reason: 'front-page' }) : unverified('front-page');
	}
	for (const [reason, path] of [
		['login', LOGIN],
		['error-page', ERROR_PAGE],
	] as const)
		if (!path.test(first.pathname) && path.test(last.pathname)) return unverified(reason);
	return settled(movedTo(steps) ?? { kind: 'ok' });
}

function settled(finding: CheckResult): ChainJudgement {
	return { finding, retries: 0 };
}

function unverified(reason: UnverifiedReason, retries = 0): ChainJudgement {
	return { finding: { kind: 'unverified', reason }, retries };
}

function judgeFailure({ reason }: HttpAnswer & { kind: 'failure' }, { hostname }: URL): ChainJudgement {
	switch (reason) {
		case 'host-unknown': {
			const special = specialNameOf(hostname);
			return special ? unverified(special) : { finding: { kind: 'broken', reason }, retries: 1 };
		}
		case 'refused':
		case 'reset':
		case 'unreachable':
		case 'name-servers':
			return unverified(reason, RETRIES);
		case 'cancelled':
			return unverified('timeout');
		default:
			return unverified(reason);
	}
}

function judgeStatus(status: number): ChainJudgement {
	switch (status) {
		case 404:
		case 410:
			return settled({ kind: 'broken', reason: 'gone' });
		case 401:
		case 402:
		case 403:
		case 407:
		case 451:
			return unverified('denied');
		case 429:
			return unverified('rate-limited', RETRIES);
		default:
			return status >= 500 && status < 600 ? unverified('server-error', RETRIES) : unverified('status');
	}
}

/** Whether a response is a challenge that tells people from programs, as marked by Cloudflare and AWS. */
function isChallenge(answer: HttpAnswer & { kind: 'response' }): boolean {
	return answer.header('cf-mitigated') === 'challenge' || answer.header('x-amzn-waf-action') !== undefined;
}

/**
 * Returns where a page moved to: the target of its leading permanent redirects, if that is another page. Another scheme, `www`, a
 * trailing slash, or the language of a front page do not make another page.
 */
function movedTo(steps: Chain['steps'], picture?: RemotePicture): CheckResult | undefined {
	const at = steps.findIndex(({ answer }) => answer !== 301 && answer !== 308);
	const [from, to] = [steps[0], steps[at]];
	if (at <= 0 || !from || !to) return undefined;
	const [one, other] = [new URL(from.url), new URL(to.url)];
	if (samePage(one, other) || (isFrontPage(one) && isFrontPage(other) && isSameSite(one, other))) return undefined;
	return { kind: 'moved', to: to.url, ...(picture ? { picture } : {}) };
}

function samePage(one: URL, other: URL): boolean {
	return pageKey(one) === pageKey(other);
}

function isFrontPage(url: URL): boolean {
	// `pageKey` ignores tracking parameters.
	return FRONT_PAGE.test(url.pathname) && !pageKey(url)?.includes('?');
}

/** Whether two hosts belong to one site by their names: they are equal, or one is a subdomain of the other. */
function isSameSite(one: URL, other: URL): boolean {
	const [a, b] = [one, other].map(({ hostname }) => hostname.replace(/^(?:www|m|mobile|amp)\./, '')) as [
		string,
		string,
	];
	return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

/** Judges an image by its first bytes. `redirected` is the URL that they came from, if the request was redirected. */
function judgePicture({ body, header }: HttpAnswer & { kind: 'response' }, redirected: URL | undefined): CheckResult {
	const facts = readPicture(body);
	const type = facts?.type ?? pictureType(body);
	if (type === undefined) return judgeOther(body, header('content-type') ?? '');
	const size = facts?.size;
	const isDot = size !== undefined && size.width <= DOT && size.height <= DOT;
	if (isDot || (redirected && STAND_IN.test(redirected.pathname))) return { kind: 'unverified', reason: 'placeholder' };
	return { kind: 'ok', picture: { type, size } };
}

/** Judges bytes that are not a known image: a page, a message, or an unknown image format. */
function judgeOther(body: Uint8Array, contentType: string): CheckResult {
	const head = body.subarray(0, 1024);
	const start = new TextDecoder().decode(head);
	const isText = head.every(byte => byte >= 9);
	const isPage =
		/^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body|meta|script|div|p|h1)\b|^\s*$|^\s*[{[]/i.test(start);
	const mayBePicture = /^\s*(?:image\/|application\/octet-stream|$)/i.test(contentType);
	const isUnknown = mayBePicture && !isPage && (!isText || /^\s*image\//i.test(contentType));
	return isUnknown ? { kind: 'unverified', reason: 'unknown-format' } : { kind: 'broken', reason: 'not-an-image' };
}
