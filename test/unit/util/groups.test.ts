import assert from 'node:assert/strict';
import { append, groupBy } from '../../../server/src/util/groups.ts';

describe('groups', () => {
	it('contain the values with the same key, in order', () => {
		const groups = groupBy(['tide', 'low', 'two', '潮'], word => word.length);
		assert.deepEqual(
			[...groups],
			[
				[4, ['tide']],
				[3, ['low', 'two']],
				[1, ['潮']],
			],
		);
	});

	it('are appended to', () => {
		const groups = new Map([['a', [1]]]);
		append(groups, 'a', 2);
		append(groups, 'b', 3);
		assert.deepEqual(
			[...groups],
			[
				['a', [1, 2]],
				['b', [3]],
			],
		);
	});
});
