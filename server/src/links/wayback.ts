import type { LinkUse, UnverifiedReason, Verdict } from './network/verdict.ts';

/** What is found of hosts that the Wayback Machine cannot reach either. */
const OUT_OF_REACH: ReadonlySet<string> = new Set<UnverifiedReason>([
	'reserved-name',
	'other-network',
	'private-address',
]);

/**
 * The address of the copy of a page or picture that the Wayback Machine made nearest to a time; made up, nobody is asked
 * whether there is one.
 *
 * @param published in milliseconds since the Unix epoch; the latest copy where it is unknown or no time of this age
 * @returns `undefined` for an address in the Wayback Machine itself
 */
export function waybackAddress(url: URL, published: number | undefined, use: LinkUse): string | undefined {
	if (/(?:^|\.)archive\.org$/.test(url.hostname)) return undefined;
	const time = timestamp(published);
	// With `im_` the picture itself is given, not a page around it.
	const form = time !== '' && use === 'image' ? 'im_' : '';
	return `https://web.archive.org/web/${time === '' ? '' : `${time}${form}/`}${url.href}`;
}

/** The copy of a page or picture that was found to be broken or could not be verified; `undefined` where there can be none. */
export function copyOf(verdict: Verdict, url: URL, published: number | undefined, use: LinkUse): string | undefined {
	if (verdict.kind !== 'broken' && verdict.kind !== 'unverified') return undefined;
	return OUT_OF_REACH.has(verdict.reason) ? undefined : waybackAddress(url, published, use);
}

/** UTC, as `yyyymmddhhmmss`; empty for what is no time between the years 1000 and 9999. */
function timestamp(milliseconds: number | undefined): string {
	const date = new Date(milliseconds ?? Number.NaN);
	const year = date.getUTCFullYear();
	return year >= 1000 && year <= 9999 ? date.toISOString().replace(/\D/g, '').slice(0, 14) : '';
}
