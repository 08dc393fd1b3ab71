import { trimEndOf } from '../article/trim.ts';

/** Parameters that tell a site where a reader came from, and change nothing of the page. */
const TRACKING =
	/^(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|mkt_tok|smid|cmpid|spm)$/i;

/**
 * What stands for a page, whichever way its address is written: without scheme, `www.`, trailing slashes, fragment and
 * tracking parameters. Starts with `//`, so that it is never the address of a file.
 *
 * @returns `undefined` for an address that is not on the web
 */
export function pageKey(url: URL): string | undefined {
	if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
	const host = url.host.replace(/^www\./, '').replace(/\.(?=:|$)/, '');
	const path = trimEndOf(upperEscapes(url.pathname), /\//);
	// Only parameters as they are written are compared; `URLSearchParams` would encode them anew.
	const kept = url.search
		.slice(1)
		.split('&')
		.filter(parameter => parameter !== '' && !TRACKING.test(parameter.split('=', 1)[0] ?? ''));
	return `//${host}${path}${kept.length > 0 ? `?${upperEscapes(kept.join('&'))}` : ''}`;
}

function upperEscapes(value: string): string {
	return value.includes('%') ? value.replace(/%[\da-f]{2}/gi, byte => byte.toUpperCase()) : value;
}
