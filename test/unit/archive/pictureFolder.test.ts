import assert from 'node:assert/strict';
import { createIndex } from '../../../server/src/archive/archive.ts';
import { indexDocument } from '../../../server/src/archive/entry.ts';
import { pictureFolder } from '../../../server/src/archive/pictureFolder.ts';
import { parseDocument } from '../../../server/src/article/article.ts';
import { createFiles, HEAD } from '../languageFeatures/harness.ts';

const ROOT = 'file:///archive';

/** Returns the picture folder of an article, relative to the root, in an archive with these articles and the images that each shows. */
async function folderFor(
	path: string,
	articles: Readonly<Record<string, readonly string[]>>,
	pictures: readonly string[] = [],
): Promise<string> {
	const index = createIndex(ROOT);
	for (const [name, images] of Object.entries(articles)) {
		const text = HEAD + images.map(src => `<img src="${src}">`).join('');
		index.set(indexDocument(`${ROOT}/${encodeURI(name)}`, ROOT, parseDocument(text)));
	}
	const files = createFiles(Object.fromEntries(pictures.map(name => [`${ROOT}/${encodeURI(name)}`, 'x'])));
	return decodeURI(await pictureFolder(`${ROOT}/${encodeURI(path)}`, index, files)).slice(ROOT.length + 1);
}

describe('the folder for pictures', () => {
	it('is where the article keeps its own', async () => {
		const articles = { 'articles/a/1.md': ['own/x.png'], 'articles/a/2.md': ['other/x.png', 'other/y.png'] };
		const pictures = ['articles/a/own/x.png', 'articles/a/other/x.png'];
		assert.equal(await folderFor('articles/a/1.md', articles, pictures), 'articles/a/own');
	});

	it('is where most articles next to it keep theirs', async () => {
		const articles = {
			'articles/a/2.md': ['one/x.png'],
			'articles/a/3.md': ['two/x.png', 'two/y.png'],
			'articles/b/4.md': ['one/x.png', 'one/y.png', 'one/z.png'],
		};
		const pictures = ['articles/a/one/x.png', 'articles/a/two/x.png', 'articles/b/one/x.png'];
		assert.equal(await folderFor('articles/a/1.md', articles, pictures), 'articles/a/two');
	});

	it('has the name of the folder of the article, as elsewhere', async () => {
		const articles = { 'articles/渡口/1.md': ['../../images/渡口/x.png'] };
		const pictures = ['images/渡口/x.png'];
		assert.equal(await folderFor('articles/courier/2.md', articles, pictures), 'images/courier');
	});

	it('has the name of the article, as elsewhere', async () => {
		const articles = { 'articles/a/1_x.md': ['1_x.assets/x.png'], 'articles/a/12.md': ['12/x.png', '12/y.png'] };
		const pictures = ['articles/a/1_x.assets/x.png', 'articles/a/12/x.png'];
		assert.equal(await folderFor('articles/a/3.md', articles, pictures), 'articles/a/3');
		assert.equal(
			await folderFor('articles/a/3.md', { 'articles/a/1_x.md': articles['articles/a/1_x.md'] }, pictures),
			'articles/a/3.assets',
		);
	});

	it('is what most sources have, not what one source has most often', async () => {
		const articles = {
			'articles/a/1.md': ['pictures/x.png'],
			'articles/b/1.md': ['pictures/x.png'],
			'articles/c/1.md': ['../a/pictures/x.png', '../a/pictures/y.png', '../a/pictures/z.png'],
		};
		const pictures = ['articles/a/pictures/x.png', 'articles/b/pictures/x.png'];
		assert.equal(await folderFor('articles/d/1.md', articles, pictures), 'articles/d/pictures');
	});

	it('is not learnt from relative URLs of pages', async () => {
		const articles = { 'articles/a/1.md': ['img/logo.png', 'img/a.png'], 'articles/a/2.md': ['photos/x.png'] };
		const pictures = ['articles/a/photos/x.png'];
		assert.equal(await folderFor('articles/a/1.md', articles, pictures), 'articles/a/photos');
	});

	it('is not outside the archive', async () => {
		const articles = { 'articles/deep/a/1.md': ['../../../top/x.png'] };
		assert.equal(await folderFor('articles/2.md', articles, ['top/x.png']), 'articles/pictures');
	});

	it('has a usual name if there are no local images', async () => {
		assert.equal(await folderFor('articles/a/1.md', {}), 'articles/a/pictures');
		assert.equal(await folderFor('articles/a/1.md', {}, ['articles/a/img/x.png']), 'articles/a/img');
		assert.equal(await folderFor('articles/a/1.md', {}, ['images/x.png']), 'images');
	});
});
