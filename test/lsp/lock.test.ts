import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { withLock } from '../../server/src/node/lock.ts';
import { lockOf, updateFile } from '../../server/src/node/updateFile.ts';

const LOCK = JSON.stringify(new URL('../../server/src/node/lock.ts', import.meta.url).href);
const UPDATE_FILE = JSON.stringify(new URL('../../server/src/node/updateFile.ts', import.meta.url).href);

/** Counts in a file until told to end, and prints each number written and the longest delay. */
const COUNTING = `
import { updateFile } from ${UPDATE_FILE};
import { writeSync } from 'node:fs';
const [path] = process.argv.slice(1);
let isEnding = false;
process.once('SIGTERM', () => { isEnding = true; });
let longest = 0;
while (!isEnding) {
	let number = 0;
	const start = performance.now();
	const updated = await updateFile(path, before => Buffer.from(String(number = Number(before ?? 0) + 1)));
	longest = Math.max(longest, performance.now() - start);
	if (updated.kind !== 'written') throw new Error(JSON.stringify(updated));
	writeSync(1, number + '\\n');
}
writeSync(1, 'longest ' + longest + '\\n');
`;

/** Takes and releases a lock repeatedly until told to end, and logs when it takes and releases it. */
const OWNING = `
import { withLock } from ${LOCK};
import { appendFileSync, writeSync } from 'node:fs';
const [lock, log] = process.argv.slice(1);
let isEnding = false;
process.once('SIGTERM', () => { isEnding = true; });
writeSync(1, 'ready\\n');
while (!isEnding)
	await withLock(lock, {}, async () => {
		appendFileSync(log, '+' + process.pid + '\\n');
		await new Promise(resolve => setTimeout(resolve, Math.random() * 4));
		appendFileSync(log, '-' + process.pid + '\\n');
	});
`;

/** Writes a file and suspends itself while it holds the lock; without write permission, prints the result. */
const WRITING = `
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { writeSync } from 'node:fs';
const [path, how] = process.argv.slice(1);
const { rename } = fs;
fs.rename = (from, to) => {
	if (to !== path || how !== 'suspended') return rename(from, to);
	writeSync(1, 'locked\\n');
	process.kill(process.pid, 'SIGSTOP');
};
syncBuiltinESMExports();
const { updateFile } = await import(${UPDATE_FILE});
writeSync(1, JSON.stringify(await updateFile(path, before => how === 'unchanged' ? undefined : Buffer.from(before + how))) + '\\n');
`;

/** The processes of a test. */
const children = new Set<ChildProcess>();

function start(
	program: string,
	args: readonly string[],
	{ wrapper = [] }: { readonly wrapper?: readonly string[] } = {},
): ChildProcess & { readonly lines: string[] } {
	const [command = '', ...rest] = [...wrapper, process.execPath, '--input-type=module', '--eval', program, ...args];
	const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
	children.add(child);
	const lines: string[] = [];
	assert.ok(child.stdout);
	createInterface(child.stdout).on('line', line => {
		lines.push(line);
		child.emit('said', line);
	});
	return Object.assign(child, { lines });
}

/** Waits for the next line that a process prints. */
async function said(child: ChildProcess): Promise<string> {
	const ended = once(child, 'close').then(([code]) => {
		throw new Error(`The process ended with code ${code} instead of printing a line.`);
	});
	const [line] = await Promise.race([once(child, 'said'), ended]);
	return String(line);
}

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
	assert.equal(child.exitCode, null, 'the process has ended by itself');
	const closed = once(child, 'close');
	child.kill(signal);
	await closed;
	children.delete(child);
};

