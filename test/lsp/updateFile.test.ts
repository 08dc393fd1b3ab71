import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { updateFile } from '../../server/src/node/updateFile.ts';

const MODULE = JSON.stringify(new URL('../../server/src/node/updateFile.ts', import.meta.url).href);

const OLD = 'old '.repeat(50_000);
const NEW = 'new '.repeat(60_000);

/**
 * A program that updates a file and counts its file operations. At one of them the process is killed, as by a power failure,
 * or suspended, or this and all later operations fail, as on a disconnected disk. Content that is being written is then incomplete.
 */
const PROGRAM = `
import { open } from 'node:fs/promises';
import { writeSync } from 'node:fs';
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
			if (how === 'stop') {
				writeSync(1, 'stopped\\n');
				process.kill(process.pid, 'SIGSTOP');
			} else {
				await before?.call(this, original, ...given);
				end();
			}
		}
		return original.apply(this, given);
	};
};
const { updateFile } = await import(${MODULE});
for (const name of ['chmod', 'lstat', 'mkdir', 'open', 'readdir', 'readFile', 'realpath', 'rename', 'rm', 'rmdir', 'stat'])
	wrap(fs, name);
wrap(prototype, 'chmod');
wrap(prototype, 'sync');
wrap(prototype, 'close', original => {});
wrap(prototype, 'writeFile', function (original, content) { return original.call(this, content.subarray(0, content.length / 2)); });
syncBuiltinESMExports();
const updated = await updateFile(path, before =>
	Buffer.from(how === 'stop' ? before + 'mine ' : 'new '.repeat(60_000)),
);
process.stdout.write(JSON.stringify({ updated, count }));
`;

describe('an interrupted file update', () => {
	let folder: string;
	let path: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-crash-'));
		path = join(folder, '渡轮.jsonld');
	});
	const suspended = new Set<ChildProcess>();
	afterEach(async () => {
		for (const child of suspended) child.kill('SIGKILL');
		suspended.clear();
		await removeFolder(folder);
	});

	const start = (target: string, at: number, how: 'kill' | 'fail' | 'stop') =>
		spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, target, String(at), how], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
	/** Runs the program; returns its output, unless it was killed. */
	const run = async (
		at: number,
		how: 'kill' | 'fail',
		target = path,
	): Promise<{ updated: { kind: string }; count: number } | undefined> => {
		const child = start(target, at, how);
		const [said, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
		return signal === 'SIGKILL' ? undefined : JSON.parse(said);
	};
	const content = (target = path): string => readFileSync(target, 'utf8');
	/** Removes leftovers of a process that others would wait for. */
	const tidy = (): void => {
		for (const name of readdirSync(folder)) if (name !== '渡轮.jsonld') rmSync(join(folder, name), { recursive: true });
	};

	it('leaves either the old or the new content wherever the process ends', async () => {
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
			tidy();
		}
		assert.ok(kept.length >= 8, `${kept.length} operations`);
		assert.equal(kept.lastIndexOf('old') + 1, kept.includes('new') ? kept.indexOf('new') : kept.length);
	});

	it('delays nobody for long and leaves no file behind if the process ends', async () => {
		const targets: string[] = [];
		for (let at = 1; ; at++) {
			const target = join(folder, String(at), '渡轮.jsonld');
			mkdirSync(join(folder, String(at)));
			writeFileSync(target, OLD);
			if (await run(at, 'kill', target)) break;
			targets.push(target);
		}
		const updated = await Promise.all(targets.map(target => updateFile(target, () => new TextEncoder().encode(NEW))));
		assert.deepEqual(new Set(updated.map(({ kind }) => kind)), new Set(['written']));
		const files = globSync('*/**', { cwd: folder, withFileTypes: true }).filter(entry => entry.isFile());
		assert.deepEqual(new Set(files.map(({ name }) => name)), new Set(['渡轮.jsonld']));
	});

	it('keeps changes made by others while the process is suspended, wherever it is suspended', async () => {
		// Suspends one process at each operation.
		const suspend = async (at: number): Promise<'early' | 'done'> => {
			const target = join(folder, String(at), '渡轮.jsonld');
			mkdirSync(join(folder, String(at)));
			writeFileSync(target, 'old ');
			const child = start(target, at, 'stop');
			suspended.add(child);
			const said = text(child.stdout);
			const [first] = await once(child.stdout, 'data');
			if (String(first).startsWith('{')) return 'done';
			const updated = await updateFile(target, before =>
				new TextEncoder().encode(`${before && new TextDecoder().decode(before)}theirs `),
			);
			assert.deepEqual(updated, { kind: 'written' }, `operation ${at}`);
			child.kill('SIGCONT');
			assert.match(await said, /"kind":"written"/, `operation ${at}`);
			assert.ok(
				['old theirs mine ', 'old mine theirs '].includes(content(target)),
				`operation ${at}: ${content(target)}`,
			);
			assert.deepEqual(readdirSync(join(folder, String(at))), ['渡轮.jsonld']);
			return 'early';
		};
		const ends = await Promise.all(Array.from({ length: 30 }, (_, index) => suspend(index + 1)));
		assert.ok(ends.lastIndexOf('early') >= 15 && ends.at(-1) === 'done', ends.join(' '));
	});

	it('reports a failing disk, and keeps the old content', async () => {
		for (let at = 1; ; at++) {
			writeFileSync(path, OLD);
			const done = await run(at, 'fail');
			assert.ok(done);
			if (done.count < at) break;
			// Content that was put in place before the disk failed stays, with no further message.
			assert.ok(content() === (done.updated.kind === 'written' ? NEW : OLD), `operation ${at}: ${done.updated.kind}`);
			tidy();
		}
	});

	it('reports a failing disk for a new file', async () => {
		for (let at = 1; ; at++) {
			rmSync(path, { force: true });
			const done = await run(at, 'kill');
			const there = readdirSync(folder).includes('渡轮.jsonld');
			assert.ok(!there || content() === NEW, `half of it after operation ${at}`);
			if (done) break;
			tidy();
		}
	});
});

describe('updating a file', () => {
	let folder: string;
	let path: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-update-'));
		path = join(folder, '渡轮.jsonld');
	});
	afterEach(() => removeFolder(folder));

	it('keeps the changes of concurrent processes', async () => {
		const program = `
			import { updateFile } from ${MODULE};
			for (let index = 0; index < 100; index++) {
				const updated = await updateFile(${JSON.stringify(path)}, before => Buffer.from((before ?? '') + process.pid + '\\n'));
				if (updated.kind !== 'written') throw new Error(JSON.stringify(updated));
			}`;
		const children = [1, 2].map(() =>
			spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' }),
		);
		await Promise.all(children.map(child => once(child, 'exit')));
		const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
		assert.deepEqual(
			children.map(({ pid }) => lines.filter(line => line === String(pid)).length),
			[100, 100],
		);
	});
});
