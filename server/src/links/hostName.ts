/** A label of more than 63 octets, or an empty one. */
const BAD_LABEL = /[^.]{64}|(?:^|\.)(?:\.|$)/;

/**
 * Returns why name servers cannot be asked for the host of an http(s) URL, as the end of a sentence; `undefined` if they can. The URL
 * standard allows such hosts, the Domain Name System does not (RFC 1035, section 2.3.4).
 */
export function hostNameFault({ protocol, hostname }: URL): string | undefined {
	if (protocol !== 'http:' && protocol !== 'https:') return undefined;
	const name = hostname.replace(/\.$/, '');
	if (name.length > 253) return 'its host name is longer than 253 characters';
	if (!BAD_LABEL.test(name)) return undefined;
	return /[^.]{64}/.test(name)
		? 'a part of its host name is longer than 63 characters'
		: 'a part of its host name is empty';
}

/** Parses a URL; `undefined` if it is invalid, or its host cannot exist. */
export function parseUrl(value: string, base?: URL): URL | undefined {
	try {
		const url = new URL(value, base);
		return hostNameFault(url) === undefined ? url : undefined;
	} catch {
		return undefined;
	}
}
