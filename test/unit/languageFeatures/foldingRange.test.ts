import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FoldingRange } from 'vscode-languageserver';
import { foldingRanges } from '../../../server/src/languageFeatures/foldingRange.ts';
import { runs } from '../../support/runs.ts';
import { open } from './harness.ts';

/** Returns the folding ranges of a text as `first line … last line`, without indentation. */
function folds(text: string, limit = Number.POSITIVE_INFINITY): string[] {
	const { document } = open(text);
	const lines = document.getText().split(/\r?\n/);
	return foldingRanges(document, limit).map(({ startLine, endLine, kind }) =>
		[lines[startLine]?.trim(), '…', lines[endLine]?.trim(), kind].filter(part => part !== undefined).join(' '),
	);
}

const HEADER = '<!--1-->\n[Tide](https://news.example/)\n------\n\n';

describe('folding ranges', () => {
	it('fold the header and the front matter', () => {
		assert.deepEqual(folds(`---\ntitle: Tide\nfrom: https://news.example/\n---\n\n${HEADER}<p>x</p>\n`), [
			'--- … from: https://news.example/ region',
			'<!--1--> … ------',
		]);
		assert.deepEqual(folds('[Tide](https://news.example/)\n------\n\n日期：2020-06-28\n\n<p>x</p>\n'), [
			'[Tide](https://news.example/) … 日期：2020-06-28',
		]);
	});

	it('fold sections under their headings, nested by level', () => {
		const body = '<h1>A</h1>\n<p>a</p>\n<h2>B</h2>\n<p>b</p>\n\n<p><b>C</b></p>\n<p>c</p>\n<h2>D</h2>\n<p>d</p>\n\n';
		assert.deepEqual(folds(HEADER + body).slice(1), [
			'<h1>A</h1> … <p>d</p>',
			'<h2>B</h2> … <p>c</p>',
			'<p><b>C</b></p> … <p>c</p>',
			'<h2>D</h2> … <p>d</p>',
		]);
	});

	it('fold parts of the page as regions, of one element or of several', () => {
		const words = '<p>The water left early, and three boats lay on the mud until noon.</p>\n';
		const comments = '<div id="comments">\n<h3>Comments</h3>\n<p>Nice</p>\n</div>\n';
		const share = '<p><b>Related</b></p>\n<ul>\n<li><a href="/a">A</a></li>\n<li><a href="/b">B</a></li>\n</ul>\n';
		assert.deepEqual(
			folds(HEADER + words + share + comments).filter(fold => fold.endsWith(' region')),
			['<p><b>Related</b></p> … </ul> region', '<div id="comments"> … <p>Nice</p> region'],
		);
	});

	it('end a section with its containing element', () => {
		const body = '<section>\n<div>\n<h2>A</h2>\n</div>\n<p>a</p>\n</section>\n<footer>\nb\n</footer>\n';
		assert.deepEqual(folds(HEADER + body).slice(1), ['<section> … <p>a</p>', '<div> … <p>a</p>', '<footer> … b']);
	});

	it('keep the line of an end tag visible, unless it contains text', () => {
		const body =
			'<figure>\n<img src="a">\n<figcaption>b</figcaption>\n</figure>\n<ul>\n<li>c\n<li>d\n</ul>\n<p>one\ntwo</p>\n<blockquote>\n<p>e</p></blockquote>\n';
		assert.deepEqual(folds(HEADER + body).slice(1), [
			'<figure> … <figcaption>b</figcaption>',
			'<ul> … <li>d',
			'<p>one … two</p>',
			'<blockquote> … <p>e</p></blockquote>',
		]);
	});

	it('fold comments as comments, and figures without a containing element', () => {
		const body = '<!-- note: a\nb -->\n<p><img src="a"></p>\n<div><small>b</small></div>\n<p>c</p>\n';
		assert.deepEqual(folds(HEADER + body).slice(1), [
			'<!-- note: a … b --> comment',
			'<p><img src="a"></p> … <div><small>b</small></div>',
		]);
	});

	it('fold nothing in archive form, which is a single line', () => {
		assert.deepEqual(folds(`${HEADER}<h2>A</h2><section><p>a</p><ul><li>b</li></ul></section>\n`), [
			'<!--1--> … ------',
		]);
	});

	it('fold a list', () => {
		assert.deepEqual(folds('BBC\n------\n\n9-1 [A](/articles/a.md)\n\n9-2 [B](/articles/b.md)\n\n'), [
			'BBC … 9-2 [B](/articles/b.md)',
		]);
	});

	it('keep the longest ones if the client sets a limit', () => {
		const body = '<div>\n<p>\na\n</p>\n<ul>\n<li>b\n<li>c\n<li>d\n</ul>\n</div>\n';
		assert.deepEqual(folds(HEADER + body, 2), ['<div> … </ul>', '<ul> … <li>d']);
		assert.deepEqual(folds(HEADER + body, 0), []);
	});

	it('are the same with CRLF and a byte order mark', () => {
		const text = `---\ntitle: T\n---\n\n${HEADER}<h2>A</h2>\n<div>\n<p>a\nb</p>\n</div>\n<!-- c\nd -->\n`;
		assert.deepEqual(folds(`\uFEFF${text.replaceAll('\n', '\r\n')}`), folds(text));
	});

	it('nest, start on distinct lines and stay inside the text, for any text', () => {
		const part = fc.constantFrom(
			'\n',
			'\n\n',
			'<div>',
			'</div>',
			'<h2>x</h2>',
			'<h3>',
			'</h3>',
			'<p>',
			'a',
			'<!--',
			'-->',
			'<table>',
			'<td>',
			'<b>',
			'</b>',
			'<ul><li>',
			'<img src=a>',
			'<small>c</small>',
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 60 }), parts => {
				const { document } = open(HEADER + parts.join(''));
				const around: FoldingRange[] = [];
				for (const range of foldingRanges(document, 1000)) {
					assert.ok(range.startLine < range.endLine && range.endLine < document.lineCount);
					while ((around.at(-1)?.endLine ?? Number.POSITIVE_INFINITY) < range.startLine) around.pop();
					const outer = around.at(-1);
					assert.ok(!outer || (outer.startLine < range.startLine && range.endLine <= outer.endLine));
					around.push(range);
				}
			}),
			{ numRuns: runs(300) },
		);
	});
});
