import fc from 'fast-check';

/** Any character: a code point that is not half of a surrogate pair. */
const character = fc.nat({ max: 0x10ffff - 0x800 }).map(
	index => String.fromCodePoint(index < 0xd800 ? index : index + 0x800),
	value => {
		const code = typeof value === 'string' ? value.codePointAt(0) : undefined;
		if (code === undefined || (code >= 0xd800 && code < 0xe000) || String.fromCodePoint(code) !== value)
			throw new Error('not a character');
		return code < 0xd800 ? code : code - 0x800;
	},
);

/**
 * Returns texts of any characters. They are those of fast-check's unit `binary`, but that creates a table of all characters,
 * which takes longer than most tests.
 */
export const unicodeText = (maxLength?: number): fc.Arbitrary<string> =>
	fc.string(maxLength === undefined ? { unit: character } : { unit: character, maxLength });

const encoded = unicodeText(8).map(encodeURIComponent);

/** Returns URLs of any hosts, paths, queries and fragments, without the table that fast-check creates for its own as well. */
export const webUrl = (): fc.Arbitrary<string> =>
	fc
		.tuple(
			fc.constantFrom('http', 'https'),
			fc.domain(),
			fc.array(encoded, { maxLength: 4 }),
			fc.constantFrom('', '?', '#'),
			encoded,
		)
		.map(
			([scheme, host, segments, mark, end]) =>
				[`${scheme}:/`, host, ...segments].join('/') + (mark === '' ? '' : mark + end),
		);
