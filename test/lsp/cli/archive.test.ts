import assert from 'node:assert/strict';
import { article, temporaryFolder } from './support.ts';

describe('marginalia check of an archive', () => {
	const folder = temporaryFolder();
	const problems = async (...args: readonly string[]): Promise<string[]> => {
		const { stdout } = await folder.check('--format', 'json', ...args);
		const { files } = JSON.parse(stdout) as {
			files: { path: string; problems: { rule: string; line: number; message: string }[] }[];
		};
		return files.flatMap(file =>
			file.problems.map(({ rule, line, message }) => `${file.path}:${line} ${rule} ${message}`),
		);
	};

	it('compares lists with existing files', async () => {
		folder.put({
			'articles/harbour/1001_渡轮.md': article('<p>深夜</p>', '渡轮'),
			'lists/harbour.md': [
				'Harbour\n------\n',
				'12-16 [渡轮](/articles/harbour/1001_%E6%B8%A1%E8%BD%AE.md)\n',
				'12-16 [夜渡](/articles/harbour/1001_渡轮.md)\n',
				'12-15 [Ebb](/articles/harbour/1000.md)\n',
				'[more](/articles/harbour)\n',
			].join('\n'),
		});
		assert.deepEqual(await problems(), [
			'lists/harbour.md:6 list/duplicate Duplicate entry: the list already contains /articles/harbour/1001_渡轮.md',
			'lists/harbour.md:6 list/title-mismatch The title differs from the title of the article: 渡轮',
			'lists/harbour.md:8 list/missing-file The file /articles/harbour/1000.md does not exist in the archive',
		]);
	});

	it('finds duplicate sources within one archive', async () => {
		const copy = article('<p>Again.</p>').replace('https://harbour', 'http://www.harbour');
		folder.put({
			'one/articles/1.md': article('<p>Once.</p>'),
			'one/articles/2.md': copy,
			'two/articles/1.md': copy,
		});
		const said = 'archive/duplicate-source The archive contains another copy of this page:';
		assert.deepEqual(await problems(), [
			`one/articles/1.md:2 ${said} one/articles/2.md`,
			`one/articles/2.md:2 ${said} one/articles/1.md`,
			...(await problems('two')),
		]);
		assert.deepEqual(await problems('one/articles/1.md', 'two'), []);
	});

	it('finds duplicate sources in any folder', async () => {
		folder.put({ 'a/1041947.md': article('<p>Once.</p>'), 'b/c/1041947_tide.md': article('<p>Again.</p>') });
		const said = 'archive/duplicate-source The archive contains another copy of this page:';
		assert.deepEqual(await problems('.'), [
			`a/1041947.md:2 ${said} b/c/1041947_tide.md`,
			`b/c/1041947_tide.md:2 ${said} a/1041947.md`,
		]);
		assert.deepEqual(await problems('a', 'b'), []);
	});

	it('treats a URL as a file if its folder exists', async () => {
		folder.put({
			'articles/1.md': article(
				'<p><a href="notes/1.html">1</a> <a href="notes/2.html">2</a> <a href="other/3.html">3</a> <a href="2.md">4</a></p>',
			),
			'articles/notes/1.html': '',
		});
		assert.deepEqual(await problems('--quiet'), [
			'articles/1.md:5 link/missing-file The file notes/2.html does not exist in the archive',
			'articles/1.md:5 link/missing-file The file 2.md does not exist in the archive',
		]);
	});
});
