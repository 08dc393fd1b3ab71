import assert from 'node:assert/strict';
import fc from 'fast-check';
import { comparisonForm, originalOffset } from '../../../server/src/article/comparisonForm.ts';
import { detect } from '../../../server/src/article/detect.ts';
import { applyEdits } from '../../../server/src/article/edits.ts';
import { collapse, expand } from '../../../server/src/article/format.ts';
import { runs } from '../../support/runs.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { text } from './anyText.ts';

/** A text laid out with blank lines between paragraphs, as in VS Code. */
const form = (text: string): ReturnType<typeof comparisonForm> => comparisonForm(text, { blankLines: true });

/** The lines of a body laid out like that. */
const linesOf = (body: string): readonly string[] =>
	form(HEAD + body)
		.text.slice(HEAD.length)
		.split('\n');

/** The lines between the headings x and y, without the blank lines that separate those. */
const between = (text: string): readonly string[] => {
	const [above, below] = ['<h3>x</h3>\n\n', '\n\n<h3>y</h3>'];
	assert.ok(text.includes(above) && text.includes(below), text);
	return text.slice(text.indexOf(above) + above.length, text.indexOf(below)).split('\n');
};

/** Blocks of which each can be recognised in a layout, with the lines that they give. */
const BLOCKS: readonly (readonly [block: string, ...lines: string[]])[] = [
	['<p>The tide turned.</p>', '<p>The tide turned.</p>'],
	['<p>码头上还亮着<b>最后一盏灯</b>。</p>', '<p>码头上还亮着<b>最后一盏灯</b>。</p>'],
	['<h2>Harbour</h2>', '<h2>Harbour</h2>'],
	[
		'<figure><img src="a.jpg"><figcaption>Low tide.</figcaption></figure>',
		'<figure><img src="a.jpg">',
		'<figcaption>Low tide.</figcaption>',
		'</figure>',
	],
	['<ul><li>one</li><li>two</li></ul>', '<ul>', '<li>one</li>', '<li>two</li>', '</ul>'],
	['<div>a<p>b</p><p>c</p></div><p>d</p>', '<div>a', '<p>b</p>', '', '<p>c</p>', '</div>', '<p>d</p>'],
	['<pre>a <b>\n</b>  b\n\n<div>c</div></pre>', '<pre>a <b>', '</b>  b', '', '<div>c</div></pre>'],
	['<p>one<br>two<br><br>three<br></p>', '<p>one<br>', 'two<br><br>', 'three<br></p>'],
	['<p><mark>quay</mark><!-- question: where? --> ends</p>', '<p><mark>quay</mark><!-- question: where? --> ends</p>'],
	['<p>one\n\ttwo  three</p>', '<p>one two  three</p>'],
];

/** What may stand before, after or around blocks, and must not change their lines. */
const SURROUNDINGS: readonly (readonly [before: string, after: string])[] = [
	['', ''],
	['<blockquote>', '</blockquote>'],
	['<div><section><div>', '</div></section></div>'],
	['<p>open <b><i><a href="x">', ''],
	['<span>', ''],
	['<div><p>', ''],
	['</div></p></b>', ''],
	['<table><tr>', ''],
	['<!-- open ', ''],
	['<pre>', ''],
	['<textarea>', ''],
	['<select><option>', ''],
	['<svg><title>', ''],
	['<p title="open>', ''],
	['text ', ' text'],
	['\n\n\t', '\n\n\n'],
];

