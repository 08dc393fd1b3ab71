import assert from 'node:assert/strict';
import fc from 'fast-check';
import { URI } from 'vscode-uri';
import { createReach } from '../../../server/src/links/reach.ts';

const REMOTE = 'vscode-vfs://github/me/archive';
const opened = (folders: readonly string[], articles: readonly string[] = []) => ({
	folders: folders.map(uri => URI.parse(uri)),
	documents: articles.map(uri => URI.parse(uri)),
});
const reaches = (uri: string, folders: readonly string[], articles?: readonly string[]): boolean =>
	createReach(opened(folders, articles)).rootOf(URI.parse(uri)) !== undefined;

describe('createReach', () => {
	it('includes open folders and files at any depth', () => {
		for (const uri of [REMOTE, `${REMOTE}/`, `${REMOTE}/articles`, `${REMOTE}/articles/%E6%B8%A1/1.md`]) {
			assert.ok(reaches(uri, [REMOTE]), uri);
			assert.ok(reaches(uri, [`${REMOTE}/`]), uri);
		}
		assert.ok(reaches('memfs:/anything/at/all', ['memfs:/']));
		assert.ok(reaches('memfs:/a/1.md?ref=draft', ['memfs:/a?ref=draft']));
		assert.ok(!reaches('memfs:/a/1.md', ['memfs:/a?ref=draft']));
	});

	it('lists each root once, without a trailing slash', () => {
		const { roots } = createReach(opened(['x:/a', 'x:/a//', 'x:/b/articles/bbc'], ['x:/a/1.md', 'x:/c/1.md']));
		assert.deepEqual(
			roots.map(({ path }) => path),
			['/a', '/b/articles/bbc', '/b', '/c'],
		);
	});

	it('compares paths case-sensitively, except for drive letters', () => {
		assert.ok(reaches('x:/a/C:/1.md', ['x:/a/C:']));
		assert.ok(!reaches('x:/a/c:/1.md', ['x:/a/C:']));
	});

	it('compares scheme and host case-insensitively', () => {
		for (const folder of [
			'file://Server/share/archive',
			'VSCODE-VFS://GitHub/me/archive',
			'vscode-remote://WSL+Debian/me',
		])
			for (const uri of [`${folder}/1.md`, URI.parse(`${folder}/1.md`).toString(), `${folder}/1.md`.toLowerCase()])
				assert.ok(reaches(uri, [folder]) && reaches(`${folder}/1.md`, [URI.parse(folder).toString()]), uri);
	});

	it('excludes files above, next to the folder, or in another file system', () => {
		for (const uri of [
			'vscode-vfs://github/me',
			'vscode-vfs://github/me/archives/1.md',
			'vscode-vfs://github/me/Archive/1.md',
			'vscode-vfs://other/me/archive/1.md',
			'file://github/me/archive/1.md',
			'file:///me/archive/1.md',
			`${REMOTE}/1.md?ref=draft`,
		]) {
			assert.ok(!reaches(uri, [REMOTE]), uri);
		}
		assert.ok(!reaches(`${REMOTE}/1.md`, []));
	});

	it('rejects paths with .. in any spelling', () => {
		for (const path of ['..', '../secret', 'a/../../secret', '%2e%2e/secret', 'a/%2E%2E/%2e%2E/secret', './1.md'])
			assert.ok(!reaches(`${REMOTE}/${path}`, [REMOTE]), path);
		assert.ok(!reaches(`${REMOTE}/..%5C..%5Csecret`, [REMOTE]));
		assert.ok(!reaches(`${REMOTE}/1.md%00.png`, [REMOTE]));
		assert.ok(reaches(`${REMOTE}/..a/b..`, [REMOTE]));
	});

	it('includes the folder of an open document', () => {
		const article = 'memfs:/home/me/tide.md';
		assert.ok(reaches('memfs:/home/me/pictures/gauge.png', [], [article]));
		assert.ok(reaches('memfs:/home/me', [], [article]));
		assert.ok(!reaches('memfs:/home/you/diary.md', [], [article]));
		assert.ok(!reaches('memfs:/home', [], [article]));
	});

	it('includes the archive that a folder or document belongs to by its path', () => {
		for (const opened of ['articles', 'articles/bbc', 'articles/bbc/deep', 'lists']) {
			assert.ok(reaches('file:///home/me/archive/pictures/x.png', [`file:///home/me/archive/${opened}`]), opened);
			assert.ok(
				reaches('file:///home/me/archive/lists/bbc.md', [], [`file:///home/me/archive/${opened}/1.md`]),
				opened,
			);
			assert.ok(!reaches('file:///home/me/diary.md', [], [`file:///home/me/archive/${opened}/1.md`]), opened);
		}
		assert.ok(
			!reaches('file:///home/me/lists/x.md', ['file:///home/me/articles/archive/articles/bbc']),
			'the nearest one',
		);
		assert.ok(!reaches('file:///home/me/x.md', ['file:///home/me/my articles/bbc']));
	});

	it('never includes a whole file system because of an archive at its root', () => {
		for (const root of ['', '/c:']) {
			assert.ok(reaches(`file://${root}/lists/bbc.md`, [], [`file://${root}/articles/bbc/1.md`]), root);
			for (const path of ['/etc/passwd', '', '/'])
				assert.ok(!reaches(`file://${root}${path}`, [], [`file://${root}/articles/bbc/1.md`]), root + path);
		}
	});

	it('rejects Windows devices, and ignores the case of drive letters', () => {
		const folder = 'file:///c:/archive';
		assert.ok(reaches('file:///C:/archive/1.md', [folder]));
		assert.ok(reaches('file:///c%3A/archive/1.md', ['file:///C:/archive']));
		for (const name of ['con', 'NUL.txt', 'com1', 'a/aux.png', 'lpt¹.md', 'con /x', 'nul:x', 'conin$'])
			assert.ok(!reaches(`${folder}/${name}`, [folder]), name);
		for (const name of ['con', 'aux.md']) assert.ok(reaches(`file:///archive/${name}`, ['file:///archive']), name);
		for (const name of ['icon.png', 'console', 'com10.md', 'nullity.md'])
			assert.ok(reaches(`${folder}/${name}`, [folder]), name);
	});

	it('includes only files of the host of a folder', () => {
		const share = 'file://server/share/archive';
		assert.ok(reaches(`${share}/1.md`, [share]));
		for (const uri of [
			'file://server/share/other/1.md',
			'file://other/share/archive/1.md',
			'file:///share/archive/1.md',
		])
			assert.ok(!reaches(uri, [share]), uri);
		assert.ok(
			!createReach(opened(['file:///'])).rootOf({ scheme: 'file', authority: '', path: '//server/share', query: '' }),
		);
	});

	it('adds nothing for a document at the root of a file system, or an unsaved one', () => {
		assert.ok(!reaches('memfs:/etc/passwd', [], ['memfs:/tide.md']));
		assert.ok(!reaches('untitled:Untitled-2', [], ['untitled:Untitled-1']));
	});

	it('never leaves the folder when a file system normalises a path', () => {
		const segment = fc.oneof(fc.constantFrom('..', '.', '', 'a', '...', '..\\..'), fc.string({ maxLength: 4 }));
		fc.assert(
			fc.property(fc.array(segment, { maxLength: 8 }), segments => {
				const path = `/root/${segments.join('/')}`;
				if (!createReach(opened(['x:/root'])).rootOf({ scheme: 'x', authority: '', path, query: '' })) return;
				const taken: string[] = [];
				for (const name of path.split(/[/\\]/)) {
					if (name === '..') taken.pop();
					else if (name !== '' && name !== '.') taken.push(name);
				}
				assert.equal(taken[0], 'root');
			}),
		);
	});
});
