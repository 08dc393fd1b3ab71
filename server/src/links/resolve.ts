import { trimAddress } from '../article/trim.ts';
import { parseUrl } from './hostName.ts';
import { proxiedImage } from './imageProxy.ts';

/**
 * The one resolver for every URL in an article (FORMAT.md, "Rules of ours"), by the WHATWG URL standard: absolute URLs stay
 * unchanged, `#id` is a place in this document, anything else is relative to the page that the article was taken from.
 */

/** What a URL resolves to. */
export type Resolution =
	/** A page, file or other resource. `origin` is the image that an image proxy fetches (`imageProxy.ts`). */
	| { readonly kind: 'url'; readonly url: URL; readonly relative: boolean; readonly origin?: URL }
	/** A place in this document: the decoded id; empty for the top. */
	| { readonly kind: 'fragment'; readonly id: string }
	/** An empty attribute value. */
	| { readonly kind: 'empty' }
	/** A relative URL in an article without a valid source. */
	| { readonly kind: 'baseless'; readonly value: string }
	/** Not a valid URL, or one with a host name that cannot exist. */
	| { readonly kind: 'invalid'; readonly value: string };

/** Resolves decoded attribute values against one base. */
export type Resolver = (value: string) => Resolution;

/**
 * Creates the resolver of an article. Results are cached, since URLs repeat.
 *
 * @param source the article's source as written; relative URLs are `baseless` if it is not a valid URL
 */
export function createResolver(source: string | undefined): Resolver {
	const base = source === undefined ? undefined : parseUrl(source);
	const known = new Map<string, Resolution>();
	return value => {
		let resolution = known.get(value);
		if (!resolution) {
			resolution = resolve(value, base);
			known.set(value, resolution);
		}
		return resolution;
	};
}

function resolve(value: string, base: URL | undefined): Resolution {
	const trimmed = trimAddress(value);
	if (trimmed === '') return { kind: 'empty' };
	if (trimmed.startsWith('#')) return { kind: 'fragment', id: decodeFragment(trimmed.slice(1)) };
	if (hasScheme(trimmed)) {
		// Behind the scheme of the base, `https:x` is as relative as `x` (URL standard, "special relative or authority state").
		const url = parseUrl(trimmed, base);
		if (!url) return { kind: 'invalid', value: trimmed };
		const relative = base?.protocol === url.protocol && /^https?:(?![\\/]{2})/i.test(trimmed);
		return withOrigin({ kind: 'url', url, relative });
	}
	// A scheme-relative URL needs only the scheme of the base.
	const effective = base ?? (trimmed.startsWith('//') ? new URL('https://invalid.invalid') : undefined);
	if (!effective) return { kind: 'baseless', value: trimmed };
	const url = parseUrl(trimmed, effective);
	return url
		? withOrigin({ kind: 'url', url, relative: !trimmed.startsWith('//') })
		: { kind: 'invalid', value: trimmed };
}

/** Whether a value starts like an http(s) URL. A cheap test that rules out most values. */
export function startsWithHttp(value: string): boolean {
	return value.startsWith('https://') || value.startsWith('http://');
}

/** Whether a URL starts with a scheme (URL standard, "scheme start state"). */
export function hasScheme(value: string): boolean {
	return /^[a-z][a-z0-9+.-]*:/i.test(value);
}

/** Returns the id in a fragment, decoded and without a text directive (`:~:`). */
function decodeFragment(fragment: string): string {
	const id = fragment.split(':~:', 1)[0] ?? '';
	try {
		return decodeURIComponent(id);
	} catch {
		// Invalid percent encoding: the id is the text as written.
		return id;
	}
}

/** Encodes an id for a URL: only characters that would end or change the URL. */
export function encodeFragment(id: string): string {
	return id.replace(/[\s%"<>`]/g, encodeURIComponent);
}

function withOrigin(resolution: Resolution & { kind: 'url' }): Resolution {
	const origin = proxiedImage(resolution.url);
	return origin ? { ...resolution, origin } : resolution;
}