describe('the comparison form', () => {
	it('puts each block on lines of its own, without indentation', () => {
		assert.deepEqual(linesOf('<div><p>a</p> <hr><!-- note: b --><p></p></div><table><tr><td>c</td></tr></table>\n'), [
			...['<div>', '<p>a</p>', '', '<hr>', '<!-- note: b -->', '', '<p></p>', '</div>'],
			...['<table>', '<tr>', '<td>c</td>', '</tr>', '</table>', ''],
		]);
		assert.deepEqual(linesOf('a<p>b</p>c<div>d<p>e</p>f</div>'), [
			'a',
			'<p>b</p>',
			'',
			'c',
			'<div>d',
			'<p>e</p>',
			'',
			'f</div>',
		]);
	});

	it('puts a blank line between paragraphs, and keeps a comment with the one above', () => {
		assert.deepEqual(linesOf('<h2>a</h2><p>b</p><!-- note: c --><p>d</p><ul><li>e</li><li>f</li></ul><p>g</p>'), [
			...['<h2>a</h2>', '', '<p>b</p>', '<!-- note: c -->', '', '<p>d</p>', ''],
			...['<ul>', '<li>e</li>', '<li>f</li>', '</ul>', '', '<p>g</p>'],
		]);
	});

	it('has no blank lines by default', () => {
		const body = '<p>a</p>\n\n<figure><img src=b></figure><p>c</p>\n';
		assert.equal(comparisonForm(HEAD + body).text, `${HEAD}<p>a</p>\n<figure><img src=b></figure>\n<p>c</p>\n`);
	});

	it('gives a block the same lines wherever it stands', () => {
		for (const [before, after] of SURROUNDINGS) {
			for (const [block, ...lines] of BLOCKS) {
				// What a line break means depends on elements that are left open. Archive form has none.
				if (/^<(?:!--|pre|textarea|select|svg|p title)/.test(before) && block.includes('\n')) continue;
				const found = between(form(`${HEAD}${before}<h3>x</h3>${block}<h3>y</h3>${after}`).text);
				assert.deepEqual(found, lines, `${before} … ${after}`);
			}
		}
	});

	it('gives a block the same lines below any header, in Markdown, and next to conflicts', () => {
		const heads = [
			HEAD.replace('------\n', ''),
			HEAD.replace('<!--', '<-'),
			'<<<<<<< HEAD\n[A](x)\n=======\n[B](x)\n>>>>>>> other\n',
			`${HEAD}# Markdown\n\n- a\n- b\n\n`,
			`${HEAD}<p>a</p>\n<<<<<<< HEAD\n<p>b</p>\n=======\n<p>c</p>\n>>>>>>> other\n`,
			'',
		];
		for (const head of heads) {
			for (const [block, ...lines] of BLOCKS) {
				if (block.includes('one\n')) continue;
				assert.deepEqual(between(form(`${head}<h3>x</h3>${block}<h3>y</h3>\n`).text), lines, head);
			}
		}
		const conflict = '<p>a</p>\n<<<<<<< HEAD\n<p>b</p>\n=======\n<p>c</p>\n>>>>>>> other\n<p>d</p>\n';
		const laidOut = conflict.replace(/<\/p>\n(?=[<=>]{7})/g, '</p>\n\n');
		assert.equal(form(HEAD + conflict).text, HEAD + laidOut);
	});

	it('keeps the header, lists, line endings, the byte order mark and a missing final line break', () => {
		const list = 'BBC\n------\n\n9-1 [A <p>](/articles/a.md)\n\n9-2 [B](/articles/b.md)\n';
		assert.equal(form(list).text, list);
		assert.equal(form('').text, '');
		const head = `\uFEFF---\ntitle: <p>a<p>\n---\n${HEAD.replace('Tide', 'The <br> tag')}`.replaceAll('\n', '\r\n');
		assert.equal(form(`${head}<p>a</p><p>b</p>`).text, `${head}<p>a</p>\r\n\r\n<p>b</p>`);
	});

	it('tells where its lines start and end in the text', () => {
		const text = `${HEAD}<p>one</p> <p>two</p>`;
		const laidOut = form(text);
		assert.equal(laidOut.text, `${HEAD}<p>one</p>\n\n<p>two</p>`);
		const end = laidOut.text.indexOf('\n\n<p>two');
		assert.equal(originalOffset(laidOut, end), text.indexOf(' <p>two'));
		assert.equal(originalOffset(laidOut, end + 2), text.indexOf('<p>two'));
		assert.equal(originalOffset(laidOut, laidOut.text.length), text.length);
		assert.equal(originalOffset(laidOut, 3), 3);
	});

	it('is the same for both forms of an article, and changes only white space', () => {
		fc.assert(
			fc.property(text, fc.constantFrom('\t', '  ', ''), fc.boolean(), (x, indent, blankLines) => {
				const form = (version: string) => comparisonForm(version, { blankLines });
				const { text: made, edits } = form(x);
				assert.equal(applyEdits(x, edits), made);
				for (let at = 0; at < made.length; at++)
					if (/[^ \t\n\f\r]/.test(made.charAt(at))) assert.equal(x[originalOffset({ edits }, at)], made[at]);
				for (const { span, newText } of edits) assert.match(x.slice(span.start, span.end) + newText, /^[ \t\n\f\r]+$/);
				assert.equal(form(made).text, made, 'of itself');
				if (detect(x) !== 'article') return;
				assert.equal(form(expand(x, indent)).text, made, 'of the expanded form');
				if (!/<(?:pre|textarea|listing|xmp)|white-space|title=/.test(x))
					assert.equal(form(collapse(x)).text, made, 'of the archive form');
			}),
			{ numRuns: runs(400) },
		);
	});
});
