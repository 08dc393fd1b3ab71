import assert from 'node:assert/strict';
import {
	archiveAround,
	headText,
	isBlank,
	type LineSource,
	shouldBecomeArticle,
} from '../../../../client/src/article/detection.ts';
import { DETECTION_LENGTH } from '../../../../server/src/article/detect.ts';

/** A document that counts the lines read. */
function documentOf(text: string): LineSource & { readonly read: Set<number> } {
	const lines = text.split(/\r\n|\r|\n/);
	const read = new Set<number>();
	return {
		read,
		lineCount: lines.length,
		lineAt: line => {
			read.add(line);
			const content = lines[line];
			if (content === undefined) throw new RangeError(`no line ${line}`);
			return { text: content };
		},
	};
}

const ARTICLE = '<!--1639640221000-->\n[渡轮[三号线]复航](https://news.example/ferry_(1)/)\n------\n\n<p>正文</p>\n';
const LIST = '港口新闻\n------\n\n9-1 [渡轮复航](/articles/harbour/1001.md)\n';

describe('detection in the client', () => {
	it('recognises articles and lists in plain text, Markdown and HTML', () => {
		for (const language of ['plaintext', 'markdown', 'html']) {
			assert.equal(shouldBecomeArticle(language, documentOf(ARTICLE)), true, language);
			assert.equal(shouldBecomeArticle(language, documentOf(LIST)), true, language);
		}
	});

	it('keeps every other language', () => {
		for (const language of ['article', 'mdx', 'json', 'search-result', 'Log', 'vue']) {
			assert.equal(shouldBecomeArticle(language, documentOf(ARTICLE)), false, language);
		}
	});

	it('ignores documents that are not articles', () => {
		const others = [
			'',
			'\n\n',
			'# A heading\n\nText.\n',
			'[A link heading](https://news.example/)\n------\n\nMarkdown below it.\n',
			'---\ntitle: A page\nlayout: default\n---\n\n<p>Not an article: nowhere from</p>\n',
			'<!DOCTYPE html>\n<p>A page</p>\n',
			'Shopping\n------\n\n- milk\n- bread\n',
		];
		for (const text of others) assert.equal(shouldBecomeArticle('markdown', documentOf(text)), false, text);
	});

	it('reads only the head of a long document', () => {
		const long = documentOf(`${ARTICLE}${'<p>one more paragraph</p>\n'.repeat(100_000)}`);
		assert.equal(shouldBecomeArticle('markdown', long), true);
		assert.ok(long.read.size < 1000, `${long.read.size} lines`);

		const oneLine = `<p>${'字'.repeat(500_000)}</p>`;
		assert.equal(headText(documentOf(oneLine)), oneLine.slice(0, DETECTION_LENGTH + 1));
		assert.equal(shouldBecomeArticle('plaintext', documentOf(ARTICLE + oneLine)), true);
	});

	it('joins lines as in the text', () => {
		assert.equal(headText(documentOf('a\r\nb\n\nc')), 'a\nb\n\nc');
		assert.equal(headText(documentOf('a\n')), 'a\n');
	});

	it('identifies blank documents', () => {
		assert.equal(isBlank(documentOf('')), true);
		assert.equal(isBlank(documentOf(' \n\t\u3000\n')), true);
		assert.equal(isBlank(documentOf('\n\nx')), false);
		assert.equal(isBlank(documentOf('\n'.repeat(10_000))), false);
	});

	it('takes the path of an empty file for that of an article below articles/ alone', () => {
		assert.equal(archiveAround('/archive/articles/harbour/潮.md'), '/archive');
		assert.equal(archiveAround('/articles/site/articles/harbour/old/1.TXT'), '/articles/site');
		assert.equal(archiveAround('/articles/1.md'), '');
		for (const path of [
			'/archive/lists/harbour.md',
			'/archive/articles.md',
			'/archive/articles/harbour/README.md',
			'/archive/articles/harbour/index.md',
			'/archive/articles/harbour/data.json',
			'/archive/my-articles/1.md',
		])
			assert.equal(archiveAround(path), undefined, path);
	});
});
