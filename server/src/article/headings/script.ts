/** How much of a line of Latin letters a character takes: scripts that write words with fewer characters weigh more. */
function weightOf(point: number): number {
	if (point < 0x1100) return 1;
	if (point <= 0x11ff || (point >= 0xac00 && point <= 0xd7a3)) return 2;
	const isHanOrKana =
		(point >= 0x2e80 && point <= 0x9fff) ||
		(point >= 0xf900 && point <= 0xfaff) ||
		(point >= 0xff01 && point <= 0xffdc) ||
		(point >= 0x20000 && point <= 0x3ffff);
	return isHanOrKana ? 3 : 1;
}

/** Whether a text is longer than `most` Latin letters: Han and kana count three times, hangul twice. */
export function isLongerThan(text: string, most: number): boolean {
	if (text.length * 3 <= most) return false;
	let size = 0;
	for (let at = 0; at < text.length; at++) {
		const point = text.codePointAt(at) ?? 0;
		if (point > 0xffff) at++;
		size += weightOf(point);
		if (size > most) return true;
	}
	return false;
}

/** Whether a text has letters or digits. */
export function hasWords(text: string): boolean {
	return /[\p{L}\p{N}]/u.test(text);
}
