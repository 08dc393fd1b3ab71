import assert from 'node:assert/strict';
import { findArchiveRoot, resolveEntry } from '../../../server/src/links/archiveRoot.ts';
import { createFiles } from '../languageFeatures/harness.ts';

describe('findArchiveRoot', () => {
	const files = createFiles({
		'file:///home/me/archive/articles/bbc/1.md': '',
		'file:///home/me/archive/lists/bbc.md': '',
		'file:///home/me/notes/a.md': '',
	});

	it('finds the nearest folder that contains articles or lists', async () => {
		for (const name of ['articles/bbc/1.md', 'articles/bbc/deep/er/2.md', 'lists/bbc.md', 'index.md'])
			assert.equal(await findArchiveRoot(`file:///home/me/archive/${name}`, files), 'file:///home/me/archive');
	});

	it('finds no root for other files', async () => {
		assert.equal(await findArchiveRoot('file:///home/me/notes/a.md', files), undefined);
		assert.equal(await findArchiveRoot('untitled:Untitled-1', files), undefined);
	});
});

describe('resolveEntry', () => {
	const list = 'file:///archive/lists/bbc.md';
	const read = (value: string, root: string | undefined = 'file:///archive'): string | undefined =>
		resolveEntry(list, root, value);

	it('resolves relative to the root, or to the list', () => {
		assert.equal(read('/articles/bbc/1.md'), 'file:///archive/articles/bbc/1.md');
		assert.equal(read('more/2.md'), 'file:///archive/lists/more/2.md');
		assert.equal(read('../x.md'), 'file:///archive/x.md');
	});

	it('accepts paths with and without percent-encoding', () => {
		const target = 'file:///archive/articles/%E6%B8%AF%20%E5%8F%A3.md';
		assert.equal(read('/articles/港 口.md'), target);
		assert.equal(read('/articles/%E6%B8%AF%20%E5%8F%A3.md'), target);
		assert.equal(read('/articles/100%_x.md'), 'file:///archive/articles/100%25_x.md');
	});

	it('resolves URLs of the web, and rejects invalid ones', () => {
		assert.equal(read('https://a.example/港'), 'https://a.example/%E6%B8%AF');
		assert.equal(read('https://a b/'), undefined);
		assert.equal(read(' '), undefined);
		assert.equal(resolveEntry(list, undefined, '/articles/1.md'), undefined);
		assert.equal(resolveEntry(list, undefined, '1.md'), 'file:///archive/lists/1.md');
	});
});
