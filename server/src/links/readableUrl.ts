import punycode from 'punycode.js';
import { hostNameFault } from './hostName.ts';

/** Characters that are invisible, or hide or reorder others. */
const UNSAFE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/** Labels whose letters cannot be mistaken for those of another script: Latin, or Latin among Han, kana, bopomofo, Hangul. */
const DISTINCT =
	/^(?:[\p{Script=Latin}\p{M}\d-]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}ー々a-z\d-]+)$/u;

/**
 * Returns a URL in readable form: host names and percent-encoded characters are decoded, except those that would change its meaning,
 * hide something, or imitate another host.
 */
export function readableAddress(url: URL): string {
	const { href } = url;
	const shown = href.includes('%') ? decodeReadable(href) : href;
	if (!url.hostname.includes('xn--')) return shown;
	return shown.replace(url.hostname, readableHost(url.hostname));
}

/** Returns a host name in Unicode if no part of it can be mistaken for another name, else unchanged. */
export function readableHost(hostname: string): string {
	if (!hostname.includes('xn--')) return hostname;
	try {
		const shown = punycode.toUnicode(hostname);
		return shown.split('.').every(label => DISTINCT.test(label)) ? shown : hostname;
	} catch {
		// A label with an invalid encoding.
		return hostname;
	}
}

/** Decodes percent-encoded UTF-8, except characters with a meaning in URLs. */
export function decodeReadable(value: string): string {
	return value.replace(/(?:%[\da-f]{2})+/gi, run => {
		try {
			// A percent sign itself stays encoded.
			return decodeURI(run.replaceAll('%25', '%2525')).replace(UNSAFE, unit => encodeURIComponent(unit));
		} catch {
			// Not UTF-8.
			return run;
		}
	});
}

/** Returns why a text is not a valid URL, as the end of a sentence. */
export function whyInvalid(value: string): string {
	const authority = /^(?:[a-z][a-z0-9+.-]*:(?:[\\/]{2,})?|[\\/]{2})([^\\/?#]*)/i.exec(value.trim())?.[1];
	if (authority === undefined) return 'it is not a valid URL';
	const host = authority.slice(authority.lastIndexOf('@') + 1);
	const port = /:([^:\]]*)$/.exec(host)?.[1];
	const name = port === undefined ? host : host.slice(0, -port.length - 1);
	if (name === '') return 'it has no host';
	if (host.startsWith('[')) return `${host} is not an IPv6 address`;
	if (port !== undefined && !(/^\d*$/.test(port) && Number(port) <= 65_535)) return `${port} is not a valid port`;
	const forbidden = /[\s#/:<>?@[\\\]^|%\0-\x20\x7f]/.exec(name);
	if (forbidden) return `the host ${name} contains ${/\s/.test(forbidden[0]) ? 'a space' : forbidden[0]}`;
	if (/(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/i.test(name)) return `${name} is not an IPv4 address`;
	const url = `https://${name}`;
	return (URL.canParse(url) && hostNameFault(new URL(url))) || `${name} is not a valid host name`;
}
