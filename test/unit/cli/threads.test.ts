import assert from 'node:assert/strict';
import type { Checkable, FileCheckerOptions } from '../../../server/src/cli/checker.ts';
import { inOrder, startThread } from '../../../server/src/cli/threads.ts';

const OPTIONS: FileCheckerOptions = {
	format: 'json',
	colour: false,
	quiet: false,
	fix: false,
	encoding: undefined,
	showsFurniture: false,
	opened: [],
};

describe('inOrder', () => {
	it('yields answers in the order of the tasks', async () => {
		const ends: (() => void)[] = [];
		const started: string[] = [];
		const answers = inOrder('abcdef', ['x', 'y'], async (worker, task) => {
			started.push(worker + task);
			await new Promise<void>(resolve => ends.push(resolve));
			return task;
		});
		const all = (async () => {
			const found: string[] = [];
			for await (const answer of answers) found.push(answer);
			return found.join('');
		})();
		await new Promise(setImmediate);
		assert.deepEqual(started, ['xa', 'yb', 'xc', 'yd', 'xe', 'yf']);
		for (const end of ends.toReversed()) end();
		assert.equal(await all, 'abcdef');
	});

	it('starts only a limited number of tasks ahead', async () => {
		let started = 0;
		const answers = inOrder(Array(1000).keys(), [1, 2, 3], async (_, task) => {
			started++;
			return task;
		});
		assert.equal((await answers.next()).value, 0);
		assert.ok(started <= 18, String(started));
		assert.equal((await answers.next()).value, 1);
		await answers.return(undefined);
	});

	it('gives a task to the worker with the fewest tasks', async () => {
		const done: string[] = [];
		const never = new Promise<string>(() => undefined);
		const answers = inOrder('abcdefgh', ['slow', 'quick'], (worker, task) => {
			if (worker === 'slow' && task !== 'a') return never;
			done.push(task);
			return Promise.resolve(task);
		});
		assert.equal((await answers.next()).value, 'a');
		assert.ok(done.length >= 4, done.join());
	});
});

describe('a thread that checks files', () => {
	const files = (...names: string[]): Checkable[] => names.map(path => ({ path, named: false, copies: [] }));

	it('reports a file on which it crashes, and continues with the others', async () => {
		const thread = startThread(new URL('brokenThread.ts', import.meta.url).href, OPTIONS);
		try {
			const outcomes = await Promise.all([
				thread.check(files('a', 'b')),
				thread.check(files('c', 'broken', 'd')),
				thread.check(files('e')),
			]);
			assert.deepEqual(
				outcomes.flat().flatMap(({ complaints }) => complaints.map(({ place, text }) => `${place} ${text}`)),
				['a is fine', 'b is fine', 'c is fine', 'broken could not be checked: too much', 'd is fine', 'e is fine'],
			);
			assert.deepEqual(outcomes[1]?.[1]?.complaints[0]?.failure, {
				path: 'broken',
				reason: 'could not be checked: too much',
			});
		} finally {
			await thread.end();
		}
	});

	it('reports for all files why it cannot start', async () => {
		const thread = startThread(new URL('missing.ts', import.meta.url).href, OPTIONS);
		const outcomes = await thread.check(files('a', 'b'));
		await thread.end();
		for (const { complaints } of outcomes)
			assert.match(complaints[0]?.text ?? '', /^could not be checked: Cannot find/);
		assert.equal(outcomes.length, 2);
	});
});
