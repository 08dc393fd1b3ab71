/**
 * A number for a text (FNV-1a over its UTF-16 units, 32 bits): quick, the same on any machine, and no secret. Files are named by it, so it
 * never changes.
 */
export function hashOf(text: string, start = 0x811c9dc5, prime = 0x01000193): number {
	let hash = start;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), prime);
	return hash >>> 0;
}

/** A short name for a text that changes when the text does: two hashes, and its length. */
export function digest(text: string): string {
	const parts = [hashOf(text), hashOf(text, 0x01000193, 0x85ebca6b), text.length];
	return parts.map(part => part.toString(36)).join('');
}
