/**
 * Whether a text matches a pattern, in which each `*` matches any number of characters. The worst case takes time proportional to the
 * product of both lengths.
 */
export function matchesPattern(text: string, pattern: string): boolean {
	const parts = pattern.split('*');
	const first = parts.shift() ?? '';
	const last = parts.pop();
	if (last === undefined) return text === first;
	if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
	// The earliest match of each part leaves the most text for the parts after it.
	const end = text.length - last.length;
	let at = first.length;
	for (const part of parts) {
		const found = text.indexOf(part, at);
		if (found === -1 || found + part.length > end) return false;
		at = found + part.length;
	}
	return true;
}
