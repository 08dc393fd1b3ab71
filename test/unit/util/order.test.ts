import assert from 'node:assert/strict';
import { byText, compareText, firstIndex } from '../../../server/src/util/order.ts';

describe('order', () => {
	it('compares UTF-16 code units, on any machine', () => {
		assert.deepEqual(['é', 'z', 'a', 'Z', '潮', 'a'].sort(compareText), ['Z', 'a', 'a', 'z', 'é', '潮']);
		assert.equal(compareText('a', 'a'), 0);
	});

	it('compares values by a text of each, and is stable', () => {
		const things = [
			{ name: 'b', at: 0 },
			{ name: 'a', at: 1 },
			{ name: 'b', at: 2 },
		];
		assert.deepEqual(
			things.toSorted(byText(({ name }) => name)).map(({ at }) => at),
			[1, 0, 2],
		);
	});

	it('is searched in logarithmic time', () => {
		const numbers = [1, 3, 3, 7];
		for (const [least, index] of [
			[0, 0],
			[3, 1],
			[4, 3],
			[8, 4],
		] as const)
			assert.equal(
				firstIndex(numbers.length, at => (numbers[at] ?? 0) >= least),
				index,
			);
		let steps = 0;
		firstIndex(1_000_000, at => ++steps > 0 && at >= 700_000);
		assert.ok(steps <= 20, `${steps} steps`);
		assert.equal(
			firstIndex(0, () => true),
			0,
		);
	});
});
