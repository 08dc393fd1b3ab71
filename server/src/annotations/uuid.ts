/**
 * Returns a UUID (RFC 9562, version 8) derived from a text. Different texts almost certainly have different UUIDs, but it is not a
 * cryptographic hash: collisions can be constructed.
 */
export function uuidOf(text: string): string {
	let [a, b, c, d] = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		a = b ^ Math.imul(a ^ unit, 0x9e3779b1);
		b = c ^ Math.imul(b ^ unit, 0x85ebca77);
		c = d ^ Math.imul(c ^ unit, 0xc2b2ae3d);
		d = a ^ Math.imul(d ^ unit, 0x27d4eb2f);
	}
	const hex = [mix(a ^ text.length, b), mix(b, c), mix(c, d), mix(d, a)]
		.map(lane => lane.toString(16).padStart(8, '0'))
		.join('');
	const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Mixes two numbers so that each input bit affects half of the output bits (the finaliser of MurmurHash3). */
function mix(lane: number, other: number): number {
	let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b) + Math.imul(other ^ (other >>> 15), 0xc2b2ae35);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}
