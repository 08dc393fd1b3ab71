import assert from 'node:assert/strict';
import { type Article, parseArticle, updateDocument } from '../../../server/src/article/article.ts';
import { kept, type Reading } from '../../../server/src/article/kept.ts';
import { textContent } from '../../../server/src/article/label.ts';

describe('kept', () => {
	const head = '[T](https://news.example/)\n------\n\n';
	const body =
		'<section><p id="a">The ebb.</p><p id="b">The flood.</p></section><p id="c">Slack water, and a good many more words.</p>';

	/** Reads the texts of all elements with an id, and returns the ids of those that were not known. */
	function readAll(article: Article, reading: Reading<string>, read: string[]): readonly string[] {
		read.length = 0;
		for (const [index, { nodeName, attributes }] of article.nodes.entries())
			if (attributes.length > 0 || nodeName === 'section')
				assert.equal(kept(article.nodes, index, reading), textContent(article.nodes, index));
		return [...read];
	}

	it('reads an element again only if something inside it was edited', () => {
		const read: string[] = [];
		const reading: Reading<string> = (nodes, index) => {
			read.push(nodes[index]?.attributes[0]?.value ?? nodes[index]?.nodeName ?? '');
			return textContent(nodes, index);
		};
		const before = parseArticle(head + body);
		assert.deepEqual(readAll(before, reading, read), ['section', 'a', 'b', 'c']);
		assert.deepEqual(readAll(before, reading, read), []);
		const after = updateDocument(before, head + body.replace('ebb', 'neap tide'));
		assert.ok(after.kind === 'article');
		assert.deepEqual(readAll(after, reading, read), ['section', 'a']);
	});

	it('keeps the results of several readings apart', () => {
		const { nodes } = parseArticle(head + body);
		assert.equal(
			kept(nodes, 1, () => 'one'),
			'one',
		);
		assert.equal(
			kept(nodes, 1, () => 'two'),
			'two',
		);
	});
});
