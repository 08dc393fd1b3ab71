import assert from 'node:assert/strict';
import { createProblemWalk, type Stand } from '../../../../client/src/languageFeatures/problemWalk.ts';

const PROBLEMS = ['a', 'b', 'c'];
const at = (place: string, ...here: string[]): Stand => ({ document: 'one 1', place, problems: PROBLEMS, here });

describe('a walk through the problems of an article', () => {
	it('is over once each has been visited, wherever it began', () => {
		const walk = createProblemWalk();
		assert.equal(walk.isOver(at('start')), false);
		for (const [place, next] of ['b', 'c', 'a'].entries()) {
			walk.stepped(at(next, next));
			assert.equal(walk.isOver(at(next, next)), place === 2);
		}
	});

	it('visits several problems at one place one after the other', () => {
		const walk = createProblemWalk();
		const both: Stand = { ...at('ab', 'a', 'b'), problems: ['a', 'b'] };
		assert.equal(walk.isOver(both), false);
		walk.stepped(both);
		assert.equal(walk.isOver(both), false);
		walk.stepped(both);
		assert.equal(walk.isOver(both), true);
	});

	it('waits for the last one if a step led to the same one again', () => {
		const walk = createProblemWalk();
		assert.equal(walk.isOver(at('start')), false);
		for (const step of ['a', 'a', 'b', 'c']) {
			assert.equal(walk.isOver(at('start')), false);
			walk.stepped(at('start', step));
		}
		assert.equal(walk.isOver(at('start')), true);
	});

	it('begins again when the cursor moves, the text changes, or another article is shown', () => {
		for (const moved of [at('elsewhere'), { ...at('c'), document: 'one 2' }, { ...at('c'), document: 'two 1' }]) {
			const walk = createProblemWalk();
			assert.equal(walk.isOver(at('start')), false);
			for (const step of PROBLEMS) {
				walk.stepped(at(step, step));
			}
			assert.equal(walk.isOver(moved), false);
			walk.stepped(moved);
			assert.equal(walk.isOver(moved), false);
		}
	});
});
