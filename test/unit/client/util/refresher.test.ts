import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { createRefresher, type Refresher } from '../../../../client/src/util/refresher.ts';

/** A refresher whose runs last until they are ended. `began` resolves to the number of the next run once it begins. */
function controlled(): { refresher: Refresher; began: () => Promise<number>; end: () => void } {
	const events = new EventEmitter();
	let runs = 0;
	const refresher = createRefresher(async () => {
		const ended = once(events, 'end');
		events.emit('begin', ++runs);
		await ended;
	});
	return {
		refresher,
		began: async () => Number((await once(events, 'begin'))[0]),
		end: () => events.emit('end'),
	};
}

/** Resolves after all timers that are due. */
const timersRun = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

describe('a refresher', () => {
	it('runs once for all that was scheduled before', async () => {
		const { refresher, began, end } = controlled();
		refresher.schedule(0);
		refresher.schedule(60_000);
		refresher.schedule(0);
		assert.equal(await began(), 1);
		end();
		refresher.schedule(0);
		assert.equal(await began(), 2);
	});

	it('runs once more after a run for all that became due during it', async () => {
		const { refresher, began, end } = controlled();
		refresher.schedule(0);
		assert.equal(await began(), 1);
		for (let changes = 0; changes < 3; changes++) {
			refresher.schedule(0);
			await timersRun();
		}
		end();
		assert.equal(await began(), 2);
		end();
		await timersRun();
		refresher.schedule(0);
		assert.equal(await began(), 3);
	});

	it('does not run after it is disposed', async () => {
		const { refresher, began } = controlled();
		refresher.schedule(0);
		refresher.dispose();
		await timersRun();
		refresher.schedule(0);
		assert.equal(await began(), 1);
	});
});
