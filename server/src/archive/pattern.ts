/**
 * Whether a text is what a pattern says, in which each `*` stands for any characters, or none. Takes time in proportion to
 * the product of both lengths at worst.
 */
export function matchesPattern(text: string, pattern: string): boolean {
	const parts = pattern.split('*');
	const first = parts.shift() ?? '';
	const last = parts.pop();
	if (last === undefined) return text === first;
	if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
	// The earliest place of each part leaves the most for those behind it.
	const end = text.length - last.length;
	let at = first.length;
	for (const part of parts) {
		const found = text.indexOf(part, at);
		if (found === -1 || found + part.length > end) return false;
		at = found + part.length;
	}
	return true;
}
