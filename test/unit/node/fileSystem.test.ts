import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { nodeFileSystem } from '../../../server/src/node/fileSystem.ts';

describe('the local file system', () => {
	let folder: string;
	const at = (name: string): string => pathToFileURL(join(folder, name)).href;
	const all = async (name: string) => [
		await nodeFileSystem.stat(at(name)),
		await nodeFileSystem.readHead(at(name), 2).then(bytes => bytes?.toString()),
		await nodeFileSystem.readFile(at(name)).then(bytes => bytes?.toString()),
	];
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-files-'));
	});
	afterEach(() => removeFolder(folder));

	it('reads files, also through symbolic links', async () => {
		writeFileSync(join(folder, '潮.md'), 'tide');
		symlinkSync('潮.md', join(folder, 'link'));
		utimesSync(join(folder, '潮.md'), 0, 1.5);
		const expected = [{ type: 'file', size: 4, modified: 1500 }, 'ti', 'tide'];
		assert.deepEqual([await all('潮.md'), await all('link')], [expected, expected]);
	});

	it('writes files, and creates none if there is nothing to write', async () => {
		const updated = await nodeFileSystem.update(at('潮.md'), before => Buffer.from(`${before}tide`));
		assert.deepEqual([updated, (await all('潮.md'))[2]], [{ kind: 'written' }, 'undefinedtide']);
		assert.deepEqual(await nodeFileSystem.update(at('none'), () => undefined), { kind: 'unchanged' });
		assert.equal(await nodeFileSystem.stat(at('none')), undefined);
	});

	it('does not wait for a pipe, nor treat a folder as a file', async function () {
		if (process.platform === 'win32') this.skip();
		execFileSync('mkfifo', [join(folder, 'pipe')]);
		mkdirSync(join(folder, 'folder'));
		assert.deepEqual(await all('pipe'), [undefined, undefined, undefined]);
		assert.deepEqual((await all('folder')).slice(1), [undefined, undefined]);
		assert.deepEqual(await all('none'), [undefined, undefined, undefined]);
	});

	it('lists the entries of a folder, and returns the targets of links without following them', async () => {
		mkdirSync(join(folder, 'a'));
		writeFileSync(join(folder, '潮.md'), '');
		symlinkSync('潮.md', join(folder, 'to file'));
		symlinkSync('a', join(folder, 'to folder'));
		symlinkSync('../none', join(folder, 'to nothing'));
		const entries = (await nodeFileSystem.readDirectory(at('.'))) ?? [];
		assert.deepEqual(
			[...entries].sort((one, two) => (one.name < two.name ? -1 : 1)),
			[
				{ name: 'a', type: 'directory' },
				{ name: 'to file', type: 'link' },
				{ name: 'to folder', type: 'link' },
				{ name: 'to nothing', type: 'link' },
				{ name: '潮.md', type: 'file' },
			],
		);
		assert.equal((await nodeFileSystem.stat(at('to folder')))?.type, 'directory');
		assert.equal(await nodeFileSystem.readLink?.(at('to file')), at('潮.md'));
		assert.equal(await nodeFileSystem.readLink?.(at('to folder')), at('a'));
		assert.equal(await nodeFileSystem.readLink?.(at('to nothing')), at('../none'));
		for (const name of ['a', '潮.md', 'none']) assert.equal(await nodeFileSystem.readLink?.(at(name)), undefined);
		assert.equal(await nodeFileSystem.readDirectory(at('none')), undefined);
		assert.equal(await nodeFileSystem.readDirectory(at('潮.md')), undefined);
	});

	it('has no files of other schemes or hosts, whatever the path', async () => {
		const path = join(folder, 'a.md');
		writeFileSync(path, 'tide');
		for (const uri of [
			path,
			`vscode-vfs:${pathToFileURL(path).pathname}`,
			`untitled:${path}`,
			`https://news.example${path}`,
			`file://news.example${path}`,
			`${pathToFileURL(folder).href}%2Fa.md`,
			`${pathToFileURL(path).href}%00`,
		]) {
			assert.equal(await nodeFileSystem.stat(uri), undefined, uri);
			assert.equal(await nodeFileSystem.readHead(uri, 2), undefined, uri);
			assert.equal(await nodeFileSystem.readFile(uri), undefined, uri);
			assert.equal(await nodeFileSystem.readLink?.(uri), undefined, uri);
			const updated = await nodeFileSystem.update(uri, () => new Uint8Array());
			assert.equal(updated.kind, 'refused', uri);
		}
		assert.equal(await nodeFileSystem.readDirectory(`vscode-vfs:${pathToFileURL(folder).pathname}`), undefined);
	});
});
