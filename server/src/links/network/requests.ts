import type { Article } from '../../article/article.ts';
import { outsideFurniture } from '../../article/regions/page.ts';
import type { Span } from '../../article/span.ts';
import type { LocalFiles } from '../localFiles.ts';
import type { Resolution, Resolver } from '../resolve.ts';
import type { LinkTarget, LinkUse, Verdict } from './verdict.ts';

/** Returns the verdict of a URL in the form of `requestedAddress`; `undefined` if there is none. */
export type VerdictLookup = (url: string, use: LinkUse) => Verdict | undefined;

/** A URL of an article that is requested over the network. */
export interface Requested extends LinkTarget {
	/** The attribute value, decoded, and its place. */
	readonly value: string;
	readonly span: Span;
}

/** What decides which URLs an article requests. */
export interface Leading {
	readonly article: Article;
	readonly resolve: Resolver;
	readonly localFile: LocalFiles;
}

/** Returns the URL that a browser would request for a link or image; `undefined` if there is none, or it means a file of the archive. */
export function requestFor(value: string, { resolve, localFile }: Omit<Leading, 'article'>): string | undefined {
	const resolution = resolve(value);
	if (resolution.kind !== 'url' || localFile(value)?.meant) return undefined;
	return requestedAddress(resolution.url);
}

/**
 * Yields what browsers would request for the links and images of an article. URLs are not deduplicated.
 *
 * @param withFurniture whether the links and images of the page around it are included
 */
export function* requestsOf(leading: Leading, withFurniture = true): Generator<Requested> {
	const { article, resolve } = leading;
	const [links, images] = withFurniture
		? [article.links, article.images]
		: [outsideFurniture(article, article.links), outsideFurniture(article, article.images)];
	const referrer = refererOf(resolve(article.source?.value ?? ''));
	for (const { href } of links) {
		const url = href && requestFor(href.value, leading);
		if (href && url !== undefined) yield { ...href, url, use: 'link' };
	}
	for (const { source } of images) {
		const url = source && requestFor(source.value, leading);
		if (source && url !== undefined) yield { value: source.value, span: source.span, url, use: 'image', referrer };
	}
}

/** Returns a URL as it is requested, without its fragment; `undefined` if it is not on the web. */
export function requestedAddress({ protocol, href, hash }: URL): string | undefined {
	if (protocol !== 'http:' && protocol !== 'https:') return undefined;
	// `hash` is empty for an empty fragment, but `href` then ends in `#`.
	const end = hash === '' && href.endsWith('#') ? href.length - 1 : href.length - hash.length;
	return href.slice(0, end);
}

/** Returns the `Referer` that a browser sends for a page: without user name, password and fragment. */
function refererOf(source: Resolution): string | undefined {
	if (source.kind !== 'url') return undefined;
	const url = new URL(source.url);
	url.username = '';
	url.password = '';
	return requestedAddress(url);
}
