import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const MODULE = JSON.stringify(new URL('../../server/src/node/updateFile.ts', import.meta.url).href);

const OLD = 'old '.repeat(50_000);
const NEW = 'new '.repeat(60_000);

/**
 * A program that changes a file, with operations on files that count themselves: at one of them the process ends as if the power went,
 * or all of them from there on fail, as on a disk that is gone. A content that is being written is half there by then.
 */
const PROGRAM = `
import { open } from 'node:fs/promises';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
const [path, at, how] = process.argv.slice(1);
let count = 0;
const due = () => ++count === Number(at) || (how === 'fail' && count > Number(at));
const end = () => {
	if (how === 'kill') process.kill(process.pid, 'SIGKILL');
	throw Object.assign(new Error('i/o error'), { code: 'EIO' });
};
const handle = await open(process.execPath);
const prototype = Object.getPrototypeOf(handle);
await handle.close();
const wrap = (owner, name, before) => {
	const original = owner[name];
	owner[name] = async function (...given) {
		if (due()) {
			await before?.call(this, original, ...given);
			end();
		}
		return original.apply(this, given);
	};
};
const { updateFile } = await import(${MODULE});
for (const name of ['lstat', 'open', 'readFile', 'realpath', 'rename', 'rm']) wrap(fs, name);
wrap(prototype, 'chmod');
wrap(prototype, 'sync');
wrap(prototype, 'close', original => {});
wrap(prototype, 'writeFile', function (original, content) { return original.call(this, content.subarray(0, content.length / 2)); });
syncBuiltinESMExports();
const updated = await updateFile(path, () => Buffer.from('new '.repeat(60_000)));
process.stdout.write(JSON.stringify({ updated, count }));
`;

describe('changing a file that is cut short', () => {
	let folder: string;
	let path: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-crash-'));
		path = join(folder, '渡轮.jsonld');
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	/** Runs the program; what it says, unless it was killed. */
	const run = async (
		at: number,
		how: 'kill' | 'fail',
	): Promise<{ updated: { kind: string }; count: number } | undefined> => {
		const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, path, String(at), how], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const [said, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
		return signal === 'SIGKILL' ? undefined : JSON.parse(said);
	};
	const content = (): string => readFileSync(path, 'utf8');

	it('by the end of the process leaves all of the old content or all of the new, wherever it ends', async () => {
		const kept: string[] = [];
		for (let at = 1; ; at++) {
			writeFileSync(path, OLD);
			chmodSync(path, 0o640);
			const done = await run(at, 'kill');
			assert.ok(content() === OLD || content() === NEW, `half of it after operation ${at}`);
			assert.equal(statSync(path).mode & 0o777, 0o640);
			if (done) {
				assert.deepEqual([done.updated, content() === NEW, done.count < at], [{ kind: 'written' }, true, true]);
				break;
			}
			kept.push(content() === OLD ? 'old' : 'new');
		}
		assert.ok(kept.length >= 8, `${kept.length} operations`);
		assert.equal(kept.lastIndexOf('old') + 1, kept.includes('new') ? kept.indexOf('new') : kept.length);
		// What others left behind is in nobody's way.
		writeFileSync(path, OLD);
		assert.deepEqual((await run(1000, 'kill'))?.updated, { kind: 'written' });
	});

	it('by a disk that fails says so, and leaves the old content', async () => {
		for (let at = 1; ; at++) {
			writeFileSync(path, OLD);
			const done = await run(at, 'fail');
			assert.ok(done);
			if (done.count < at) break;
			// What was put in place before the disk failed is there, and nothing else is said of it.
			assert.ok(content() === (done.updated.kind === 'written' ? NEW : OLD), `operation ${at}: ${done.updated.kind}`);
			for (const name of readdirSync(folder)) if (name !== '渡轮.jsonld') rmSync(join(folder, name));
		}
	});

	it('does so too where there was no file', async () => {
		for (let at = 1; ; at++) {
			rmSync(path, { force: true });
			const done = await run(at, 'kill');
			const there = readdirSync(folder).includes('渡轮.jsonld');
			assert.ok(!there || content() === NEW, `half of it after operation ${at}`);
			if (done) break;
		}
	});
});
