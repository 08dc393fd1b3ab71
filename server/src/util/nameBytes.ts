/*
 * On most systems, file names are bytes and need not be UTF-8. In paths, each byte that is not valid UTF-8 is represented by a
 * character from U+EF80 to U+EFFF (as in the encoding OPTU-8 of MirBSD), so that paths can be joined, compared, converted to URIs and
 * back. If a name contains one of these characters, its bytes are represented the same way, which keeps the mapping unambiguous.
 */

const toUtf8 = new TextEncoder();

/** The bytes of a name or path as a string with one character per byte. */
export function byteString(name: string): string {
	if (!/[^\0-\x7f]/.test(name)) return name;
	return name
		.split(/([\uef80-\uefff])/)
		.map((part, at) =>
			at % 2 === 0 ? bytesAsText(toUtf8.encode(part)) : String.fromCharCode(part.charCodeAt(0) - 0xef00),
		)
		.join('');
}

/** Bytes as a string with one character per byte. */
export function bytesAsText(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return text;
}
