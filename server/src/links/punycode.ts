/** The parameters that RFC 3492, section 5, sets for host names. */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;

/**
 * Decodes a label of a host name that starts with `xn--` (RFC 3492, section 6.2); there is no such function that both Node
 * and browsers have.
 *
 * @returns the label in Unicode, or `undefined` where it is no valid encoding
 */
export function decodePunycode(label: string): string | undefined {
	if (!/^xn--[a-z0-9-]*$/i.test(label)) return undefined;
	const encoded = label.slice(4).toLowerCase();
	const delimiter = encoded.lastIndexOf('-');
	const output = [...encoded.slice(0, Math.max(0, delimiter))].map(character => character.charCodeAt(0));
	let [n, i, bias] = [INITIAL_N, 0, INITIAL_BIAS];
	for (let at = delimiter + 1; at < encoded.length; ) {
		const before = i;
		for (let weight = 1, k = BASE; ; k += BASE) {
			const digit = digitOf(encoded.charCodeAt(at++));
			if (digit === undefined) return undefined;
			i += digit * weight;
			const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
			if (digit < threshold) break;
			weight *= BASE - threshold;
			if (!Number.isSafeInteger(i * weight)) return undefined;
		}
		const length = output.length + 1;
		bias = adapt(i - before, length, before === 0);
		n += Math.floor(i / length);
		i %= length;
		if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) return undefined;
		output.splice(i++, 0, n);
	}
	return String.fromCodePoint(...output);
}

/** RFC 3492, section 5: `a` to `z` are 0 to 25, `0` to `9` are 26 to 35. */
function digitOf(code: number): number | undefined {
	if (code >= 97 && code <= 122) return code - 97;
	return code >= 48 && code <= 57 ? code - 22 : undefined;
}

/** RFC 3492, section 6.1. */
function adapt(difference: number, length: number, first: boolean): number {
	let delta = Math.floor(difference / (first ? DAMP : 2));
	delta += Math.floor(delta / length);
	let k = 0;
	for (; delta > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) delta = Math.floor(delta / (BASE - T_MIN));
	return k + Math.floor(((BASE - T_MIN + 1) * delta) / (delta + SKEW));
}
