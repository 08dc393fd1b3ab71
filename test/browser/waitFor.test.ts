import assert from 'node:assert/strict';
import { errors } from 'playwright-core';
import { repeat } from './waitFor.ts';

describe('an action that a busy workbench can lose', () => {
	it('is repeated after two seconds at first, then after twice as long', async () => {
		const timeouts: number[] = [];
		const result = await repeat('clicking', async timeout => {
			timeouts.push(timeout);
			if (timeouts.length < 4) throw new errors.TimeoutError('no effect');
			return 'done';
		});
		assert.equal(result, 'done');
		assert.deepEqual(timeouts, [2000, 4000, 8000, 16_000]);
	});

	it('is not repeated after another error', async () => {
		let count = 0;
		const lost = repeat('clicking', async () => {
			count++;
			throw new Error('the page crashed');
		});
		await assert.rejects(lost, /^Error: the page crashed$/);
		assert.equal(count, 1);
	});
});
