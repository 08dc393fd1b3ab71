import assert from 'node:assert/strict';
import fc from 'fast-check';
import { URI, Utils } from 'vscode-uri';
import {
	displayName,
	folderAround,
	folderOf,
	isBelow,
	isInFolder,
	joinUri,
	normalFolder,
	normalUri,
	pathBelow,
	pathOf,
	restBelow,
	withEnding,
	withoutEnding,
} from '../../../server/src/util/uri.ts';

const ROOT = 'gitlab-remote://gitlab.example/archive?project=7&ref=main';
const FILE = 'gitlab-remote://gitlab.example/archive/articles/1.md?project=7&ref=main';

describe('a URI with a query', () => {
	it('keeps it for files next to, above and below a file, as it is written', () => {
		assert.equal(folderOf(FILE), 'gitlab-remote://gitlab.example/archive/articles?project=7&ref=main');
		assert.equal(folderOf(folderOf(FILE)), ROOT);
		assert.equal(joinUri(ROOT, 'articles/1.md'), FILE);
		assert.equal(joinUri(folderOf(FILE), '../marginalia.json'), joinUri(ROOT, 'marginalia.json'));
		assert.equal(
			joinUri(ROOT, 'lists/渡 轮.md'),
			'gitlab-remote://gitlab.example/archive/lists/%E6%B8%A1%20%E8%BD%AE.md?project=7&ref=main',
		);
		assert.equal(withEnding('x:/1.md?ref=a', '.annotations.jsonld'), 'x:/1.md.annotations.jsonld?ref=a');
		assert.equal(withoutEnding('x:/1.md.annotations.jsonld?ref=a', '.annotations.jsonld'), 'x:/1.md?ref=a');
		assert.equal(withoutEnding('x:/1.md?ref=a.annotations.jsonld', '.annotations.jsonld'), undefined);
		assert.equal(folderOf('x:/a/1.md?ref%3Da'), 'x:/a?ref%3Da');
	});

	it('excludes it from names and paths', () => {
		assert.equal(displayName('x:/a/%E6%B8%A1.md?path=b/c.md'), '渡.md');
		assert.equal(displayName('x:/a/100%.md?'), '100%.md');
		assert.equal(pathOf('x://host/a/b%20c.md?d#e'), '/a/b c.md');
	});

	it('is below a folder only if that has the same query', () => {
		assert.equal(restBelow(ROOT, FILE), 'articles/1.md');
		assert.equal(restBelow(ROOT, FILE.replace('main', 'draft')), undefined);
		assert.equal(restBelow(ROOT, 'gitlab-remote://gitlab.example/archive/articles/1.md'), undefined);
		assert.equal(restBelow(ROOT, ROOT), undefined);
		assert.ok(!isBelow('x:/ab/1.md?q', 'x:/a?q'));
		assert.ok(isBelow('x:/1.md?q', 'x:/?q'));
		assert.equal(pathBelow('x:/a/?q', 'x:/a/%e6%b8%a1/1.md?q'), '渡/1.md');
		assert.equal(folderAround(FILE, ['file:///archive', ROOT]), ROOT);
		assert.equal(folderAround(ROOT, [ROOT]), ROOT);
		assert.equal(folderAround(FILE, [ROOT.replace('main', 'draft')]), undefined);
	});

	it('is normalised, and keeps other parts than its path', () => {
		assert.equal(normalFolder('x:/a/?ref=a/'), 'x:/a?ref=a/');
		assert.equal(normalFolder('x:/?q'), 'x:/?q');
		assert.equal(normalUri('file:///a/渡.md'), 'file:///a/%E6%B8%A1.md');
		assert.equal(normalUri(normalUri(FILE)), FILE);
		assert.equal(normalUri('x:/a?ref=a/b#c'), 'x:/a?ref=a/b#c');
	});
});

describe('a document that was never saved', () => {
	it('is in no folder', () => {
		for (const uri of ['untitled:Untitled-1', 'untitled:/home/me/new.md', 'buffer:12', ''])
			assert.ok(!isInFolder(uri), uri);
		for (const uri of ['file:///a.md', 'memfs:/a.md', FILE]) assert.ok(isInFolder(uri), uri);
	});
});

describe('a URI without a query', () => {
	it('is joined as by its library', () => {
		const path = fc.array(
			fc.string({ minLength: 1, maxLength: 6 }).filter(name => !/[/\\]|^\.{1,2}$/.test(name)),
			{ maxLength: 4 },
		);
		fc.assert(
			fc.property(path, fc.string({ unit: 'grapheme', maxLength: 6 }), (names, name) => {
				const folder = URI.from({ scheme: 'file', path: `/${names.join('/')}` });
				assert.equal(joinUri(folder.toString(), name), Utils.joinPath(folder, name).toString());
				assert.equal(folderOf(folder.toString()), Utils.dirname(folder).toString());
				assert.equal(normalUri(folder.toString()), folder.toString());
			}),
		);
	});
});
