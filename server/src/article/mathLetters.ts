/** A style of letters that has its own Unicode characters (MathML, `mathvariant`). */
export type MathLetters = 'double-struck' | 'script' | 'bold-script' | 'fraktur' | 'bold-fraktur';

/**
 * The code points at which an alphabet's capital letters, small letters and digits start; `others` are letters that
 * Unicode encodes elsewhere.
 */
interface Alphabet {
	readonly capital: number;
	readonly small: number;
	readonly digit?: number;
	readonly others: Readonly<Record<string, string>>;
}

const ALPHABETS: ReadonlyMap<string, Alphabet> = new Map<MathLetters, Alphabet>([
	[
		'double-struck',
		{
			capital: 0x1d538,
			small: 0x1d552,
			digit: 0x1d7d8,
			others: { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
		},
	],
	[
		'script',
		{
			capital: 0x1d49c,
			small: 0x1d4b6,
			others: { B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ', e: 'ℯ', g: 'ℊ', o: 'ℴ' },
		},
	],
	['bold-script', { capital: 0x1d4d0, small: 0x1d4ea, others: {} }],
	['fraktur', { capital: 0x1d504, small: 0x1d51e, others: { C: 'ℭ', H: 'ℌ', I: 'ℑ', R: 'ℜ', Z: 'ℨ' } }],
	['bold-fraktur', { capital: 0x1d56c, small: 0x1d586, others: {} }],
]);

/** Returns the letters that a `mathvariant` requests; `undefined` for one that only changes the font. */
export function mathLetters(variant: string | undefined): MathLetters | undefined {
	return variant !== undefined && ALPHABETS.has(variant) ? (variant as MathLetters) : undefined;
}

/** Returns a character in the given letters; unchanged if it has no such form. */
export function inLetters(character: string, letters: MathLetters): string {
	const alphabet = ALPHABETS.get(letters);
	if (!alphabet) return character;
	const own = alphabet.others[character];
	if (own !== undefined) return own;
	const code = character.charCodeAt(0);
	for (const [first, count, start] of [
		[65, 26, alphabet.capital],
		[97, 26, alphabet.small],
		[48, 10, alphabet.digit],
	] as const)
		if (start !== undefined && code >= first && code < first + count) return String.fromCodePoint(start + code - first);
	return character;
}
