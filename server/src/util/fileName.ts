/** Characters that Windows does not allow in file names, with the full-width form that is put in their place. */
const RESERVED = /["*/:<>?\\|]/g;

/** What no file name should have: control characters, marks of writing direction and other invisible characters, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cs}\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]/gu;

/** Names of devices, which Windows opens in place of a file, whatever the extension. */
const DEVICE = /^(?:aux|con|conin\$|conout\$|nul|prn|com[\d¹²³]|lpt[\d¹²³])(?=\.|$)/i;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Makes part of a file name of a text, on one line and allowed on every system. Characters that Windows does not allow become their
 * full-width forms, which look alike: `What now?` becomes `What now？`.
 */
export function nameFrom(text: string): string {
	return text
		.replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
		.normalize('NFC')
		.replace(/\s+/gu, ' ')
		.replace(UNSEEN, '')
		.replace(/ {2,}/g, ' ')
		.replace(RESERVED, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
		.replace(/^[ .]+|[ .]+$/g, '');
}

/** Puts an underscore behind a name that Windows takes for that of a device. */
export function withoutDevice(name: string): string {
	return name.replace(DEVICE, '$&_');
}

/**
 * Cuts a name to a number of bytes of UTF-8, without splitting what readers see as one character, and behind a word if that is not much
 * shorter.
 */
export function cutName(name: string, maxBytes: number): string {
	const encoder = new TextEncoder();
	let [cut, bytes] = ['', 0];
	for (const { segment } of graphemes.segment(name)) {
		bytes += encoder.encode(segment).length;
		if (bytes > maxBytes) return trimName(wholeWords(cut, segment));
		cut += segment;
	}
	return name;
}

/** Removes what no name ends with from a name that was cut. */
export function trimName(name: string): string {
	return name.replace(/[ ._-]+$/, '');
}

function wholeWords(cut: string, next: string): string {
	const letter = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u;
	if (!letter.test(next) || !letter.test(cut.at(-1) ?? '')) return cut;
	const end = cut.search(/[^ _-]+$/);
	return end > cut.length / 2 ? cut.slice(0, end) : cut;
}
