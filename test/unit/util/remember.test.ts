import assert from 'node:assert/strict';
import { remembered } from '../../../server/src/util/remember.ts';

describe('remembered', () => {
	it('asks once for each text, also where there is no answer', () => {
		const asked: string[] = [];
		const answer = remembered(text => {
			asked.push(text);
			return text === 'none' ? undefined : text.length;
		});
		const texts = ['none', 'a', 'none', 'class names of a template', 'a', 'class names of a template'];
		assert.deepEqual(
			texts.map(text => answer(text)),
			[undefined, 1, undefined, 25, 1, 25],
		);
		assert.deepEqual(asked, ['none', 'a', 'class names of a template']);
	});

	it('does not keep long texts', () => {
		let asked = 0;
		const answer = remembered(() => ++asked);
		const long = 'x'.repeat(1000);
		assert.deepEqual([answer(long), answer(long)], [1, 2]);
	});

	it('forgets when there are too many', () => {
		let asked = 0;
		const answer = remembered(() => ++asked);
		answer('first');
		for (let at = 0; at < 20_000; at++) answer(`text ${at}`);
		assert.equal(answer('first'), asked);
	});
});
