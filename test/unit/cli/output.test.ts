import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { printable, wantsColour } from '../../../server/src/cli/output.ts';
import { createProgress } from '../../../server/src/cli/progress.ts';

describe('colours in the terminal', () => {
	const terminal = { isTTY: true };
	const pipe = {};
	const cases: [string, { isTTY?: boolean }, NodeJS.ProcessEnv, boolean][] = [
		['a terminal has them', terminal, {}, true],
		['a pipe has none', pipe, {}, false],
		['a dumb terminal has none', terminal, { TERM: 'dumb' }, false],
		['NO_COLOR takes them away', terminal, { NO_COLOR: '1' }, false],
		['an empty NO_COLOR says nothing', terminal, { NO_COLOR: '' }, true],
		['FORCE_COLOR brings them to a pipe', pipe, { FORCE_COLOR: '1' }, true],
		['FORCE_COLOR=0 takes them away', terminal, { FORCE_COLOR: '0' }, false],
		['NO_COLOR wins over FORCE_COLOR', pipe, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
	];
	for (const [name, stream, env, expected] of cases) {
		it(name, () => assert.equal(wantsColour(stream, env), expected));
	}
});

describe('texts for the terminal', () => {
	it('are escaped and kept on one line', () => {
		assert.equal(printable('渡轮 a\nb\u001b[31m\u2066c'), '渡轮 a\\u000ab\\u001b[31m\\u2066c');
	});
});

describe('progress line', () => {
	/** A stream that remembers what was written to it. */
	function recorder(isTTY: boolean): { stream: Writable & { isTTY: boolean }; written: string[] } {
		const written: string[] = [];
		const stream = new Writable({
			write(chunk, _encoding, done) {
				written.push(String(chunk));
				done();
			},
		});
		return { stream: Object.assign(stream, { isTTY }), written };
	}
	it('is updated at intervals on a terminal, and cleared', () => {
		const { stream, written } = recorder(true);
		let time = 0;
		const progress = createProgress(stream, () => time);
		progress.clear();
		for (; time <= 250; time += 10) progress.say(`${time} files read`);
		progress.clear();
		progress.clear();
		assert.deepEqual(written, ['\r\u001b[K100 files read', '\r\u001b[K200 files read', '\r\u001b[K']);
	});

	it('is not written elsewhere', () => {
		const { stream, written } = recorder(false);
		let time = 0;
		const progress = createProgress(stream, () => time);
		for (; time <= 250; time += 10) progress.say(`${time} files read`);
		progress.clear();
		assert.deepEqual(written, []);
	});
});
