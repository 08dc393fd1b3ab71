import assert from 'node:assert/strict';
import fc from 'fast-check';
import { URI } from 'vscode-uri';
import { isWithinReach } from '../../client/src/reach.ts';

const REMOTE = 'vscode-vfs://github/me/archive';
const opened = (folders: readonly string[], articles: readonly string[] = []) => ({
	folders: folders.map(uri => URI.parse(uri)),
	articles: articles.map(uri => URI.parse(uri)),
});
const reaches = (uri: string, folders: readonly string[], articles?: readonly string[]): boolean =>
	isWithinReach(URI.parse(uri), opened(folders, articles));

describe('the files that the server may have of its client', () => {
	it('lie in folders that are open, at any depth, and are these folders themselves', () => {
		for (const uri of [REMOTE, `${REMOTE}/`, `${REMOTE}/articles`, `${REMOTE}/articles/%E6%B8%A1/1.md`]) {
			assert.ok(reaches(uri, [REMOTE]), uri);
			assert.ok(reaches(uri, [`${REMOTE}/`]), uri);
		}
		assert.ok(reaches('memfs:/anything/at/all', ['memfs:/']));
		assert.ok(reaches('memfs:/a/1.md?ref=draft', ['memfs:/a?ref=draft']));
		assert.ok(!reaches('memfs:/a/1.md', ['memfs:/a?ref=draft']));
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

	it('are none of an article at the top of a file system, or one that was never saved', () => {
		assert.ok(!reaches('memfs:/etc/passwd', [], ['memfs:/tide.md']));
		assert.ok(!reaches('untitled:Untitled-2', [], ['untitled:Untitled-1']));
	});

	it('stay in the folder when a path is taken as systems take it', () => {
		const segment = fc.oneof(fc.constantFrom('..', '.', '', 'a', '...', '..\\..'), fc.string({ maxLength: 4 }));
		fc.assert(
			fc.property(fc.array(segment, { maxLength: 8 }), segments => {
				const path = `/root/${segments.join('/')}`;
				if (!isWithinReach({ scheme: 'x', authority: '', path, query: '' }, opened(['x:/root']))) return;
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
