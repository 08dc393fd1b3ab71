import { trimAddress } from '../article/trim.ts';
import { hasScheme } from '../links/resolve.ts';
import { isOneSlipAway } from './slip.ts';

/** What is wrong with an address that a parser may well accept. */
export interface Damage {
	/** What is meant, where that is obvious. */
	readonly meant: string | undefined;
}

/** An address that is as it should be, and all but sure to be accepted by a parser: no closer look is needed. */
const SOUND = /^https?:\/\/(?:[a-z0-9_-]+\.)+[a-z]{2,24}(?:[/?#][^<>]*)?$/i;

/** Characters that are white space or cannot be seen. */
const UNSEEN = /[\s\p{Cc}\u00ad\u200b-\u200f\u2060\ufeff]/u;

/** Whether an address is http or https with a plain host name, so that no parser need be asked. */
export function isSound(value: string): boolean {
	if (!SOUND.test(value)) return false;
	const last = value.charCodeAt(value.length - 1);
	return last > 0x20 && (last < 0x7f || !UNSEEN.test(value.slice(-1)));
}

/** Whether an address starts as http and https ones do; a quick way to pass over most. */
export function startsWithHttp(value: string): boolean {
	return value.startsWith('https://') || value.startsWith('http://');
}

/** What is around an address that was taken out of a sentence, a Markdown link or another file. */
const BEFORE = /^(?:[\s\p{Cc}\u00ad\u200b-\u200f\u2060\ufeff]|%20|["'“‘「『《<(（[【：:])+/u;
const AFTER = /[\s\p{Cc}\u00ad\u200b-\u200f\u2060\ufeff"'”’」』》>)）】\]，。、；]/u;

/** Addresses that are longer, in UTF-16 units, are not looked at, and not proposed. */
const MAX_ADDRESS_CHARS = 4096;
const MAX_PROPOSAL_CHARS = 2048;

/** A word, what may have been `://`, and the rest. */
const SCHEME = /^([a-z]{2,7})(\s*[:：;；.．]{1,2}\s*(?:[/\\／]{1,4}\s*)?|\s*[/\\／]{1,4}\s*)(?=\S)/i;
const HOST =
	/^(?:[\p{L}\p{N}_-]+[.．。])+(?!(?:html?|php|aspx?|jsp|jpe?g|png|gif|webp|svg|pdf)(?![\p{L}\p{N}-]))\p{L}[\p{L}\p{N}-]*(?::\d{1,5})?(?=[/?#\\]|$)/iu;
const EMAIL = /^[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,24}$/i;

/**
 * Looks for the damage that addresses suffer by hand or by a broken program (FORMAT.md, "Links"): `ttps://a.org`, `http//a.org`,
 * `https:/a.org`, `https：//a.org`, `http://https://a.org`, `www.a.org`, `https%3A%2F%2Fa.org`, `“https://a.org”`, `a@b.org`,
 * `undefined`. `undefined` where nothing is plainly wrong; whether a parser accepts the address is another question.
 */
export function findDamage(value: string): Damage | undefined {
	// What starts like this cannot be meant for anything but a path or a place in the page.
	if (/^[/.#?]/.test(value) || isSound(value)) return undefined;
	if (/^\s*(?:undefined|null|NaN|\[object Object\])\s*$/.test(value)) return { meant: undefined };
	if (value.length > MAX_ADDRESS_CHARS) return undefined;
	const bare = trimAfter(beforeMarkup(value.replace(BEFORE, '')));
	const inMarkdown = /\]\(\s*(https?:\/\/[^\s)]+)$/i.exec(bare)?.[1];
	const mended = inMarkdown === undefined ? mend(bare) : (mend(inMarkdown) ?? inMarkdown);
	if (mended !== undefined) return { meant: isMarkupWithoutAddress(value) ? undefined : proposal(mended) };
	// White space around an address is no fault (URL standard), what cannot be seen is; as are quotes around a good address.
	return bare !== trimAddress(value) && /^(?:https?:\/\/|mailto:)./i.test(bare)
		? { meant: isMarkupWithoutAddress(value) ? undefined : proposal(bare) }
		: undefined;
}

/** A host on the internet, as the URL standard writes it. */
const ORDINARY_HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]+)$/;

/** What no address has unless markup, Markdown, BBCode or a template was taken for part of it. */
const LEFTOVER = /[\s<>"[\]{}|\\^`]|\p{Cc}|%(?:22|3e)(?:%3e|>|%3c|<)/iu;

/** An address as a proposal, if it is valid, leads to an ordinary host and holds nothing that came from around it. */
function proposal(address: string): string | undefined {
	if (address.length > MAX_PROPOSAL_CHARS || LEFTOVER.test(address) || !URL.canParse(address)) return undefined;
	const { protocol, hostname, username } = new URL(address);
	if (protocol === 'mailto:') return address;
	return /^https?:$/.test(protocol) && username === '' && ORDINARY_HOST.test(hostname) ? address : undefined;
}

/**
 * Whether an address that no browser opens has markup in it, as advertising in comments has. To cut the address out would make it
 * live, which nobody meant.
 */
function isMarkupWithoutAddress(value: string): boolean {
	return /\S[<>[\]]+[\p{L}\p{N}/]/u.test(value) && /^\s*[a-z]+:/i.test(value) && !URL.canParse(value);
}

/** An address as it may be written: with what URLs are parsed with but must not hold percent-encoded (URL standard, "URL code points"). */
export function writtenAddress({ href }: URL): string {
	// An IPv6 address has its brackets.
	const [host] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/.exec(href) ?? [''];
	return host + href.slice(host.length).replace(/[[\]{}|\\^`"<>]/g, encodeURIComponent);
}

/** An address up to the markup that was taken for part of it, as in `http://a.org">text</a>`. */
function beforeMarkup(value: string): string {
	const markup = /["'”]?>|["'”]?<\/?[a-z]/i.exec(value);
	if (!markup) return value;
	// An angle bracket in a query may be meant.
	const query = value.indexOf('?');
	return query === -1 || query > markup.index || /<\/|["'”]>/.test(value) ? value.slice(0, markup.index) : value;
}

function trimAfter(value: string): string {
	let end = value.length;
	while (end > 0 && AFTER.test(value[end - 1] ?? '')) end--;
	return value.slice(0, end);
}

/** The address that is meant by one that is not well written; `undefined` where none is, or nothing is wrong. */
function mend(address: string): string | undefined {
	if (EMAIL.test(address)) return `mailto:${address}`;
	const encoded = /^https?(?::|%3a)(?:%2f){2}/i.test(address) || /^https?%3a\/\//i.test(address);
	if (encoded) {
		const decoded = decodeWhole(address);
		return decoded === undefined ? undefined : (mend(decoded) ?? decoded);
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
	const host = mendHost(rest);
	if (host === undefined) return undefined;
	const same = match[1].toLowerCase() === scheme && match[2] === '://' && host === rest;
	return same ? undefined : `${scheme}://${host}`;
}

/** The rest of an address behind its scheme, its host mended; `undefined` where it has none that can be told. */
function mendHost(rest: string): string | undefined {
	if (HOST.test(rest)) return rest;
	const end = rest.search(/[/?#]/);
	const host = end === -1 ? rest : rest.slice(0, end);
	const path = end === -1 ? '' : rest.slice(end);
	// `www. example.org`, but not `example.org and more`.
	const joined = host.replace(/(?<!\s)\s+(?=\.)|(?<=\.)\s+/g, '').replace(/[\u00ad\u200b-\u200f\u2060]/g, '');
	if (HOST.test(joined)) return joined + path;
	// `example.org，见下文`: the text after the address was taken for part of it.
	const cut = /^[\w.-]+(?=[，、；！？（）【】「」『』《》“”‘’])/.exec(host)?.[0];
	return cut !== undefined && path === '' && HOST.test(cut) ? cut : undefined;
}

/** Which of the schemes that people write by hand a word is, at most one slip away. */
function meantScheme(word: string): 'http' | 'https' | 'mailto' | undefined {
	for (const scheme of ['http', 'https', 'mailto'] as const) if (word === scheme) return scheme;
	for (const scheme of ['https', 'http', 'mailto'] as const) if (isOneSlipAway(word, scheme)) return scheme;
	return undefined;
}

function decodeWhole(address: string): string | undefined {
	try {
		return decodeURIComponent(address);
	} catch {
		// Not valid percent encoding: there is nothing to be said about what is meant.
		return undefined;
	}
}

/** The scheme of an address in lower case without its colon, by the letter; `undefined` for a relative one. */
export function literalScheme(value: string): string | undefined {
	const trimmed = value.replace(/^[\0- ]+/, '').replace(/[\t\n\r]/g, '');
	return hasScheme(trimmed) ? trimmed.slice(0, trimmed.indexOf(':')).toLowerCase() : undefined;
}
