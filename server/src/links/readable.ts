import punycode from 'punycode.js';

/** Characters that would hide or reorder what is around them, or that nobody sees. */
const UNSAFE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/** Labels whose letters cannot be taken for those of another script: Latin, or Latin among Han, kana, bopomofo, Hangul. */
const DISTINCT =
	/^(?:[\p{Script=Latin}\p{M}\d-]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}ー々a-z\d-]+)$/u;

/**
 * An address as people write it: host names and percent-encoded characters decoded, apart from those that would change its
 * meaning, hide something, or pass for another host.
 */
export function readableAddress(url: URL): string {
	const { href } = url;
	const shown = href.includes('%') ? decodeReadable(href) : href;
	if (!url.hostname.includes('xn--')) return shown;
	return shown.replace(url.hostname, readableHost(url.hostname));
}

/** A host name in Unicode where no part of it can be mistaken for another name, else as it is. */
export function readableHost(hostname: string): string {
	if (!hostname.includes('xn--')) return hostname;
	try {
		const shown = punycode.toUnicode(hostname);
		return shown.split('.').every(label => DISTINCT.test(label)) ? shown : hostname;
	} catch {
		// A label that is no valid encoding: the name as it is.
		return hostname;
	}
}

/** Decodes percent-encoded UTF-8, but not the characters that have a meaning in addresses. */
export function decodeReadable(value: string): string {
	return value.replace(/(?:%[\da-f]{2})+/gi, run => {
		try {
			// A percent sign itself stays encoded.
			return decodeURI(run.replaceAll('%25', '%2525')).replace(UNSAFE, unit => encodeURIComponent(unit));
		} catch {
			// Another encoding than UTF-8: as it is written.
			return run;
		}
	});
}

/** Why a text that the URL standard refuses is no address, as the end of a sentence. */
export function whyInvalid(value: string): string {
	const authority = /^[a-z][a-z0-9+.-]*:(?:[\\/]{2,})?([^\\/?#]*)/i.exec(value.trim())?.[1];
	if (authority === undefined) return 'it is no valid URL';
	const host = authority.slice(authority.lastIndexOf('@') + 1);
	const port = /:([^:\]]*)$/.exec(host)?.[1];
	const name = port === undefined ? host : host.slice(0, -port.length - 1);
	if (name === '') return 'it names no host';
	if (host.startsWith('[')) return `${host} is no IPv6 address`;
	if (port !== undefined && !(/^\d*$/.test(port) && Number(port) <= 65_535)) return `${port} is no port`;
	const forbidden = /[\s#/:<>?@[\\\]^|%\0-\x20\x7f]/.exec(name);
	if (forbidden) return `the host ${name} contains ${/\s/.test(forbidden[0]) ? 'a space' : forbidden[0]}`;
	if (/(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/i.test(name)) return `${name} is no IPv4 address`;
	return `${name} is no host name`;
}
