import assert from 'node:assert/strict';
import { type Marked, replace } from '../bench/anchoring/edits.ts';
import { formatTable, median } from '../bench/table.ts';

describe('damage to quotes', () => {
	it('keeps track of where the quote is', () => {
		const damaged = (...replacements: readonly (readonly [start: number, end: number, text: string])[]): string => {
			const made = replacements.map(([start, end, text]) => ({ start, end, text }));
			const { text, place }: Marked = replace({ text: 'one two three four', place: { start: 4, end: 13 } }, made);
			return place
				? `${text.slice(0, place.start)}[${text.slice(place.start, place.end)}]${text.slice(place.end)}`
				: text;
		};
		assert.equal(damaged(), 'one [two three] four');
		assert.equal(damaged([0, 3, 'eleven'], [14, 18, '']), 'eleven [two three] ');
		assert.equal(damaged([4, 4, 'x '], [13, 13, ' y']), 'one x [two three] y four');
		assert.equal(damaged([4, 7, 'to'], [8, 13, 'tree']), 'one [to tree] four');
		assert.equal(damaged([7, 8, ' or ']), 'one [two or three] four');
		assert.equal(damaged([2, 5, '']), 'on[wo three] four');
		assert.equal(damaged([4, 13, '']), 'one  four');
		assert.equal(damaged([0, 18, 'all']), 'all');
	});
});

describe('the benchmark table', () => {
	it('computes the median', () => {
		assert.deepEqual([median([3, 1, 2]), median([4, 1, 3, 2]), median([])], [2, 2.5, Number.NaN]);
	});

	it('aligns columns', () => {
		const rows = [
			['', 'ms', 'target'],
			['parse5', '1.20', ''],
			['Marginalia', '10.5', '≤ 1.3'],
		];
		assert.equal(
			formatTable(rows),
			['              ms  target', 'parse5      1.20', 'Marginalia  10.5   ≤ 1.3'].join('\n'),
		);
	});
});
