import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clip, clipLine, endOf, foldSpaces, onOneLine, startOf } from '../../../server/src/util/text.ts';
import { runs } from '../../support/runs.ts';

describe('a truncated text', () => {
	it('does not split characters', () => {
		assert.deepEqual([startOf('a😀b', 2), startOf('a😀b', 3), startOf('潮水', 5)], ['a', 'a😀', '潮水']);
		assert.deepEqual(
			[endOf('a😀b', 2), endOf('a😀b', 3), endOf('潮水', 5), endOf('潮水', 0)],
			['b', '😀b', '潮水', ''],
		);
		const text = fc.string({ unit: fc.constantFrom('a', '潮', '😀', ' ') });
		fc.assert(
			fc.property(text, fc.nat(20), (whole, most) => {
				for (const part of [startOf(whole, most), endOf(whole, most)]) {
					assert.ok(
						encodeURIComponent(part) !== undefined &&
							part.length <= most &&
							part.length >= Math.min(most, whole.length) - 1,
					);
					assert.ok(whole.includes(part));
				}
			}),
			{ numRuns: runs(500) },
		);
	});

	it('ends in an ellipsis', () => {
		assert.deepEqual(
			[clip('潮水退了', 4), clip('潮水退了', 2), clip('low tide', 4), clip('a😀b', 2)],
			['潮水退了', '潮水…', 'low…', 'a…'],
		);
		assert.equal(clip('a'.repeat(2001)), `${'a'.repeat(2000)}…`);
	});

	it('is put on one line first', () => {
		assert.deepEqual([clipLine('a  b\nc', 5), clipLine(' 潮水\n\n退了 ', 3)], ['a b c', '潮水…']);
	});
});

describe('white space', () => {
	it('is collapsed to single spaces', () => {
		assert.equal(foldSpaces(' a\t b\r\n\u3000c\u00a0'), ' a b c ');
		assert.equal(onOneLine(' a\t b\r\n\u3000c\u00a0'), 'a b c');
	});
});
