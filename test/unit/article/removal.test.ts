import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseConfiguration } from '../../../server/src/archive/configuration.ts';
import { type Article, parseArticle } from '../../../server/src/article/article.ts';
import { applyEdits } from '../../../server/src/article/edits.ts';
import { collapse, expand } from '../../../server/src/article/format.ts';
import { removeRegions } from '../../../server/src/article/removal.ts';
import { runs } from '../../support/runs.ts';

const HEAD = '<!--1577182863000-->\n[A dry title](https://courier.example/2019/story/)\n------\n\n';
const PROSE = '<p>The water left early, and nobody in the town could say why it had gone so soon this year.</p>';
const BOX = '<div class="box">Read this</div>';

/** Parses an article in which elements with the class `box` are furniture. */
function parse(body: string): Article {
	const { configuration } = parseConfiguration('{ "sources": { "courier.example": { "furniture": [".box"] } } }', []);
	return parseArticle(HEAD + body, { furniture: true, sources: configuration.sources });
}

/** Removes all furniture. Returns the body that remains. */
function remainder(body: string): string {
	const article = parse(body);
	const { edits, article: made } = removeRegions(article, article.regions.furniture);
	assert.equal(applyEdits(article.text, edits), made.text);
	return made.text.slice(HEAD.length);
}

describe('removing furniture', () => {
	for (const [title, body, expected] of [
		['in archive form', `${PROSE}${BOX}${PROSE}\n`, `${PROSE}${PROSE}\n`],
		['at the start', `${BOX} ${PROSE}`, PROSE],
		['at the end', `${PROSE} ${BOX}\n`, `${PROSE}\n`],
		['several in a row', `${PROSE}${BOX} ${BOX}\n${BOX}${PROSE}`, `${PROSE}\n${PROSE}`],
		['at the end of a text without a last line break', `${PROSE}\n${BOX}`, PROSE],
		['within a sentence', `<p>The<b class="box">!</b> water</p>${PROSE}`, `<p>The water</p>${PROSE}`],
		['between words', `<p>The <b class="box">!</b> water</p>${PROSE}`, `<p>The water</p>${PROSE}`],
		[
			'between paragraphs without tags',
			`<div>The water${BOX}left early</div>${PROSE}`,
			`<div>The water<br>left early</div>${PROSE}`,
		],
		[
			'between paragraphs that have line breaks already',
			`<div>The water<br>${BOX}left early</div>${PROSE}`,
			`<div>The water<br>left early</div>${PROSE}`,
		],
		['in preformatted text', `<pre>a\n <i class="box">x</i> b</pre>${PROSE}`, `<pre>a\n  b</pre>${PROSE}`],
	] as const) {
		it(`leaves no gap: ${title}`, () => assert.equal(remainder(body), expected));
	}

	it('keeps an article expanded, with its indentation', () => {
		for (const indent of ['\t', '  ', '']) {
			const body = `<section>${BOX}${PROSE}${BOX}<blockquote>${PROSE}${BOX}</blockquote>${BOX}</section>${BOX}`;
			const expanded = expand(HEAD + body, indent).slice(HEAD.length);
			assert.equal(
				remainder(expanded),
				expand(`${HEAD}<section>${PROSE}<blockquote>${PROSE}</blockquote></section>`, indent).slice(HEAD.length),
			);
		}
	});

	it('leaves what the rest depends on', () => {
		// Without the element, the paragraph would not end there.
		const body = `<p>The water ${BOX} left early</p>${PROSE}`;
		const article = parse(body);
		const { edits, removed, left } = removeRegions(article, article.regions.furniture);
		assert.deepEqual([edits, removed, left], [[], [], article.regions.furniture]);
		// Others are removed all the same.
		assert.equal(remainder(`${BOX}${body}${BOX}`), body);
	});

	it('leaves an article whose body is Markdown, or that has a merge conflict', () => {
		for (const body of [`${BOX}\n\n## Not HTML\n\n* one\n* two\n`, `<<<<<<< a\n${BOX}\n=======\n>>>>>>> b\n${PROSE}`]) {
			const article = parse(body);
			assert.deepEqual(removeRegions(article, article.regions.furniture).edits, []);
		}
	});

	it('keeps elements, words and forms of any article, and finds nothing to remove again', () => {
		const block = fc.letrec<{ block: string }>(tie => ({
			block: fc.oneof(
				{ maxDepth: 3 },
				fc.constantFrom(PROSE, BOX, ' ', 'words', '<br>', '<p>', '</p>', '<b>', '</b>', '<i class="box">x</i>'),
				fc.constantFrom(
					'<table><tr><td>1',
					'</table>',
					'<li class="box">x',
					'<!-- note: x -->',
					'<a class="box" href="/1">',
				),
				fc
					.tuple(fc.constantFrom('div', 'section', 'ul', 'pre'), fc.array(tie('block'), { maxLength: 4 }))
					.map(([name, content]) => `<${name}>${content.join('')}</${name}>`),
			),
		})).block;
		fc.assert(
			fc.property(
				fc.array(block, { maxLength: 8 }),
				fc.constantFrom('as it is', 'expanded', 'collapsed'),
				(blocks, form) => {
					const plain = HEAD + blocks.join('');
					const text = form === 'expanded' ? expand(plain) : form === 'collapsed' ? collapse(plain) : plain;
					const article = parse(text.slice(HEAD.length));
					const { article: made, removed, left } = removeRegions(article, article.regions.furniture);
					assert.equal(removed.length + left.length, article.regions.furniture.length);
					assert.equal(words(made.content.value), words(without(article, removed)));
					if (removed.length > 0 && form === 'expanded' && collapse(text) !== text)
						assert.equal(expand(made.text), made.text);
					if (removed.length > 0 && form === 'collapsed') assert.equal(collapse(made.text), made.text);
					assert.equal(removeRegions(made, made.regions.furniture.slice(left.length)).removed.length, 0);
				},
			),
			{ numRuns: runs(1000) },
		);
	});
});

/** Returns the text of an article without that of some regions. */
function without({ content }: Article, regions: Article['regions']['furniture']): string {
	let text = '';
	let from = 0;
	for (const { span } of regions) {
		text += content.value.slice(from, Math.max(from, content.toContent(span.start)));
		from = Math.max(from, content.toContent(span.end));
	}
	return text + content.value.slice(from);
}

function words(text: string): string {
	return text.replace(/\s+/g, '');
}
