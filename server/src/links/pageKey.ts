import { trimEndOf } from '../article/trim.ts';
import { isTracking } from './trackingParameters.ts';

/**
 * Returns the key that identifies a page, however its URL is written: the URL without scheme, `www.`, trailing slashes, fragment and
 * tracking parameters. It starts with `//`, so that it never equals the URI of a file.
 *
 * @returns `undefined` for a URL that is not on the web
 */
export function pageKey(url: URL): string | undefined {
	if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
	const host = url.host.replace(/^www\./, '').replace(/\.(?=:|$)/, '');
	const path = trimEndOf(upperEscapes(url.pathname), /\//);
	// Not `URLSearchParams`, which would encode the parameters again.
	const kept = url.search
		.slice(1)
		.split('&')
		.filter(parameter => parameter !== '' && !isTracking(parameter));
	return `//${host}${path}${kept.length > 0 ? `?${upperEscapes(kept.join('&'))}` : ''}`;
}

function upperEscapes(value: string): string {
	return value.includes('%') ? value.replace(/%[\da-f]{2}/gi, byte => byte.toUpperCase()) : value;
}
