import type { LinkUse, UnverifiedReason, Verdict } from './network/verdict.ts';

/** Verdicts for hosts that the Wayback Machine cannot reach either. */
const OUT_OF_REACH: ReadonlySet<string> = new Set<UnverifiedReason>([
	'reserved-name',
	'other-network',
	'private-address',
]);

/**
 * Returns the URL of the Wayback Machine's copy of a page or image nearest to a time. Nothing checks whether a copy exists.
 *
 * @param published in milliseconds since the Unix epoch; if it is unknown or out of range, the URL is that of the latest copy
 * @returns `undefined` for a URL in the Wayback Machine itself
 */
export function waybackAddress(url: URL, published: number | undefined, use: LinkUse): string | undefined {
	if (/(?:^|\.)archive\.org$/.test(url.hostname)) return undefined;
	const time = timestamp(published);
	// `im_` requests the image itself, not a page around it.
	const form = time !== '' && use === 'image' ? 'im_' : '';
	return `https://web.archive.org/web/${time === '' ? '' : `${time}${form}/`}${url.href}`;
}

/** Returns the copy of a page or image that is broken or unverified; `undefined` if there cannot be one. */
export function copyOf(verdict: Verdict, url: URL, published: number | undefined, use: LinkUse): string | undefined {
	if (verdict.kind !== 'broken' && verdict.kind !== 'unverified') return undefined;
	return OUT_OF_REACH.has(verdict.reason) ? undefined : waybackAddress(url, published, use);
}

/** Formats a time as `yyyymmddhhmmss` in UTC; empty outside the years 1000 to 9999. */
function timestamp(milliseconds: number | undefined): string {
	const date = new Date(milliseconds ?? Number.NaN);
	const year = date.getUTCFullYear();
	return year >= 1000 && year <= 9999 ? date.toISOString().replace(/\D/g, '').slice(0, 14) : '';
}
