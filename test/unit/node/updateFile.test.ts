import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
	appendFileSync,
	chmodSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { updateFile } from '../../../server/src/node/updateFile.ts';

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('updating a file', () => {
	let folder: string;
	let path: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-update-'));
		path = join(folder, '渡轮.jsonld');
	});
	afterEach(() => removeFolder(folder));

	it('creates it, changes it, or leaves it alone', async () => {
		const seen: unknown[] = [];
		const change = (after: string | undefined) =>
			updateFile(path, before => {
				seen.push(text(before));
				return after === undefined ? undefined : bytes(after);
			});
		assert.deepEqual(await change('a'), { kind: 'written' });
		assert.deepEqual(await change('b'), { kind: 'written' });
		assert.deepEqual(await change(undefined), { kind: 'unchanged' });
		assert.deepEqual(seen, [undefined, 'a', 'b']);
		assert.equal(readFileSync(path, 'utf8'), 'b');
		assert.deepEqual(readdirSync(folder), ['渡轮.jsonld']);
	});

	it('neither reads nor replaces a pipe or a device', async function () {
		if (process.platform === 'win32') return this.skip();
		execFileSync('mkfifo', [path]);
		let isAsked = false;
		const change = () => {
			isAsked = true;
			return bytes('b');
		};
		assert.deepEqual(await updateFile(path, change), {
			kind: 'refused',
			reason: 'was not written: it is not a regular file',
		});
		assert.ok(lstatSync(path).isFIFO());
		assert.ok(!isAsked);
	});

	it('does not write through a symbolic link, whether or not its target exists', async () => {
		writeFileSync(join(folder, 'target'), 'a');
		for (const target of ['target', 'nothing']) {
			symlinkSync(target, path);
			assert.deepEqual(await updateFile(path, () => bytes('b')), {
				kind: 'refused',
				reason: `is a symbolic link to ${target}, and files are not written through symbolic links`,
			});
			assert.ok(lstatSync(path).isSymbolicLink());
			rmSync(path);
		}
		assert.equal(readFileSync(join(folder, 'target'), 'utf8'), 'a');
		assert.deepEqual(readdirSync(folder), ['target']);
	});

	it('writes in a folder behind a symbolic link, and keeps permissions', async () => {
		mkdirSync(join(folder, 'real'));
		symlinkSync('real', join(folder, 'linked'));
		writeFileSync(join(folder, 'real/a'), 'a');
		chmodSync(join(folder, 'real/a'), 0o640);
		assert.deepEqual(await updateFile(join(folder, 'linked/a'), () => bytes('b')), { kind: 'written' });
		assert.equal(readFileSync(join(folder, 'real/a'), 'utf8'), 'b');
		assert.equal(statSync(join(folder, 'real/a')).mode & 0o777, 0o640);
	});

	it('tries again if the file was changed without taking the lock', async () => {
		writeFileSync(path, 'a');
		let calls = 0;
		const updated = await updateFile(path, before => {
			if (calls++ === 0) appendFileSync(path, 'x');
			return bytes(`${text(before)}b`);
		});
		assert.deepEqual([updated, calls, readFileSync(path, 'utf8')], [{ kind: 'written' }, 2, 'axb']);
		assert.deepEqual(readdirSync(folder), ['渡轮.jsonld']);
	});

	it('gives up if others keep changing it, and leaves nothing behind', async () => {
		writeFileSync(path, '');
		let calls = 0;
		const updated = await updateFile(path, () => {
			calls++;
			appendFileSync(path, 'x');
			return bytes('b');
		});
		assert.deepEqual(updated, { kind: 'refused', reason: 'keeps being changed by another program' });
		assert.equal(readFileSync(path, 'utf8'), 'x'.repeat(calls));
		assert.deepEqual(readdirSync(folder), ['渡轮.jsonld']);
	});

	it('writes a file with a name of maximum length', async () => {
		const long = join(folder, `${'潮'.repeat(84)}.md`);
		for (const content of ['a', 'b'])
			assert.deepEqual(await updateFile(long, () => bytes(content)), { kind: 'written' });
		assert.equal(readFileSync(long, 'utf8'), 'b');
	});

	it('keeps permissions that the umask denies to new files', async () => {
		writeFileSync(path, 'a');
		chmodSync(path, 0o666);
		assert.deepEqual(await updateFile(path, () => bytes('b')), { kind: 'written' });
		assert.equal(statSync(path).mode & 0o777, 0o666);
	});

	it('reports why it failed', async () => {
		mkdirSync(path);
		assert.deepEqual(await updateFile(path, () => bytes('a')), {
			kind: 'refused',
			reason: 'cannot be written: it is a folder',
		});
		assert.deepEqual(await updateFile(join(folder, 'none/a'), () => bytes('a')), {
			kind: 'refused',
			reason: 'cannot be written: its folder does not exist',
		});
	});

	it('passes on errors of `change`, and leaves the file unchanged', async () => {
		writeFileSync(path, 'a');
		const change = (): never => {
			throw new Error('mine');
		};
		await assert.rejects(updateFile(path, change), /mine/);
		assert.deepEqual(await updateFile(path, () => undefined), { kind: 'unchanged' });
		assert.equal(readFileSync(path, 'utf8'), 'a');
	});
});
