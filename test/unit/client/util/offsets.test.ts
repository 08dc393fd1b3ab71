import assert from 'node:assert/strict';
import fc from 'fast-check';
import { followOffsets, shift, shiftPart, trimmed } from '../../../../client/src/util/offsets.ts';
import { runs } from '../../../support/runs.ts';

describe('offsets of a document', () => {
	it('are mapped through changes', () => {
		assert.equal(shift(10, [{ offset: 2, length: 1, inserted: 4 }]), 13);
		assert.equal(shift(10, [{ offset: 10, length: 0, inserted: 4 }]), 14);
		assert.equal(shift(10, [{ offset: 8, length: 5, inserted: 1 }]), 8);
		assert.equal(shift(10, [{ offset: 11, length: 5, inserted: 1 }]), 10);
		const offsets = followOffsets();
		offsets.changed(2, [{ offset: 0, length: 0, inserted: 5 }]);
		offsets.changed(3, [
			{ offset: 20, length: 3, inserted: 0 },
			{ offset: 1, length: 1, inserted: 0 },
		]);
		assert.deepEqual(
			[1, 2, 3].map(version => offsets.toPresent(version, 10)),
			[14, 9, 10],
		);
	});

	it('keep the text of a range through any edits outside it', () => {
		const piece = fc.stringMatching(/^[a-z潮 ]{0,6}$/);
		const edit = fc.record({ at: fc.nat(), length: fc.nat(4), text: piece });
		fc.assert(
			fc.property(piece, piece, fc.array(edit, { maxLength: 8 }), (before, after, edits) => {
				const words = 'WORDS';
				let text = before + words + after;
				let part = { start: before.length, end: before.length + words.length };
				for (const { at, length, text: inserted } of edits) {
					const isBefore = at % 2 === 0;
					const [from, to] = isBefore ? [0, part.start] : [part.end, text.length];
					const offset = from + (at % (to - from + 1));
					const removed = Math.min(length, to - offset);
					text = text.slice(0, offset) + inserted + text.slice(offset + removed);
					part = shiftPart(part, [{ offset, length: removed, inserted: inserted.length }]);
					assert.equal(text.slice(part.start, part.end), words);
				}
			}),
			{ numRuns: runs(300) },
		);
	});

	it('are kept when their line is reloaded', () => {
		const [before, after] = ['one WORDS two', 'one and a half WORDS two'];
		const change = trimmed(before, 0, before.length, after);
		assert.deepEqual(change, { offset: 4, length: 0, inserted: 11 });
		const { start, end } = shiftPart({ start: 4, end: 9 }, [change]);
		assert.equal(after.slice(start, end), 'WORDS');
		assert.deepEqual(trimmed('aaa', 0, 3, 'aa'), { offset: 2, length: 1, inserted: 0 });
		assert.deepEqual(trimmed('潮水', 0, 2, '潮水'), { offset: 2, length: 0, inserted: 0 });
	});

	it('cover the replacement of the text of a range, and nothing if it is deleted', () => {
		const part = { start: 5, end: 10 };
		assert.deepEqual(shiftPart(part, [{ offset: 5, length: 5, inserted: 3 }]), { start: 5, end: 8 });
		assert.deepEqual(shiftPart(part, [{ offset: 2, length: 12, inserted: 0 }]), { start: 2, end: 2 });
		assert.deepEqual(shiftPart(part, [{ offset: 7, length: 0, inserted: 4 }]), { start: 5, end: 14 });
	});
});
