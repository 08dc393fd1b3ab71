import assert from 'node:assert/strict';
import { createDebouncer } from '../../../server/src/util/debounce.ts';

describe('a debouncer', () => {
	it('runs the latest work for a key, once', async () => {
		const done: string[] = [];
		const { schedule, cancel } = createDebouncer(5);
		await new Promise<void>(resolve => {
			schedule('a', () => done.push('a, too early'));
			schedule('b', () => done.push('b, which is cancelled'));
			schedule('a', () => done.push('a'));
			cancel('b');
			cancel('nobody');
			schedule('c', () => {
				done.push('c');
				schedule('c', resolve);
			});
		});
		assert.deepEqual(done, ['a', 'c']);
	});
});
