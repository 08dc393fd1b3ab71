import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sharedRanges } from '../../../../client/src/annotations/overlaps.ts';
import { runs } from '../../../support/runs.ts';

describe('overlapping notes', () => {
	it('share the text that two or more of them cover', () => {
		assert.deepEqual(sharedRanges([]), []);
		assert.deepEqual(
			sharedRanges([
				{ start: 0, end: 5 },
				{ start: 5, end: 9 },
			]),
			[],
		);
		assert.deepEqual(
			sharedRanges([
				{ start: 0, end: 10 },
				{ start: 2, end: 4 },
				{ start: 3, end: 8 },
				{ start: 20, end: 30 },
				{ start: 20, end: 30 },
			]),
			[
				{ start: 2, end: 8 },
				{ start: 20, end: 30 },
			],
		);
	});

	it('match a count at each character', () => {
		const part = fc.tuple(fc.nat(30), fc.nat(8)).map(([start, length]) => ({ start, end: start + length }));
		fc.assert(
			fc.property(fc.array(part, { maxLength: 8 }), parts => {
				const isIn = (all: readonly { readonly start: number; readonly end: number }[], at: number): number =>
					all.filter(({ start, end }) => start <= at && at < end).length;
				const found = sharedRanges(parts);
				for (let at = 0; at < 40; at++) assert.equal(isIn(found, at), isIn(parts, at) > 1 ? 1 : 0);
				for (const [index, { end }] of found.entries()) assert.ok(end < (found[index + 1]?.start ?? Infinity));
			}),
			{ numRuns: runs(500) },
		);
	});
});
