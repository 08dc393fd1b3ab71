/**
 * A 32-bit FNV-1a hash of the UTF-16 code units of a text: fast and the same on any machine, but not cryptographic. Files are named after it, so it
 * must never change.
 */
export function hashOf(text: string, start = 0x811c9dc5, prime = 0x01000193): number {
	let hash = start;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), prime);
	return hash >>> 0;
}

/** A short fingerprint of a text: two hashes and its length. */
export function digest(text: string): string {
	const parts = [hashOf(text), hashOf(text, 0x01000193, 0x85ebca6b), text.length];
	return parts.map(part => part.toString(36)).join('');
}
