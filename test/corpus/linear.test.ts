import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createTextModel } from '../../server/src/annotations/anchor/textModel.ts';
import { NOTE_KINDS } from '../../server/src/annotations/kinds.ts';
import { parseArticle, parseDocument } from '../../server/src/article/article.ts';
import { collapse, expand } from '../../server/src/article/format.ts';
import { findMarkdown } from '../../server/src/article/markdown.ts';
import { span } from '../../server/src/article/span.ts';
import { markupEdits } from '../../server/src/languageFeatures/markupEdits/markupEdits.ts';
import { lines, text } from '../../server/src/markdown/tree.ts';
import { writeMarkdown } from '../../server/src/markdown/write.ts';
import { MARKUP } from '../../server/src/protocol/editing.ts';
import { checkArticle } from '../../server/src/rules/check.ts';
import { createLimiter } from '../../server/src/util/limiter.ts';
import { runs } from '../support/runs.ts';
import { HEAD } from '../unit/languageFeatures/harness.ts';
import { hardText, render, visible } from '../unit/markdown/rendered.ts';
import { draw, textOf } from '../unit/reader/support.ts';
import { check, contextOf, inArticle } from '../unit/rules/support.ts';

/** An expanded body, indented with spaces instead of tabs. */
const expandedBody = (body: string): string => expand(HEAD + body, '  ').slice(HEAD.length);

describe('the engine, in linear time,', function () {
	// Work that is not linear takes longer.
	this.timeout(300_000);

	it('checks articles with all rules', () => {
		const units = [
			'<p>',
			'<div>',
			'<b>',
			'</p>',
			'<a href="x">',
			'<a href="#x">y</a>',
			'<a href="">',
			'<a>',
			'<table><tr><td><a href="x">',
			'<figure>',
			'<p id="a">',
			'<i><b></i>',
			'<p><b>',
			'<img>',
			'<img src="data:,">',
			'<a href="ttps://a.example">',
			'&nbps;',
			'<p a"b>',
			'<p <b>',
			'\b',
			'</>',
			'<![CDATA[>',
			'<!x>',
			'<p a a>',
			'<img srcset="a 1x, b 1x">',
			'<a href="x"></a>',
		];
		for (const unit of units) {
			const text = inArticle(unit.repeat(Math.ceil(20_000 / unit.length)));
			const context = contextOf(parseArticle(text));
			for (const { span } of checkArticle(context)) assert.ok(span.end <= text.length, unit);
		}
	});

	it('checks long values with all rules', () => {
		for (const value of [
			' '.repeat(400_000),
			'a'.repeat(400_000),
			'\u200b'.repeat(400_000),
			', '.repeat(200_000),
			'a.'.repeat(200_000),
			'%20'.repeat(100_000),
			'https:'.repeat(60_000),
			'javascript'.repeat(40_000),
		]) {
			check(
				inArticle(
					`<a href="${value}" title="x">x</a><img src="${value}" srcset="${value}" alt="x"><p style="${value}">`,
				),
			);
			check(`<!--1639640221000-->\n[${value}](${value})\n------\n\n<p>x</p>\n`);
		}
	});

	it('detects Markdown bodies, whatever is unclosed', () => {
		for (const piece of [
			'```a\n',
			'~~~~\n```b\n',
			'[',
			'**a',
			'*',
			'`',
			'<pre></pre>',
			'<pre>\n',
			'<!--',
			'_a',
			'- \n',
			'> ',
		])
			findMarkdown(piece.repeat(1_000_000 / piece.length), 0);
	});

	it('expands deeply nested bodies to a proportional size', () => {
		const body = '<div>'.repeat(20_000) + '</div>'.repeat(20_000);
		const made = expandedBody(body);
		assert.ok(made.length < 5 * body.length, `${made.length}`);
		assert.equal(collapse(HEAD + made), HEAD + body);
		const spaces = `<p>a</p>${' '.repeat(200_000)}<p>b</p>`;
		assert.equal(expandedBody(`${spaces}${'\n \n'.repeat(100_000)}<p>c</p>`), `${spaces}\n\n<p>c</p>`);
		assert.equal(collapse(HEAD + spaces.repeat(2)), HEAD + spaces.repeat(2));
	});

	it('draws 20,000 nested elements for the reader, and keeps their text', () => {
		for (const tag of ['div', 'b', 'blockquote', 'ul><li', 'span', 'a href="/x"']) {
			const view = draw(`${HEAD}${`<${tag}>`.repeat(20_000)}deep`);
			assert.equal(view.blocks.map(({ content }) => textOf(content.markup)).join(''), 'deep', tag);
		}
	});

	it('toggles markup, on all of an article and at many cursors', () => {
		for (const unit of [
			'<p>a b</p>',
			'<i><b>a</b></i>',
			'<ul><li>a',
			'<blockquote><p>a</p></blockquote><p>b</p>',
			'<ul><li>a</li></ul><p>b</p>',
			'<p>a</p><!-- b -->',
			'<mark>a</mark><!-- note: b -->',
			'<b>a<i>b</i>',
			'<table><tr><td>a',
		]) {
			const parsed = parseDocument(HEAD + unit.repeat(3000));
			const end = HEAD.length + unit.length * 3000;
			const cursors = Array.from({ length: 500 }, (_, at) => HEAD.length + unit.length * at + unit.indexOf('a'));
			for (const markup of MARKUP)
				for (const selections of [[span(HEAD.length, end)], cursors.map(at => span(at, at))])
					markupEdits(parsed, selections, markup, 'span', NOTE_KINDS);
		}
		// Many cursors in one block that is deep.
		const deep = parseDocument(HEAD + '<b>'.repeat(100_000));
		const cursors = Array.from({ length: 20_000 }, (_, at) => span(HEAD.length + at * 15, HEAD.length + at * 15));
		const started = performance.now();
		for (const markup of ['heading2', 'quote', 'list'] as const)
			markupEdits(deep, cursors, markup, undefined, NOTE_KINDS);
		assert.ok(performance.now() - started < 10_000);
	});

	it('creates text models', () => {
		for (const unit of ['e\u0301', '\u0301', ' ', '…', 'ﷺ', 'a', '好', '👍']) {
			const model = createTextModel(unit.repeat(100_000));
			assert.ok(model.grams.places('好好', 0).length >= 0 && model.toCodePoint(100_000) > 0);
		}
	});

	it('serialises texts as Markdown that shows them unchanged', () => {
		const long = fc.array(hardText(), { minLength: 200, maxLength: 300 }).map(parts => parts.join(' '));
		fc.assert(
			fc.property(long, value => {
				const shown = render(writeMarkdown(lines(text(value))));
				assert.deepEqual([shown.text, shown.pictures, shown.links], [visible(value), [], []]);
			}),
			{ numRuns: runs(10) },
		);
		for (const hard of ['[', '\\', '`', '![', 'a@b.c ', 'https://', '<'])
			assert.ok(writeMarkdown(lines(text(hard.repeat(100_000)))).length > 100_000);
	});

	it('runs tasks in constant time each', async () => {
		const limiter = createLimiter(1);
		const ran = await Promise.all(Array.from({ length: 1_000_000 }, (_, index) => limiter.run(async () => index)));
		assert.deepEqual([ran.length, ran.at(-1)], [1_000_000, 999_999]);
	});
});
