import assert from 'node:assert/strict';
import { createLimiter } from '../../../server/src/util/limiter.ts';

/** Tasks that end when told to, and the order in which they began. */
function createTasks() {
	const begun: string[] = [];
	const ends = new Map<string, () => void>();
	return {
		begun,
		task: (name: string) => () =>
			new Promise<string>(resolve => {
				begun.push(name);
				ends.set(name, () => resolve(name));
			}),
		async end(name: string): Promise<void> {
			ends.get(name)?.();
			await new Promise(setImmediate);
		},
	};
}

describe('a limiter', () => {
	it('runs a limited number of tasks, the others in order, and tasks that continue work first', async () => {
		const { begun, task, end } = createTasks();
		const limiter = createLimiter(2);
		const results = [limiter.run(task('a')), limiter.run(task('b')), limiter.run(task('c'))];
		results.push(limiter.run(task('d'), true));
		await new Promise(setImmediate);
		assert.deepEqual(begun, ['a', 'b']);
		await end('b');
		assert.deepEqual(begun, ['a', 'b', 'd']);
		await end('a');
		assert.deepEqual(begun, ['a', 'b', 'd', 'c']);
		await end('d');
		await end('c');
		assert.deepEqual(await Promise.all(results), ['a', 'b', 'c', 'd']);
	});

	it('continues after a task that fails, immediately or later', async () => {
		const limiter = createLimiter(1);
		const failed = [
			limiter.run(() => {
				throw new Error('at once');
			}),
			limiter.run(() => Promise.reject(new Error('later'))),
		];
		const [first, second, third] = await Promise.allSettled([...failed, limiter.run(async () => 'done')]);
		assert.deepEqual([first?.status, second?.status], ['rejected', 'rejected']);
		assert.deepEqual(third, { status: 'fulfilled', value: 'done' });
	});

	it('can be resized', async () => {
		const { begun, task, end } = createTasks();
		const limiter = createLimiter(2);
		for (const name of 'abcde') void limiter.run(task(name));
		await new Promise(setImmediate);
		limiter.resize(1);
		await end('a');
		assert.deepEqual(begun, ['a', 'b']);
		await end('b');
		assert.deepEqual(begun, ['a', 'b', 'c']);
		limiter.resize(3);
		await end('');
		assert.deepEqual(begun, ['a', 'b', 'c', 'd', 'e']);
	});
});
