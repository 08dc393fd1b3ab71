import assert from 'node:assert/strict';
import { clamp, isRecord } from '../../../server/src/util/value.ts';

describe('an unknown value', () => {
	it('is a record if it is an object with properties', () => {
		for (const record of [{}, { tide: 'low' }, JSON.parse('{"__proto__":1}')]) assert.equal(isRecord(record), true);
		for (const other of [null, undefined, 1, 'text', [], [{}]]) assert.equal(isRecord(other), false);
	});

	it('is clamped to a range', () => {
		assert.deepEqual(
			[-1, 0, 5, 10, 11].map(value => clamp(value, 0, 10)),
			[0, 0, 5, 10, 10],
		);
	});
});
