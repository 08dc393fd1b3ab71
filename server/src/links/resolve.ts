import { trimAddress } from '../article/trim.ts';
/**
 * The one resolver for every address in an article (FORMAT.md, "Rules of ours"), by the WHATWG URL standard: absolute
 * addresses are themselves, `#id` is this document, anything else is relative to the page that the article was taken from.
 */

/** Where an address leads. */
export type Resolution =
	/** A page, file or other resource. `origin` is what an image proxy in between fetches. */
	| { readonly kind: 'url'; readonly url: URL; readonly relative: boolean; readonly origin?: URL }
	/** A place in this document: the decoded id; empty for its top. */
	| { readonly kind: 'fragment'; readonly id: string }
	/** Nothing is written. */
	| { readonly kind: 'empty' }
	/** Relative, in an article that has no valid source to be relative to. */
	| { readonly kind: 'baseless'; readonly value: string }
	/** Not a valid address. */
	| { readonly kind: 'invalid'; readonly value: string };

/** Resolves decoded attribute values against one base. */
export type Resolver = (value: string) => Resolution;

/**
 * Makes the resolver of an article. Answers are kept, since an article repeats its addresses.
 *
 * @param source the article's source as written; relative addresses are `baseless` where it is no valid address
 */
export function createResolver(source: string | undefined): Resolver {
	const base = source === undefined ? undefined : parse(source);
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
		const url = parse(trimmed, base);
		if (!url) return { kind: 'invalid', value: trimmed };
		const relative = base?.protocol === url.protocol && /^https?:(?![\\/]{2})/i.test(trimmed);
		return withOrigin({ kind: 'url', url, relative });
	}
	// A scheme-relative address needs no more of the base than its scheme.
	const effective = base ?? (trimmed.startsWith('//') ? new URL('https://invalid.invalid') : undefined);
	if (!effective) return { kind: 'baseless', value: trimmed };
	const url = parse(trimmed, effective);
	return url
		? withOrigin({ kind: 'url', url, relative: !trimmed.startsWith('//') })
		: { kind: 'invalid', value: trimmed };
}

/** Whether an address starts with a scheme (URL standard, "scheme start state"). */
export function hasScheme(value: string): boolean {
	return /^[a-z][a-z0-9+.-]*:/i.test(value);
}

/** The part of a fragment that names an id: decoded, and without a text directive (`:~:`). */
function decodeFragment(fragment: string): string {
	const id = fragment.split(':~:', 1)[0] ?? '';
	try {
		return decodeURIComponent(id);
	} catch {
		// Not valid percent encoding: the id is what is written.
		return id;
	}
}

/** An id as it is written in an address: only what would end or change the address is encoded. */
export function encodeFragment(id: string): string {
	return id.replace(/[\s%"<>`]/g, encodeURIComponent);
}

function parse(value: string, base?: URL): URL | undefined {
	try {
		return new URL(value, base);
	} catch {
		return undefined;
	}
}

/** Looks through image proxies that name the true address in their query. */
function withOrigin(resolution: Resolution & { kind: 'url' }): Resolution {
	const { url } = resolution;
	if (url.hostname !== 'images.weserv.nl' && url.hostname !== 'wsrv.nl') return resolution;
	const target = url.searchParams.get('url');
	if (!target) return resolution;
	const origin = parse(hasScheme(target) ? target : `https://${target.replace(/^(?:ssl:)?\/{0,2}/, '')}`);
	return origin ? { ...resolution, origin } : resolution;
}
