import assert from 'node:assert/strict';
import { isSomewhereOn, localDay } from '../../../server/src/util/day.ts';

describe('the day of a moment', () => {
	it('follows the calendar of the time zone', () => {
		assert.equal(localDay('2023-04-10T20:30:00Z', 'Asia/Shanghai'), '2023-04-11');
		assert.equal(localDay('2023-04-10T20:30:00Z', 'America/New_York'), '2023-04-10');
		assert.equal(localDay('2024-01-01T01:00:00+08:00', 'UTC'), '2023-12-31');
	});

	it('is the same everywhere for a date without a time', () => {
		for (const zone of ['Pacific/Kiritimati', 'UTC', 'Pacific/Pago_Pago']) {
			assert.equal(localDay('2023-04-10', zone), '2023-04-10');
			assert.equal(localDay('2023-04-10T00:00:00Z', zone), '2023-04-10');
			assert.equal(localDay('2023-04-10T00:00:00.000Z', zone), '2023-04-10');
		}
	});

	it('is the input if that is not a date', () => {
		assert.equal(localDay('last spring', 'UTC'), 'last spring');
	});

	it('matches any time zone in which it is that day', () => {
		const moment = '2023-04-10T20:30:00Z';
		assert.deepEqual(
			['2023-04-09', '2023-04-10', '2023-04-11', '2023-04-12', 'x'].map(day => isSomewhereOn(moment, day)),
			[false, true, true, false, false],
		);
	});
});
