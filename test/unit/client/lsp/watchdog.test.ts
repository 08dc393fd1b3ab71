import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createWatchdog, type Watchdog } from '../../../../client/src/lsp/watchdog.ts';

describe('a watchdog', () => {
	let limit: number;
	let pings: number;
	let hangs: number[];
	let watchdog: Watchdog;
	/** Answers the request that was sent first and has no answer yet. */
	let answers: ((error?: Error) => void)[];

	beforeEach(() => {
		mock.timers.enable({ apis: ['setInterval'] });
		limit = 60;
		pings = 0;
		hangs = [];
		answers = [];
		watchdog = createWatchdog({ limit: () => limit, ping: () => pings++, onHang: seconds => hangs.push(seconds) });
	});
	afterEach(() => {
		watchdog.dispose();
		mock.timers.reset();
	});

	const request = (): Promise<string> =>
		watchdog.sendRequest(
			'textDocument/hover',
			{},
			undefined,
			() =>
				new Promise((resolve, reject) => {
					answers.push(error => (error ? reject(error) : resolve('shown')));
				}),
		);
	const pass = (seconds: number): void => mock.timers.tick(seconds * 1000);

	it('tells of a server that owes an answer and says nothing, once, after it has asked for a sign of life', () => {
		void request();
		pass(59);
		assert.deepEqual([pings, hangs], [1, []]);
		pass(1);
		assert.deepEqual(hangs, [60]);
		pass(600);
		assert.deepEqual(hangs, [60]);
	});

	it('leaves a server alone that is busy for less, and gives its answers on', async () => {
		const answer = request();
		pass(45);
		answers.shift()?.();
		assert.equal(await answer, 'shown');
		pass(600);
		const refused = request();
		pass(45);
		answers.shift()?.(new Error('no'));
		await assert.rejects(refused, /no/);
		assert.deepEqual(hangs, []);
	});

	it('takes any answer for a sign of life while others have to wait', async () => {
		void request();
		for (let minute = 0; minute < 10; minute++) {
			pass(50);
			const sign = request();
			answers.pop()?.();
			await sign;
		}
		assert.deepEqual([pings, hangs], [10, []]);
	});

	it('expects nothing of a server that owes nothing', () => {
		pass(600);
		assert.deepEqual([pings, hangs], [0, []]);
	});

	it('waits for ever where it is told to', () => {
		limit = 0;
		void request();
		pass(6000);
		assert.deepEqual(hangs, []);
	});
});
