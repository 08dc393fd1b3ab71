/** The content of a `data:` URL. */
export interface Data {
	/** The declared media type in lower case; defaults to `text/plain`. */
	readonly type: string;
	readonly bytes: Uint8Array;
}

/** Parses a `data:` URL (RFC 2397); `undefined` if it is another URL or cannot be decoded. */
export function readDataUrl(address: string): Data | undefined {
	const head = /^\s*data:([^;,]*)([^,]*),/i.exec(address);
	if (!head) return undefined;
	const content = address.slice(head[0].length).trim();
	const type = head[1]?.trim().toLowerCase() || 'text/plain';
	try {
		const decoded = decodeURIComponent(content);
		if (!/;\s*base64\s*$/i.test(head[2] ?? '')) return { type, bytes: new TextEncoder().encode(decoded) };
		return { type, bytes: Uint8Array.from(atob(decoded), unit => unit.charCodeAt(0)) };
	} catch (error) {
		// Invalid percent-encoding or Base64.
		if (error instanceof URIError || (error instanceof Error && error.name === 'InvalidCharacterError'))
			return undefined;
		throw error;
	}
}
