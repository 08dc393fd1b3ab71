import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeFileSystem } from '../../../server/src/node/fileSystem.ts';

describe('the file system of the machine', () => {
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
	afterEach(() => rmSync(folder, { recursive: true }));

	it('reads files, also behind symbolic links', async () => {
		writeFileSync(join(folder, '潮.md'), 'tide');
		symlinkSync('潮.md', join(folder, 'link'));
		utimesSync(join(folder, '潮.md'), 0, 1.5);
		const expected = [{ type: 'file', size: 4, modified: 1500 }, 'ti', 'tide'];
		assert.deepEqual([await all('潮.md'), await all('link')], [expected, expected]);
	});

	it('does not wait for a pipe, nor take a folder for a file', async function () {
		if (process.platform === 'win32') this.skip();
		execFileSync('mkfifo', [join(folder, 'pipe')]);
		mkdirSync(join(folder, 'folder'));
		assert.deepEqual(await all('pipe'), [undefined, undefined, undefined]);
		assert.deepEqual((await all('folder')).slice(1), [undefined, undefined]);
		assert.deepEqual(await all('none'), [undefined, undefined, undefined]);
	});
});
