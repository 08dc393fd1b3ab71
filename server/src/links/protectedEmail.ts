/** The page that Cloudflare puts in place of `mailto:`, with the encoded address behind `#`. */
const PAGE = /^\s*(?:https?:\/\/[^/?#]+)?\/cdn-cgi\/l\/email-protection(?:#([\da-f]*)|$|\?)/i;

/** An ordinary address, perhaps with fields of the message. */
const ADDRESS = /^[\p{L}\p{N}._+'=~!$*-]+@(?:[\p{L}\p{N}_-]+\.)+\p{L}[\p{L}\p{N}-]*(?:\?[^\s<>"[\]{}|\\^`]*)?$/u;

/** Whether a URL is that of Cloudflare's page for hidden e-mail addresses. */
export function isEmailProtection(address: string): boolean {
	return PAGE.test(address);
}

/** Returns the address that Cloudflare's URL hides; `undefined` if it does not contain it. */
export function emailInUrl(address: string): string | undefined {
	return decodeEmail(PAGE.exec(address)?.[1] ?? '');
}

/**
 * Decodes an e-mail address that Cloudflare has hidden, as in `data-cfemail`: two hexadecimal digits a byte, the first of which is the key
 * of the others.
 */
export function decodeEmail(hex: string): string | undefined {
	if (!/^(?:[\da-f]{2}){4,400}$/i.test(hex)) return undefined;
	const [key = 0, ...bytes] = (hex.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16));
	try {
		const email = decodeURIComponent(bytes.map(byte => `%${(byte ^ key).toString(16).padStart(2, '0')}`).join(''));
		return ADDRESS.test(email) ? email : undefined;
	} catch {
		// The bytes are no UTF-8, so they are not an address.
		return undefined;
	}
}
