import { trimAddress } from '../article/trim.ts';
import { hostNameFault, parseUrl } from '../links/hostName.ts';
import { hasScheme } from '../links/resolve.ts';
import { isOneSlipAway } from './typo.ts';
import { show } from './write.ts';

/** Damage found in a URL, even in one that the URL parser accepts. */
export interface Damage {
	/** The URL that was obviously meant; `undefined` if that is unclear. */
	readonly meant: string | undefined;
}

/** Matches http(s) URLs with a plain host name, which need no further check. */
const SOUND = /^https?:\/\/(?=[^/?#]{1,253}(?:[/?#]|$))(?:[a-z0-9_-]{1,63}\.)+[a-z]{2,24}(?:[/?#][^<>]*)?$/i;

/** White space and invisible characters. */
const UNSEEN = /[\s\p{Cc}\u00ad\u200b-\u200f\u2060\ufeff]/u;

/** Whether a value is an http(s) URL with a plain host name, so that it need not be parsed. */
export function isSound(value: string): boolean {
	if (!SOUND.test(value)) return false;
	const last = value.charCodeAt(value.length - 1);
	return last > 0x20 && (last < 0x7f || !UNSEEN.test(value.slice(-1)));
}

/** Characters left around a URL that was copied from a sentence, a Markdown link or another file. */
const BEFORE = /^(?:[\s\p{Cc}\u00ad\u200b-\u200f\u2060\ufeff]|%20|["'“‘「『《<(（[【：:])+/u;
const AFTER = /[\s\p{Cc}\u00ad\u200b-\u200f\u2060\ufeff"'”’」』》>)）】\]，。、；]/u;

/** The longest value that is examined, and the longest URL that is proposed, in UTF-16 code units. */
const MAX_ADDRESS_CHARS = 4096;
const MAX_PROPOSAL_CHARS = 2048;

/** A word, followed by a possibly damaged `://`. */
const SCHEME = /^([a-z]{2,7})(\s*[:：;；.．]{1,2}\s*(?:[/\\／]{1,4}\s*)?|\s*[/\\／]{1,4}\s*)(?=\S)/i;
const HOST =
	/^(?:[\p{L}\p{N}_-]+[.．。])+(?!(?:html?|php|aspx?|jsp|jpe?g|png|gif|webp|svg|pdf)(?![\p{L}\p{N}-]))\p{L}[\p{L}\p{N}-]*(?::\d{1,5})?(?=[/?#\\]|$)/iu;
const EMAIL = /^[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,24}$/i;

/**
 * Finds typos and other damage in a URL (FORMAT.md, "Links"): `ttps://a.org`, `http//a.org`, `https:/a.org`, `https：//a.org`,
 * `http://https://a.org`, `www.a.org`, `https%3A%2F%2Fa.org`, `“https://a.org”`, `a@b.org`, `undefined`.
 *
 * @returns `undefined` if there is no obvious damage. The URL may still be invalid for the URL parser.
 */
export function findDamage(value: string): Damage | undefined {
	// A value that starts like this is a path, a query or a fragment.
	if (/^[/.#?]/.test(value) || isSound(value)) return undefined;
	if (/^\s*(?:undefined|null|NaN|\[object Object\])\s*$/.test(value)) return { meant: undefined };
	if (value.length > MAX_ADDRESS_CHARS) return undefined;
	const bare = trimAfter(beforeMarkup(value.replace(BEFORE, '')));
	const inMarkdown = /\]\(\s*(https?:\/\/[^\s)]+)$/i.exec(bare)?.[1];
	const fixed = inMarkdown === undefined ? fix(bare) : (fix(inMarkdown) ?? inMarkdown);
	if (fixed !== undefined) return { meant: isMarkupWithoutAddress(value) ? undefined : proposal(fixed) };
	// White space around a URL is allowed (URL standard). Invisible characters and quotes around it are not.
	return bare !== trimAddress(value) && /^(?:https?:\/\/|mailto:)./i.test(bare)
		? { meant: isMarkupWithoutAddress(value) ? undefined : proposal(bare) }
		: undefined;
}

/** A public host name, as the URL standard serialises it. */
const ORDINARY_HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]+)$/;

/** Characters that are in a URL only if it includes parts of markup, Markdown, BBCode or a template. */
const LEFTOVER = /[\s<>"[\]{}|\\^`]|\p{Cc}|%(?:22|3e)(?:%3e|>|%3c|<)/iu;

/** Returns a URL if it can be proposed: it must be valid, have an ordinary host, and contain no leftovers of its context. */
export function proposal(address: string): string | undefined {
	const url = address.length > MAX_PROPOSAL_CHARS || LEFTOVER.test(address) ? undefined : parseUrl(address);
	if (!url) return undefined;
	const { protocol, hostname, username } = url;
	if (protocol === 'mailto:') return address;
	return /^https?:$/.test(protocol) && username === '' && ORDINARY_HOST.test(hostname) ? address : undefined;
}

/**
 * Whether a value contains markup and is invalid for browsers, as in comment spam. Extracting the URL would turn a dead spam link
 * into a working one.
 */
function isMarkupWithoutAddress(value: string): boolean {
	return /\S[<>[\]]+[\p{L}\p{N}/]/u.test(value) && /^\s*[a-z]+:/i.test(value) && !URL.canParse(value);
}

/** Serialises a URL, and percent-encodes characters that parsers accept but that are not URL code points (URL standard). */
export function writtenAddress({ href }: URL): string {
	// Keep the brackets of an IPv6 address.
	const [host] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/.exec(href) ?? [''];
	return host + href.slice(host.length).replace(/[[\]{}|\\^`"<>]/g, encodeURIComponent);
}

/** Returns the part of a URL before accidentally included markup, as in `http://a.org">text</a>`. */
function beforeMarkup(value: string): string {
	const markup = /["'”]?>|["'”]?<\/?[a-z]/i.exec(value);
	if (!markup) return value;
	// An angle bracket in a query may be intended.
	const query = value.indexOf('?');
	return query === -1 || query > markup.index || /<\/|["'”]>/.test(value) ? value.slice(0, markup.index) : value;
}

function trimAfter(value: string): string {
	let end = value.length;
	while (end > 0 && AFTER.test(value[end - 1] ?? '')) end--;
	return value.slice(0, end);
}

/** Returns the URL that a malformed one was meant to be; `undefined` if that is unclear, or if nothing is wrong. */
function fix(address: string): string | undefined {
	if (EMAIL.test(address)) return `mailto:${address}`;
	const encoded = /^https?(?::|%3a)(?:%2f){2}/i.test(address) || /^https?%3a\/\//i.test(address);
	if (encoded) {
		const decoded = decodeWhole(address);
		return decoded === undefined ? undefined : (fix(decoded) ?? decoded);
	}
	if (/^www\.[^/]/i.test(address) && HOST.test(address)) return `https://${address}`;
	const match = SCHEME.exec(address);
	if (!match?.[1] || match[2] === undefined) return undefined;
	const rest = address.slice(match[0].length);
	const scheme = meantScheme(match[1].toLowerCase());
	if (scheme === undefined) return undefined;
	if (scheme === 'mailto') {
		const wrong = match[1].toLowerCase() !== scheme || !/^:\s*$/.test(match[2]);
		return wrong && EMAIL.test(rest) ? `mailto:${rest}` : undefined;
	}
	const second = SCHEME.exec(rest);
	if (second?.[1] && /[:：/\\]/.test(second[2] ?? '')) {
		const inner = meantScheme(second[1].toLowerCase());
		const after = rest.slice(second[0].length);
		if (inner && inner !== 'mailto' && HOST.test(after)) return `${inner}://${after}`;
	}
	if (/^[\w.+-]+@/.test(rest)) return EMAIL.test(rest) ? `mailto:${rest}` : undefined;
	const host = fixHost(rest);
	if (host === undefined) return undefined;
	const same = match[1].toLowerCase() === scheme && match[2] === '://' && host === rest;
	return same ? undefined : `${scheme}://${host}`;
}

/** Returns the part of a URL after its scheme, with the host fixed; `undefined` if no host can be recognised. */
function fixHost(rest: string): string | undefined {
	if (HOST.test(rest)) return rest;
	const end = rest.search(/[/?#]/);
	const host = end === -1 ? rest : rest.slice(0, end);
	const path = end === -1 ? '' : rest.slice(end);
	// `www. example.org`, but not `example.org and more`.
	const joined = host.replace(/(?<!\s)\s+(?=\.)|(?<=\.)\s+/g, '').replace(/[\u00ad\u200b-\u200f\u2060]/g, '');
	if (HOST.test(joined)) return joined + path;
	// `example.org，见下文`: the text after the URL was accidentally included.
	const cut = /^[\w.-]+(?=[，、；！？（）【】「」『』《》“”‘’])/.exec(host)?.[0];
	return cut !== undefined && path === '' && HOST.test(cut) ? cut : undefined;
}

/** Returns the common scheme that a word equals or differs from by one typo. */
function meantScheme(word: string): 'http' | 'https' | 'mailto' | undefined {
	for (const scheme of ['http', 'https', 'mailto'] as const) if (word === scheme) return scheme;
	for (const scheme of ['https', 'http', 'mailto'] as const) if (isOneSlipAway(word, scheme)) return scheme;
	return undefined;
}

function decodeWhole(address: string): string | undefined {
	try {
		return decodeURIComponent(address);
	} catch {
		// The percent-encoding is invalid, so the meaning is unclear.
		return undefined;
	}
}

/** Returns the scheme of a URL as written, in lower case and without the colon; `undefined` for a relative URL. */
export function literalScheme(value: string): string | undefined {
	const trimmed = value.replace(/^[\0- ]+/, '').replace(/[\t\n\r]/g, '');
	return hasScheme(trimmed) ? trimmed.slice(0, trimmed.indexOf(':')).toLowerCase() : undefined;
}

/** Returns the message for a URL that is not valid. */
export function invalidMessage(value: string, meant?: string): string {
	const message = `The URL ${show(value)} is not valid`;
	if (meant !== undefined) return `${message}. Did you mean ${show(meant)}?`;
	const fault = hostFaultIn(value);
	return fault === undefined ? message : `${message}: ${fault}`;
}

/** Returns why the host in a URL cannot exist, as the end of a sentence; `undefined` if it can, or if there is none. */
export function hostFaultIn(value: string): string | undefined {
	const url = value.trim().replace(/^(?=\/\/)/, 'https:');
	return URL.canParse(url) ? hostNameFault(new URL(url)) : undefined;
}
