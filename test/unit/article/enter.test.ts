import assert from 'node:assert/strict';
import { enterBlock } from '../../../server/src/article/enter.ts';
import { made } from './made.ts';

const HEAD = '<!--1639640221000-->\n[5 <b> of tide](https://news.example/2021/tide/)\n------\n\n';

/** Presses Enter at `|`, with the indentation of the line, and returns the body that comes of it. */
function entered(marked: string, head = HEAD, lineBreak = '\n'): string {
	const full = head + marked;
	const start = full.indexOf('|');
	const indentation = /[ \t]*/.exec(full.slice(full.lastIndexOf('\n', start) + 1))?.[0] ?? '';
	const text = full.replace('|', lineBreak + indentation);
	const offset = start + lineBreak.length + indentation.length;
	return made(text, offset, enterBlock(text, start, offset, offset)).slice(head.length);
}

/** Presses Enter at `|` between a start and an end tag, where the editor types two line breaks, and returns what comes of it. */
function enteredBetween(marked: string, lineBreak = '\n'): string {
	const full = HEAD + marked;
	const start = full.indexOf('|');
	const indentation = /[ \t]*/.exec(full.slice(full.lastIndexOf('\n', start) + 1))?.[0] ?? '';
	const [first, second] = [`${lineBreak}${indentation}\t`, lineBreak + indentation];
	const offset = start + first.length;
	const text = full.replace('|', first + second);
	return made(text, offset, enterBlock(text, start, offset, offset + second.length)).slice(HEAD.length);
}

describe('Enter at the end of a block', () => {
	for (const [before, after] of [
		['<p>One.|</p>', '<p>One.</p>\n<p>|</p>'],
		['<section>\n\t<p>一。|</p>\n</section>', '<section>\n\t<p>一。</p>\n\t<p>|</p>\n</section>'],
		['<section><p>One.|</p><p>Two.</p></section>', '<section><p>One.</p><p>|</p><p>Two.</p></section>'],
		['<ul>\n  <li class="x">a|</li>\n</ul>', '<ul>\n  <li class="x">a</li>\n  <li>|</li>\n</ul>'],
		['<ul><li>a|</li></ul>', '<ul><li>a</li><li>|</li></ul>'],
		['<h2>Tide|</h2>\n<p>x</p>', '<h2>Tide</h2>\n<p>|</p>\n<p>x</p>'],
		['<h2>Tide|</h2><p>x</p>', '<h2>Tide</h2><p>|</p><p>x</p>'],
		['<p>One <b>two <i>three|</i></b></p>', '<p>One <b>two <i>three</i></b></p>\n<p>|</p>'],
		['<p>One <b>two|</b></p><p>x</p>', '<p>One <b>two</b></p><p>|</p><p>x</p>'],
		['<P>One|</P>', '<P>One</P>\n<P>|</P>'],
		['<p>One<br>\n  two| </p>', '<p>One<br>\n  two</p>\n<p>|</p>'],
		['<p>One| two</p>', '<p>One\n| two</p>'],
		['<p> |</p><p>x</p>', '<p> </p><p>|</p><p>x</p>'],
		['<p>x <b>a|</i></p>', '<p>x <b>a\n|</i></p>'],
		['<div>a|</div>', '<div>a\n|</div>'],
		['<div>a|</p></div>', '<div>a\n|</p></div>'],
		['<ul><li><p>a</p>|</li></ul>', '<ul><li><p>a</p></li><li>|</li></ul>'],
		['<!-- <p>a|</p> -->', '<!-- <p>a\n|</p> -->'],
		['<p title="a|</p>', '<p title="a\n|</p>'],
	] as const)
		it(`${JSON.stringify(before)} → ${JSON.stringify(after)}`, () => assert.equal(entered(before), after));

	it('is a line break in the header', () => {
		const head = '<!--1639640221000-->\n[a <p>b|</p>](https://a.example/)\n------\n\n<p>x</p>';
		assert.equal(entered(head, ''), head.replace('|', '\n|'));
	});

	it('keeps CRLF, below front matter, at the end of the text', () => {
		const head = '---\r\ntitle: x\r\nfrom: https://a.example/\r\n---\r\n';
		assert.equal(entered('<p>a|</p>', head, '\r\n'), '<p>a</p>\r\n<p>|</p>');
		assert.equal(entered('<p>a|</p>\r\n<p>b</p>', head, '\r\n'), '<p>a</p>\r\n<p>|</p>\r\n<p>b</p>');
	});
});

