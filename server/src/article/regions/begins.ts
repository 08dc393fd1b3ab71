/**
 * Whether the first words of a text match a sticky pattern, after white space and punctuation. Faster than a pattern
 * with Unicode properties, which matters where every text of a body is asked.
 */
export function beginsWith(text: string, pattern: RegExp): boolean {
	pattern.lastIndex = firstLetter(text);
	return pattern.test(text);
}

/** Returns the offset of the first character that is neither white space nor punctuation. */
export function firstLetter(text: string): number {
	let at = 0;
	while (at < text.length && isPunctuation(text.charCodeAt(at))) at++;
	return at;
}

/** Whether a UTF-16 unit is white space, a symbol or punctuation: of ASCII, or in a block of general punctuation. */
function isPunctuation(unit: number): boolean {
	if (unit < 0x80) return unit < 48 || (unit > 57 && unit < 65) || (unit > 90 && unit < 97) || unit > 122;
	return (
		(unit < 0xc0 && unit !== COPYRIGHT) ||
		(unit >= 0x2000 && unit < 0x2c00) ||
		(unit >= 0x3000 && unit < 0x3040) ||
		(unit >= 0xff00 && unit < 0xff10)
	);
}

/** The copyright sign, with which notices begin. */
const COPYRIGHT = 0xa9;
