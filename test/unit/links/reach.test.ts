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

describe('the files that may be touched', () => {
	it('lie in folders that are open, at any depth, and are these folders themselves', () => {
		for (const uri of [REMOTE, `${REMOTE}/`, `${REMOTE}/articles`, `${REMOTE}/articles/%E6%B8%A1/1.md`]) {
			assert.ok(reaches(uri, [REMOTE]), uri);
			assert.ok(reaches(uri, [`${REMOTE}/`]), uri);
		}
		assert.ok(reaches('memfs:/anything/at/all', ['memfs:/']));
		assert.ok(reaches('memfs:/a/1.md?ref=draft', ['memfs:/a?ref=draft']));
		assert.ok(!reaches('memfs:/a/1.md', ['memfs:/a?ref=draft']));
	});

	it('are those of the folders that count, each once, with no slash at its end', () => {
		const { roots } = createReach(opened(['x:/a', 'x:/a//', 'x:/b/articles/bbc'], ['x:/a/1.md', 'x:/c/1.md']));
		assert.deepEqual(
			roots.map(({ path }) => path),
			['/a', '/b/articles/bbc', '/b', '/c'],
		);
	});

	it('lie in no folder whose name differs in its case, even if it looks like a drive', () => {
		assert.ok(reaches('x:/a/C:/1.md', ['x:/a/C:']));
		assert.ok(!reaches('x:/a/c:/1.md', ['x:/a/C:']));
	});

	it('lie there in whichever case the scheme and the machine are written: `URI` writes them in small letters', () => {
		for (const folder of [
			'file://Server/share/archive',
			'VSCODE-VFS://GitHub/me/archive',
			'vscode-remote://WSL+Debian/me',
		])
			for (const uri of [`${folder}/1.md`, URI.parse(`${folder}/1.md`).toString(), `${folder}/1.md`.toLowerCase()])
				assert.ok(reaches(uri, [folder]) && reaches(`${folder}/1.md`, [URI.parse(folder).toString()]), uri);
	});

	it('lie nowhere else: not above, beside, in another file system or at another place of it', () => {
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

	it('never name a way up, however it is written', () => {
		for (const path of ['..', '../secret', 'a/../../secret', '%2e%2e/secret', 'a/%2E%2E/%2e%2E/secret', './1.md'])
			assert.ok(!reaches(`${REMOTE}/${path}`, [REMOTE]), path);
		assert.ok(!reaches(`${REMOTE}/..%5C..%5Csecret`, [REMOTE]));
		assert.ok(!reaches(`${REMOTE}/1.md%00.png`, [REMOTE]));
		assert.ok(reaches(`${REMOTE}/..a/b..`, [REMOTE]));
	});

	it('lie beside an article that was opened by itself, or below', () => {
		const article = 'memfs:/home/me/tide.md';
		assert.ok(reaches('memfs:/home/me/pictures/gauge.png', [], [article]));
		assert.ok(reaches('memfs:/home/me', [], [article]));
		assert.ok(!reaches('memfs:/home/you/diary.md', [], [article]));
		assert.ok(!reaches('memfs:/home', [], [article]));
	});

	it('are those of the archive that a folder or document is part of by its path', () => {
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

	it('are never all of a file system that an archive lies in', () => {
		for (const root of ['', '/c:']) {
			assert.ok(reaches(`file://${root}/lists/bbc.md`, [], [`file://${root}/articles/bbc/1.md`]), root);
			for (const path of ['/etc/passwd', '', '/'])
				assert.ok(!reaches(`file://${root}${path}`, [], [`file://${root}/articles/bbc/1.md`]), root + path);
		}
	});

	it('are no devices of Windows, and its drives have one name each', () => {
		const folder = 'file:///c:/archive';
		assert.ok(reaches('file:///C:/archive/1.md', [folder]));
		assert.ok(reaches('file:///c%3A/archive/1.md', ['file:///C:/archive']));
		for (const name of ['con', 'NUL.txt', 'com1', 'a/aux.png', 'lpt¹.md', 'con /x', 'nul:x', 'conin$'])
			assert.ok(!reaches(`${folder}/${name}`, [folder]), name);
		for (const name of ['con', 'aux.md']) assert.ok(reaches(`file:///archive/${name}`, ['file:///archive']), name);
		for (const name of ['icon.png', 'console', 'com10.md', 'nullity.md'])
			assert.ok(reaches(`${folder}/${name}`, [folder]), name);
	});

	it('are those of the machine that a folder was opened on', () => {
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

	it('are none of an article at the top of a file system, or one that was never saved', () => {
		assert.ok(!reaches('memfs:/etc/passwd', [], ['memfs:/tide.md']));
		assert.ok(!reaches('untitled:Untitled-2', [], ['untitled:Untitled-1']));
	});

	it('stay in the folder when a path is taken as systems take it', () => {
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
