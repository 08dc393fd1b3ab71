import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { createFolders } from '../../../server/src/cli/folders.ts';
import { nodeFileSystem } from '../../../server/src/node/fileSystem.ts';
import type { FileSystem } from '../../../server/src/platform.ts';

describe('createFolders', () => {
	let folder: string;
	let asked: string[];
	let files: FileSystem;
	const uri = (path: string): string => pathToFileURL(join(folder, path)).href;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-folders-'));
		mkdirSync(join(folder, 'articles/渡轮'), { recursive: true });
		writeFileSync(join(folder, 'articles/渡轮/Café 100%.md'), 'x');
		asked = [];
		const stat: FileSystem['stat'] = async target => {
			asked.push(target.slice(uri('').length + 1));
			return nodeFileSystem.stat(target);
		};
		files = createFolders({ ...nodeFileSystem, stat }, undefined, 'linux');
	});

	afterEach(() => removeFolder(folder));

	it('finds the same files as the file system', async () => {
		for (const path of ['', 'articles', 'articles/', 'articles/渡轮/Café 100%.md', 'articles/%41'])
			assert.deepEqual(await files.stat(uri(path)), await nodeFileSystem.stat(uri(path)), path);
		symlinkSync(join(folder, 'articles'), join(folder, 'link'));
		symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
		const again = createFolders(nodeFileSystem, undefined, 'linux');
		assert.equal((await again.stat(uri('link')))?.type, 'directory');
		assert.equal((await again.stat(uri('link/渡轮/Café 100%.md')))?.type, 'file');
		assert.equal(await again.stat(uri('broken')), undefined);
	});

	it('does not look up files that their folder does not list', async () => {
		for (const path of ['notes.jsonld', 'articles/marginalia.json', 'a/b/c/d.md', 'articles/渡轮/Café 100%.md/x'])
			assert.equal(await files.stat(uri(path)), undefined, path);
		assert.deepEqual(asked, ['articles/%E6%B8%A1%E8%BD%AE/Caf%C3%A9%20100%25.md/x']);
	});

	it('finds files under equivalent names', async () => {
		for (const path of ['ARTICLES/渡轮', 'articles/渡轮/cafe\u0301 100%.md']) await files.stat(uri(path));
		assert.equal(asked.length, 2);
	});

	it('looks up files in folders that cannot be listed, and with other URIs', async function () {
		if (process.getuid?.() === 0) return this.skip();
		chmodSync(join(folder, 'articles'), 0o300);
		assert.equal((await files.stat(uri('articles/渡轮')))?.type, 'directory');
		assert.equal(await files.stat('https://news.example/x'), undefined);
	});

	it('looks up each file on Windows', () => {
		assert.equal(createFolders(nodeFileSystem, undefined, 'win32'), nodeFileSystem);
	});
});
