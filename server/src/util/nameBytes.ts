/*
 * Names of files are bytes on most systems, and need not be UTF-8. In a path here, each byte that is none stands as one of the
 * characters U+EF80 to U+EFFF (as in the encoding OPTU-8 of MirBSD), so that paths can be joined and compared as texts, and turned
 * into URIs and back. A name that really has one of these characters has its bytes written so too, which keeps this unambiguous.
 */

const toUtf8 = new TextEncoder();

/** The bytes of a name or path, each as the character with its number. */
export function byteString(name: string): string {
	if (!/[^\0-\x7f]/.test(name)) return name;
	return name
		.split(/([\uef80-\uefff])/)
		.map((part, at) =>
			at % 2 === 0 ? bytesAsText(toUtf8.encode(part)) : String.fromCharCode(part.charCodeAt(0) - 0xef00),
		)
		.join('');
}

/** Bytes as a text, each as the character with its number. */
export function bytesAsText(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return text;
}
