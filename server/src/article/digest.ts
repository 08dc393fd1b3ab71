/** A short name for a text that changes when the text does (FNV-1a, 2 × 32 bits, and its length). */
export function digest(text: string): string {
	let [a, b] = [0x811c9dc5, 0x01000193];
	for (let index = 0; index < text.length; index++) {
		a = Math.imul(a ^ text.charCodeAt(index), 0x01000193);
		b = Math.imul(b ^ text.charCodeAt(index), 0x85ebca6b);
	}
	return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}${text.length.toString(36)}`;
}