describe('Enter in an empty block', () => {
	for (const [before, after] of [
		['<ul><li>a</li><li>|</li></ul>', '<ul><li>a</li></ul>\n<p>|</p>'],
		['<ul><li>a</li><li>|</li></ul><p>x</p>', '<ul><li>a</li></ul><p>|</p><p>x</p>'],
		['<p>x</p><ol start="3"><li>一。</li><li>|</li></ol>', '<p>x</p><ol start="3"><li>一。</li></ol><p>|</p>'],
		['<ul>\n\t<li>a</li>\n\t<li>|</li>\n</ul>\n<p>x</p>', '<ul>\n\t<li>a</li>\n</ul>\n<p>|</p>\n<p>x</p>'],
		[
			'<section>\n  <OL>\n    <LI>a</LI>\n    <LI class="x">|</LI>\n  </OL>\n</section>',
			'<section>\n  <OL>\n    <LI>a</LI>\n  </OL>\n  <p>|</p>\n</section>',
		],
		['<p>x</p>\n<ul><li>|</li></ul>\n<p>y</p>', '<p>x</p>\n<p>|</p>\n<p>y</p>'],
		['<p>x</p><ul>\n<li>|</li>\n</ul><p>y</p>', '<p>x</p><p>|</p><p>y</p>'],
		[
			'<ul><li>a<ul><li>b</li><li>|</li></ul></li><li>c</li></ul>',
			'<ul><li>a<ul><li>b</li></ul></li><li>|</li><li>c</li></ul>',
		],
		[
			'<ul>\n\t<li>a\n\t\t<ul>\n\t\t\t<li>b</li>\n\t\t\t<li>|</li>\n\t\t</ul>\n\t</li>\n</ul>',
			'<ul>\n\t<li>a\n\t\t<ul>\n\t\t\t<li>b</li>\n\t\t</ul>\n\t</li>\n\t<li>|</li>\n</ul>',
		],
		['<ul><li>a<ul><li>|</li></ul></li></ul>', '<ul><li>a</li><li>|</li></ul>'],
		['<ul><li>a<ul><li>b</li><li>|</li></ul>after</li></ul>', '<ul><li>a<ul><li>b</li></ul><p>|</p>after</li></ul>'],
		['<blockquote><p>a</p><p>|</p></blockquote>', '<blockquote><p>a</p></blockquote>\n<p>|</p>'],
		['<p>x</p><blockquote><p>|</p></blockquote>', '<p>x</p><p>|</p>'],
		['<ul><li><p>a</p></li><li><p>|</p></li></ul><p>x</p>', '<ul><li><p>a</p></li></ul><p>|</p><p>x</p>'],
		[
			'<ul><li>a<ul><li><p>b</p></li><li><p class="c">|</p></li></ul></li></ul>',
			'<ul><li>a<ul><li><p>b</p></li></ul></li><li><p>|</p></li></ul>',
		],
		['<ul><li><p>a</p><p>|</p></li><li>b</li></ul>', '<ul><li><p>a</p></li><li><p>|</p></li><li>b</li></ul>'],
		[
			'<ul>\n\t<li>\n\t\t<p>a</p>\n\t\t<p>|</p>\n\t</li>\n</ul>',
			'<ul>\n\t<li>\n\t\t<p>a</p>\n\t</li>\n\t<li>\n\t\t<p>|</p>\n\t</li>\n</ul>',
		],
		['<ul><li><ul><li>|</li></ul></li></ul>', '<ul><li>|</li></ul>'],
		[
			'<ul>\n\t<li>a\n\t\t<ul>\n\t\t\t<li>|</li>\n\t\t</ul>\n\t</li>\n</ul>',
			'<ul>\n\t<li>a\n\t</li>\n\t<li>|</li>\n</ul>',
		],
		['<!-- <ul><li>|</li></ul> -->', '<!-- <ul><li>\n\t|\n</li></ul> -->'],
		['<ul title="<li>|</li></ul>', '<ul title="<li>\n\t|\n</li></ul>'],
	] as const)
		it(`${JSON.stringify(before)} → ${JSON.stringify(after)}`, () => assert.equal(enteredBetween(before), after));

	it('keeps CRLF', () => {
		const before = '<p>x</p>\r\n<ul>\r\n\t<li>a</li>\r\n\t<li>|</li>\r\n</ul>\r\n';
		const after = '<p>x</p>\r\n<ul>\r\n\t<li>a</li>\r\n</ul>\r\n<p>|</p>\r\n';
		assert.equal(enteredBetween(before, '\r\n'), after);
	});

	for (const [before, after] of [
		['<p>a</p><ul><li>a</li><li>|</li><li>c</li></ul>', '<p>a</p><ul><li>a</li></ul><p>|</p><ul><li>c</li></ul>'],
		['<p>a</p><ul id="u" class="x"><li>|</li><li>c</li></ul>', '<p>a</p><p>|</p><ul id="u" class="x"><li>c</li></ul>'],
		[
			'<p>a</p><ul id="u" class="x"><li>a</li><li>|</li><li>c</li></ul>',
			'<p>a</p><ul id="u" class="x"><li>a</li></ul><p>|</p><ul class="x"><li>c</li></ul>',
		],
		[
			'<p>a</p><ol><li>a<ol><li>x</li></ol></li><li>b</li><li>|</li><li>c</li></ol>',
			'<p>a</p><ol><li>a<ol><li>x</li></ol></li><li>b</li></ol><p>|</p><ol start="3"><li>c</li></ol>',
		],
		[
			'<p>a</p><ol type=a start=5 ><li>a</li><li>|</li><li>c</li></ol>',
			'<p>a</p><ol type=a start=5 ><li>a</li></ol><p>|</p><ol type=a start="6"><li>c</li></ol>',
		],
		[
			'<p>a</p><ol reversed><li>a</li><li>|</li><li>c</li></ol>',
			'<p>a</p><ol reversed><li>a</li></ol><p>|</p><ol reversed><li>c</li></ol>',
		],
		[
			'<ul>\n\t<li>甲</li>\n\t<li>|</li>\n\t<li>丙</li>\n</ul>\n<p>x</p>',
			'<ul>\n\t<li>甲</li>\n</ul>\n<p>|</p>\n<ul>\n\t<li>丙</li>\n</ul>\n<p>x</p>',
		],
		[
			'<ul><li>a<ul><li>b</li><li>|</li><li>c</li></ul></li><li>d</li></ul>',
			'<ul><li>a<ul><li>b</li></ul></li><li>|<ul><li>c</li></ul></li><li>d</li></ul>',
		],
		[
			'<ul>\n\t<li>a\n\t\t<ul>\n\t\t\t<li>b</li>\n\t\t\t<li>|</li>\n\t\t\t<li>c</li>\n\t\t</ul>\n\t</li>\n</ul>',
			'<ul>\n\t<li>a\n\t\t<ul>\n\t\t\t<li>b</li>\n\t\t</ul>\n\t</li>\n\t<li>|\n\t\t<ul>\n\t\t\t<li>c</li>\n\t\t</ul>\n\t</li>\n</ul>',
		],
		['<ul><li>a<ul><li>|</li><li>c</li></ul></li></ul>', '<ul><li>a</li><li>|<ul><li>c</li></ul></li></ul>'],
		['<ul><li><ul><li>|</li><li>c</li></ul></li></ul>', '<ul><li>|<ul><li>c</li></ul></li></ul>'],
		[
			'<ul><li>a<ul><li>b</li><li>|</li><li>c</li></ul>after</li></ul>',
			'<ul><li>a<ul><li>b</li></ul><p>|</p><ul><li>c</li></ul>after</li></ul>',
		],
		[
			'<p>x</p><blockquote cite="u"><p>a</p><p>|</p><p>c</p></blockquote>',
			'<p>x</p><blockquote cite="u"><p>a</p></blockquote><p>|</p><blockquote cite="u"><p>c</p></blockquote>',
		],
	] as const)
		it(`divides a list or quote in the middle: ${JSON.stringify(before)}`, () =>
			assert.equal(enteredBetween(before), after));

	for (const [before, after] of [
		['<p>|</p>', '<p></p>\n<p>|</p>'],
		['<section><p>|</p></section>', '<section><p></p><p>|</p></section>'],
		['<section>\n\t<p>|</p>\n</section>', '<section>\n\t<p></p>\n\t<p>|</p>\n</section>'],
		['<p>x</p><h2>|</h2><p>y</p>', '<p>x</p><h2></h2><p>|</p><p>y</p>'],
		['<div><p>|</p></blockquote></div>', '<div><p></p><p>|</p></blockquote></div>'],
		['<p>x <b>|</b></p><p>y</p>', '<p>x <b></b></p><p>|</p><p>y</p>'],
		['<ul><li>a</li><li>b <b>|</b></li></ul>', '<ul><li>a</li><li>b <b></b></li><li>|</li></ul>'],
		['<ul><li>a</li><li>b|</li></ul>', '<ul><li>a</li><li>b</li><li>|</li></ul>'],
		['<ul><li>a</li><li>|</li>', '<ul><li>a</li><li></li><li>|</li>'],
		[
			'<blockquote><p>a</p><p>|</p><cite>She</cite></blockquote>',
			'<blockquote><p>a</p><p></p><p>|</p><cite>She</cite></blockquote>',
		],
		['<ul><li><p>|</p><p>a</p></li></ul>', '<ul><li><p></p><p>|</p><p>a</p></li></ul>'],
		['<table><tr><td><p>|</p></td></tr></table>', '<table><tr><td><p></p><p>|</p></td></tr></table>'],
	] as const)
		it(`begins another where there is nothing to leave: ${JSON.stringify(before)}`, () =>
			assert.equal(enteredBetween(before), after));
});
