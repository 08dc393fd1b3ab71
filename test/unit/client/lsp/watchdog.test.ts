import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createWatchdog, type Watchdog } from '../../../../client/src/lsp/watchdog.ts';

describe('a watchdog', () => {
	let limit: number;
	let pings: number;
	let hangs: number[];
	let watchdog: Watchdog;
	/** Resolves the oldest pending request. */
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

	it('pings a server that does not respond, then reports it once', () => {
		void request();
		pass(59);
		assert.deepEqual([pings, hangs], [1, []]);
		pass(1);
		assert.deepEqual(hangs, [60]);
		pass(600);
		assert.deepEqual(hangs, [60]);
	});

	it('ignores a server that is busy for less than the limit, and passes on its responses', async () => {
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

	it('takes any response as a sign of life while other requests are pending', async () => {
		void request();
		for (let minute = 0; minute < 10; minute++) {
			pass(50);
			const sign = request();
			answers.pop()?.();
			await sign;
		}
		assert.deepEqual([pings, hangs], [10, []]);
	});

	it('is inactive without pending requests', () => {
		pass(600);
		assert.deepEqual([pings, hangs], [0, []]);
	});

	it('waits indefinitely if the limit is 0', () => {
		limit = 0;
		void request();
		pass(6000);
		assert.deepEqual(hangs, []);
	});
});