/** Whether a command is available. */
function canRun(...[command = '', ...args]: readonly string[]): boolean {
	try {
		execFileSync(command, args, { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

describe('the lock of a file', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-lock-'));
	});
	afterEach(async () => {
		for (const child of children) child.kill('SIGKILL');
		children.clear();
		await removeFolder(folder);
	});

	/** The owners that had the lock at the same time as another one, according to the log. */
	const overlaps = (log: string, killed: ReadonlySet<number | undefined>): readonly string[] => {
		const inside = new Set<number>();
		const found: string[] = [];
		for (const line of readFileSync(log, 'utf8').trim().split('\n')) {
			const pid = Number(line.slice(1));
			if (line.startsWith('-')) inside.delete(pid);
			else {
				for (const other of inside) {
					if (killed.has(other)) inside.delete(other);
					else found.push(`${pid} beside ${other}`);
				}
				inside.add(pid);
			}
		}
		return found;
	};

	/** Eight processes take a lock repeatedly; six of them are killed at random moments. */
	const contend = async (wrapper: readonly string[]): Promise<void> => {
		const log = join(folder, 'log');
		const owners = Array.from({ length: 8 }, () => start(OWNING, [join(folder, 'lock'), log], { wrapper }));
		await Promise.all(owners.map(said));
		const [first, second, ...others] = owners;
		assert.ok(first && second);
		for (const other of others) {
			await sleep(Math.random() * 200);
			await end(other, 'SIGKILL');
		}
		// The others get the lock again.
		const begun = readFileSync(log, 'utf8').length;
		while (readFileSync(log, 'utf8').length < begun + 100) await sleep(10);
		await Promise.all([end(first, 'SIGTERM'), end(second, 'SIGTERM')]);
		assert.deepEqual(overlaps(log, new Set(others.map(({ pid }) => pid))), []);
	};

	it('has one owner at a time while others are killed', () => contend([]));

	it('has one owner at a time in containers that share a folder', async function () {
		const wrapper = ['unshare', '--net', '--pid', '--uts', '--ipc', '--fork', '--kill-child'];
		if (!canRun(...wrapper, 'true')) this.skip();
		const log = join(folder, 'log');
		const owners = [1, 2, 3].map(() => start(OWNING, [join(folder, 'lock'), log], { wrapper }));
		await Promise.all(owners.map(said));
		while (readFileSync(log, 'utf8').length < 1000) await sleep(10);
		await Promise.all(owners.map(owner => end(owner, 'SIGKILL')));
		// Each of them is process 1 in its container, so the test checks that none begins before another has ended.
		assert.match(readFileSync(log, 'utf8'), /^(?:\+1\n-1\n)+(?:\+1\n)?$/);
	});

	it('loses no update and delays nobody for long while processes are killed', async () => {
		const path = join(folder, '渡轮.jsonld');
		const written: number[] = [];
		let killed = 0;
		for (let round = 0; round < 5; round++) {
			const counting = Array.from({ length: 4 }, () => start(COUNTING, [path]));
			await Promise.all(counting.map(said));
			for (const child of counting.slice(1)) {
				await sleep(Math.random() * 100);
				await end(child, 'SIGKILL');
				killed++;
			}
			const [last] = counting;
			assert.ok(last);
			await said(last);
			await end(last, 'SIGTERM');
			assert.equal(last.exitCode, 0);
			assert.ok(Number(last.lines.pop()?.replace('longest ', '')) < 20_000);
			written.push(...counting.flatMap(({ lines }) => lines.map(Number)));
		}
		assert.equal(new Set(written).size, written.length, 'two wrote the same number');
		// A killed process may have written one more number than it printed.
		const count = Number(readFileSync(path, 'utf8'));
		assert.ok(count >= written.length && count <= written.length + killed, `${count}, ${written.length} written`);
	});

	it('times out with advice, and can be cancelled', async () => {
		const path = join(folder, '渡轮.md');
		const change = (): Uint8Array => Buffer.from('b');
		await withLock(lockOf(path), {}, async () => {
			// An owner that works for longer than it takes for a lock to become stale.
			assert.deepEqual(await updateFile(path, change, AbortSignal.timeout(4000)), {
				kind: 'refused',
				reason: `was not written: another program has been writing to it for too long. Try again when that program has finished; if no program is writing to it, delete the folder ${lockOf(path)}`,
			});
			const controller = new AbortController();
			const updated = updateFile(path, change, controller.signal);
			controller.abort(new Error('nobody wants it'));
			await assert.rejects(updated, /nobody wants it/);
			assert.deepEqual(await updateFile(path, () => undefined), { kind: 'unchanged' });
		});
		assert.deepEqual(await updateFile(path, change), { kind: 'written' });
		assert.deepEqual(readdirSync(folder), ['渡轮.md']);
	});

	it('passes between users in a shared folder, and is not needed if nothing changes', async function () {
		const as = (uid: number): readonly string[] => ['setpriv', `--reuid=${uid}`, '--clear-groups'];
		const imports = ['--input-type=module', '--eval', `import ${UPDATE_FILE}`];
		// Other users may not be able to read this repository.
		if (process.getuid?.() !== 0 || !canRun(...as(65534), process.execPath, ...imports)) this.skip();
		const path = join(folder, 'a.md');
		writeFileSync(path, 'a');
		const user = async (uid: number, how: string): Promise<string> => {
			const child = start(WRITING, [path, how], { wrapper: as(uid) });
			const line = await said(child);
			child.kill('SIGKILL');
			return line;
		};
		chmodSync(folder, 0o755);
		assert.equal(await user(65534, 'unchanged'), '{"kind":"unchanged"}');
		assert.equal(await user(65534, 'b'), '{"kind":"refused","reason":"cannot be written: permission denied"}');
		chmodSync(folder, 0o777);
		chmodSync(path, 0o666);
		assert.equal(await user(65533, 'suspended'), 'locked');
		assert.equal(await user(65534, 'b'), '{"kind":"written"}');
		assert.deepEqual([readFileSync(path, 'utf8'), readdirSync(folder)], ['ab', ['a.md']]);
	});
});
