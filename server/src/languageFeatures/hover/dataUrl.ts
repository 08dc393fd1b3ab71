/** What a `data:` address holds. */
export interface Data {
	/** The media type that it claims, in lower case; `text/plain` where it claims none. */
	readonly type: string;
	readonly bytes: Uint8Array;
}

/** Reads a `data:` address (RFC 2397); `undefined` for any other and where it cannot be decoded. */
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
		// Neither percent encoding nor Base64 of anything.
		if (error instanceof URIError || (error instanceof Error && error.name === 'InvalidCharacterError'))
			return undefined;
		throw error;
	}
}
