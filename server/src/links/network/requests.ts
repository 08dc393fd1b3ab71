import type { Article } from '../../article/article.ts';
import type { Span } from '../../article/span.ts';
import type { LocalFiles } from '../localFiles.ts';
import type { Resolution, Resolver } from '../resolve.ts';
import type { LinkTarget, LinkUse, Verdict } from './verdict.ts';

/** Tells what an address was found to be, as `requestedAddress` gives it; `undefined` where nobody knows. */
export type VerdictLookup = (url: string, use: LinkUse) => Verdict | undefined;

/** An address of an article that is asked for over the network. */
export interface Requested extends LinkTarget {
	/** As it is written, decoded, and the place of that. */
	readonly value: string;
	readonly span: Span;
}

/** What decides where the addresses of an article lead. */
export interface Leading {
	readonly article: Article;
	readonly resolve: Resolver;
	readonly localFile: LocalFiles;
}

/** The address that a browser would request for a link or image; `undefined` where that is none, or names a file of the archive. */
export function requestFor(value: string, { resolve, localFile }: Omit<Leading, 'article'>): string | undefined {
	const resolution = resolve(value);
	if (resolution.kind !== 'url' || localFile(value)?.meant) return undefined;
	return requestedAddress(resolution.url);
}

/** All that browsers would request for the links and images of an article; an address as often as it stands there. */
export function* requestsOf(leading: Leading): Generator<Requested> {
	const { article, resolve } = leading;
	const referrer = refererOf(resolve(article.source?.value ?? ''));
	for (const { href } of article.links) {
		const url = href && requestFor(href.value, leading);
		if (href && url !== undefined) yield { ...href, url, use: 'link' };
	}
	for (const { source } of article.images) {
		const url = source && requestFor(source.value, leading);
		if (source && url !== undefined) yield { value: source.value, span: source.span, url, use: 'image', referrer };
	}
}

/** The address that is requested for a URL, without fragment; `undefined` for one that is not on the web. */
export function requestedAddress({ protocol, href, hash }: URL): string | undefined {
	if (protocol !== 'http:' && protocol !== 'https:') return undefined;
	// An empty fragment has no `hash`, but its sign stands.
	const end = hash === '' && href.endsWith('#') ? href.length - 1 : href.length - hash.length;
	return href.slice(0, end);
}

/** What a browser says of the page that shows a picture: no name, no password, no fragment. */
function refererOf(source: Resolution): string | undefined {
	if (source.kind !== 'url') return undefined;
	const url = new URL(source.url);
	url.username = '';
	url.password = '';
	return requestedAddress(url);
}
