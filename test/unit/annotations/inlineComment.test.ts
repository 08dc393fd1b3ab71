import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeComment } from '../../../server/src/annotations/inlineComment.ts';
import { annotationsOf, findInlineThreads } from '../../../server/src/annotations/inlineThreads.ts';
import type { JsonObject } from '../../../server/src/annotations/json.ts';
import { NOTE_KINDS } from '../../../server/src/annotations/kinds.ts';
import type { Annotation } from '../../../server/src/annotations/model.ts';
import { readRemark } from '../../../server/src/annotations/remark.ts';
import { parseArticle } from '../../../server/src/article/article.ts';
import { runs } from '../../support/runs.ts';
import { HEAD } from '../languageFeatures/harness.ts';

const SOURCE = 'https://news.example/2021/tide/';
const PLACED = { id: 'urn:uuid:p', target: SOURCE, isReply: false };

/** An annotation on the whole article. */
function annotation(entries: JsonObject): Annotation {
	return { id: PLACED.id, type: 'Annotation', target: SOURCE, motivation: 'commenting', ...entries };
}

function text(value: string, purpose = 'commenting'): JsonObject {
	return { type: 'TextualBody', format: 'text/markdown', purpose, value };
}

function tag(value: string): JsonObject {
	return { type: 'TextualBody', purpose: 'tagging', value };
}

/** Returns the annotation of a comment, without what it gets from its place. */
function read(comment: string): Annotation {
	const article = parseArticle(`${HEAD}<p><mark>a</mark>${comment}</p>`);
	const inline = { article, source: SOURCE, kinds: NOTE_KINDS };
	const [thread] = findInlineThreads(inline);
	assert.equal(thread?.comments.length, 1, comment);
	const [{ id, target, ...rest }] = annotationsOf(thread, inline);
	return {
		...rest,
		id: id === thread.id ? PLACED.id : id,
		target: typeof target === 'object' && comment.includes('"target"') === false ? SOURCE : target,
	} as Annotation;
}

describe('inline comments', () => {
	it('express in words what words can express', () => {
		const said: readonly (readonly [entries: JsonObject, comment: string])[] = [
			[{ body: text('so it is') }, '<!-- note: so it is -->'],
			[
				{
					motivation: 'questioning',
					body: [text('几点 #潮 ？', 'questioning'), tag('潮'), tag('词汇'), tag('resolved')],
					creator: { type: 'Person', name: 'ines.okafor' },
					created: '2021-12-17T00:00:00Z',
				},
				'<!-- question: 几点 #潮 ？ #词汇 #resolved @ines.okafor 2021-12-17 -->',
			],
			[
				{
					body: text('a'),
					creator: [
						{ type: 'Person', name: 'Ines Okafor' },
						{ type: 'Person', name: '张三' },
					],
				},
				'<!-- note: a @"Ines Okafor" @张三 -->',
			],
		];
		for (const [entries, comment] of said) {
			const one = annotation(entries);
			assert.equal(writeComment(one, PLACED, NOTE_KINDS), comment);
			assert.deepEqual(read(comment), one);
		}
	});

	it('express the rest as JSON, and survive a round trip', () => {
		const others: readonly JsonObject[] = [
			{ id: 'urn:uuid:1', body: text('a') },
			{ body: text('a'), created: '2021-12-17T09:30:00Z', modified: '2022-01-01T00:00:00Z' },
			{ body: text('two\n\nparagraphs --> and <!-- more --!> \u2028') },
			{ body: text('a #tag 2021-12-17') },
			{ body: text('a {"@of":"x"} b') },
			{ body: [text('a'), tag('two words'), tag('-->')] },
			{ body: text('a'), creator: { type: 'Person', name: 'A "B" --> C', id: 'acct:a@b.example' } },
			{ bodyValue: 'a' },
			{ motivation: ['bookmarking', 'x:own'], body: [] },
			{ body: 'https://a.example/', own: { '--': ['-->', null, 1.5] }, rights: 'https://a.example/' },
			{ target: { source: SOURCE, selector: { type: 'CssSelector', value: 'p' }, styleClass: 'red' }, body: text('a') },
		];
		for (const entries of others) {
			const one = annotation(entries);
			const comment = writeComment(one, PLACED, NOTE_KINDS);
			assert.deepEqual(read(comment), one, comment);
			assert.equal(comment.indexOf('-->'), comment.length - 3, comment);
			assert.doesNotMatch(comment, /[\n\r]/);
		}
	});

	it('give edited words precedence over the JSON, and keep the rest', () => {
		const one = annotation({
			id: 'urn:uuid:1',
			body: [text('two\nlines'), tag('a')],
			created: '2021-12-17T09:30:00Z',
			creator: { type: 'Person', name: 'Ines', id: 'acct:ines@a.example' },
			rights: 'https://a.example/',
		});
		const comment = writeComment(one, PLACED, NOTE_KINDS);
		assert.match(comment, /^<!-- note: two lines #a @Ines 2021-12-17 \{"@of":/);
		const edited = read(comment.replace('note: two lines #a', 'question: three words #b'));
		assert.deepEqual(edited, {
			...one,
			motivation: 'questioning',
			body: [text('three words', 'questioning'), tag('b')],
		});
		assert.equal(readRemark(read(comment.replace('@Ines', '@Jonah'))).creator, 'Jonah');
		assert.equal(read(comment.replace('2021-12-17', '2021-12-18')).created, '2021-12-18T00:00:00Z');
	});

	it('can express any annotation', () => {
		const word = fc.constantFrom(
			'a',
			' ',
			'\n',
			'#t',
			'@p',
			'@"x y"',
			'2021-12-17',
			'--',
			'-->',
			'<!--',
			'{"@of":"',
			'"',
			'潮',
			'😀',
			'note:',
			'\u3000',
			'&amp;',
			'\0',
		);
		const said = fc.array(word, { maxLength: 6 }).map(words => words.join(''));
		const one = fc.record(
			{
				id: fc.constantFrom('urn:uuid:1', PLACED.id),
				motivation: fc.constantFrom('questioning', 'highlighting', 'bookmarking', ['replying', 'assessing']),
				body: fc.oneof(
					said,
					fc.array(
						fc.oneof(
							said.map(value => text(value)),
							said.map(tag),
						),
						{ maxLength: 3 },
					),
				),
				creator: said.map(name => ({ type: 'Person', name })),
				created: fc.constantFrom('2021-12-17T00:00:00Z', '2021-12-17T09:30:00Z', 'then'),
				own: fc.jsonValue() as fc.Arbitrary<JsonObject>,
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(one, entries => {
				const whole = annotation(JSON.parse(JSON.stringify(entries)));
				assert.deepEqual(read(writeComment(whole, PLACED, NOTE_KINDS)), whole);
			}),
			{ numRuns: runs(300) },
		);
	});
});
