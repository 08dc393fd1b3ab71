import assert from 'node:assert/strict';
import { isSomewhereOn, localDay } from '../../../server/src/util/day.ts';

describe('the day of a moment', () => {
	it('is that of the calendar on the wall', () => {
		assert.equal(localDay('2023-04-10T20:30:00Z', 'Asia/Shanghai'), '2023-04-11');
		assert.equal(localDay('2023-04-10T20:30:00Z', 'America/New_York'), '2023-04-10');
		assert.equal(localDay('2024-01-01T01:00:00+08:00', 'UTC'), '2023-12-31');
	});

	it('is the same everywhere for a day without a time', () => {
		for (const zone of ['Pacific/Kiritimati', 'UTC', 'Pacific/Pago_Pago']) {
			assert.equal(localDay('2023-04-10', zone), '2023-04-10');
			assert.equal(localDay('2023-04-10T00:00:00Z', zone), '2023-04-10');
			assert.equal(localDay('2023-04-10T00:00:00.000Z', zone), '2023-04-10');
		}
	});

	it('is what was written where that is no date', () => {
		assert.equal(localDay('last spring', 'UTC'), 'last spring');
	});

	it('is known anywhere that has it on its calendar', () => {
		const moment = '2023-04-10T20:30:00Z';
		assert.deepEqual(
			['2023-04-09', '2023-04-10', '2023-04-11', '2023-04-12', 'x'].map(day => isSomewhereOn(moment, day)),
			[false, true, true, false, false],
		);
	});
});
