import type { HttpAnswer, HttpRequest } from '../../platform.ts';
import { parseUrl } from '../hostName.ts';
import type { Step } from './verdict.ts';

/** How many redirects are followed at most. */
const MOST_REDIRECTS = 10;

/** Where a chain of redirects ended. */
export type End =
	/** A response that is not a redirect, or a failure, from the last URL of the chain. */
	| { readonly kind: 'answer'; readonly answer: HttpAnswer }
	/** Too many redirects, or a loop. */
	| { readonly kind: 'endless' }
	/** A redirect without a URL, or to one that is invalid or not on the web. */
	| { readonly kind: 'astray' };

/** A chain of redirects from a URL to its end. */
export interface Chain {
	readonly steps: readonly Step[];
	readonly end: End;
}

/** How each URL of a chain is requested. */
export type Ask = Pick<HttpRequest, 'method' | 'headers' | 'bodyLimit'>;

/** Requests a URL and follows its redirects. */
export async function follow(
	address: string,
	ask: Ask,
	exchange: (request: Ask & Pick<HttpRequest, 'url'>) => Promise<HttpAnswer>,
): Promise<Chain> {
	const steps: Step[] = [];
	const seen = new Set<string>();
	for (let url = new URL(address); ; ) {
		url.hash = '';
		if (seen.has(url.href) || seen.size > MOST_REDIRECTS) return { steps, end: { kind: 'endless' } };
		seen.add(url.href);
		const answer = await exchange({ ...ask, url });
		const redirect = answer.kind === 'response' && isRedirect(answer.status);
		steps.push({ url: url.href, answer: answer.kind === 'response' ? answer.status : answer.reason });
		if (!redirect) return { steps, end: { kind: 'answer', answer } };
		const next = locationOf(answer.header('location'), url);
		if (!next) return { steps, end: { kind: 'astray' } };
		url = next;
	}
}

/** Whether a status code is a redirect (Fetch standard, "redirect status"). */
function isRedirect(status: number): boolean {
	return [301, 302, 303, 307, 308].includes(status);
}

/** Resolves a `Location` header. Its bytes are decoded as UTF-8, as in browsers. */
function locationOf(value: string | undefined, base: URL): URL | undefined {
	if (value === undefined) return undefined;
	const decoded = /[\x80-\xff]/.test(value) ? decodeBytes(value) : value;
	const url = parseUrl(decoded, base);
	return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

function decodeBytes(latin: string): string {
	return new TextDecoder().decode(Uint8Array.from(latin, byte => byte.charCodeAt(0)));
}
