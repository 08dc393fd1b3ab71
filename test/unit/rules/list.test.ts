import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { checkArticle } from '../../../server/src/rules/check.ts';
import type { RuleContext } from '../../../server/src/rules/rule.ts';
import { ARCHIVED, assertFindings, assertFixed, check, contextOf, fixes, inArticle, SOURCE } from './support.ts';

/** Returns a list with these lines below its title. */
const list = (...lines: readonly string[]): string => `海港新闻\n------\n\n${lines.join('\n\n')}\n`;

const TIDE = '12-16 [潮水退去之后](/articles/news/1001.md)';

describe('rules: list', () => {
	it('list/missing-file reports entries for missing files, with a fix that removes them', () => {
		assertFixed(
			'list/missing-file',
			list(
				'12-17 [渡轮](/articles/news/1002.md)',
				TIDE,
				'[网页](https://news.example/)',
				'12-15 [退潮](/articles/news/1000.md)',
			),
			[
				['/articles/news/1002.md', 'The file /articles/news/1002.md does not exist in the archive'],
				['/articles/news/1000.md', 'The file /articles/news/1000.md does not exist in the archive'],
			],
			list(TIDE, '[网页](https://news.example/)').concat('\n'),
		);
		assert.equal(fixes('list/missing-file', list('[渡轮](/articles/news/1002.md)'))[0]?.preferred, false);
	});

	it('list/duplicate reports a repeated file under any title', () => {
		const text = list(TIDE, '12-16 [潮水](/articles/news/1001.md)', TIDE, '[a](x.md)', '[a](x.md)');
		assertFixed(
			'list/duplicate',
			text,
			[
				['12-16 [潮水](/articles/news/1001.md)', 'Duplicate entry: the list already contains /articles/news/1001.md'],
				[TIDE, 'Duplicate entry: the list already contains /articles/news/1001.md'],
				['[a](x.md)', 'Duplicate entry: the list already contains x.md'],
			],
			list(TIDE, '[a](x.md)').concat('\n'),
		);
		assert.deepEqual(
			fixes('list/duplicate', text).map(({ preferred }) => preferred),
			[false, true, true],
		);
	});

	it('list/title-mismatch copies the title of the article', () => {
		assertFixed(
			'list/title-mismatch',
			list('12-16 [潮水](/articles/news/1001.md)'),
			[['潮水', 'The title differs from the title of the article: 潮水退去之后']],
			list(TIDE),
		);
		assertFindings('list/title-mismatch', list('[ 潮水退去之后 ](/articles/news/1001.md)'), []);
	});
});

describe('rules: archive', () => {
	it('archive/duplicate-source lists the other copies', () => {
		const text = inArticle('<p>退潮</p>').replace(/\(.*\)/, `(${ARCHIVED})`);
		assertFindings('archive/duplicate-source', text, [
			[ARCHIVED, 'The archive contains another copy of this page: articles/news/1001.md'],
		]);
		assert.deepEqual(
			check(text).flatMap(({ related }) => related?.map(({ uri }) => uri)),
			['file:///archive/articles/news/1001.md'],
		);
	});

	it('archive/duplicate-source names articles with the same text, unless they are copies of the page', () => {
		const article = parseArticle(inArticle('<p>退潮</p>'));
		const copy = { uri: 'file:///archive/1.md', path: '1.md' };
		const others = [
			copy,
			...Array.from({ length: 3 }, (_, at) => ({ uri: `file:///archive/${at}0.md`, path: `${at}0.md` })),
		];
		const said = (part: Partial<RuleContext>): unknown =>
			checkArticle({ ...contextOf(article), ...part }).map(({ message, related, span }) => [
				article.text.slice(span.start, span.end),
				message,
				related?.length,
			]);
		assert.deepEqual(said({ sameText: [copy] }), [
			['潮水退去之后', 'The archive contains the same text from another page: 1.md', 1],
		]);
		assert.deepEqual(said({ sameText: others, copies: [copy] }), [
			['潮水退去之后', 'The archive contains the same text from another page: 00.md and 2 more', 3],
			[SOURCE, 'The archive contains another copy of this page: 1.md', 1],
		]);
	});
});
