import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { beginBlock, closeTag, leaveBlock, quoteValue, type TypedEdit } from '../../../server/src/article/typing.ts';

const HEAD = '<!--1639640221000-->\n[5 <b> of tide](https://news.example/2021/tide/)\n------\n\n';

/** Makes the edits in a text with `|` at the cursor, as an editor does: it goes behind what is inserted there first. */
function make(text: string, offset: number, edits: readonly TypedEdit[]): string {
	let [result, cursor] = [text, offset];
	// An insertion comes before what is replaced behind it.
	for (const { start, end, text: inserted, first } of edits.toSorted(
		(a, b) => b.end - a.end || b.start - a.start || (a.first === 'typed' ? -1 : 1),
	)) {
		result = result.slice(0, start) + inserted + result.slice(end);
		if (start < cursor || (start === cursor && first === 'edit'))
			cursor = Math.max(start, cursor - (end - start)) + inserted.length;
	}
	return `${result.slice(0, cursor)}|${result.slice(cursor)}`;
}

/** Types the last key before `|` and returns the body that comes of it. */
function typed(marked: string, head = HEAD): string {
	const full = head + marked;
	const offset = full.indexOf('|');
	const text = full.replace('|', '');
	const key = text[offset - 1] ?? '';
	const edits = key === '>' || key === '/' ? closeTag(text, offset) : quoteValue(text, offset);
	return make(text, offset, edits).slice(head.length);
}

/** Presses Enter at `|`, with the indentation of the line, and returns the body that comes of it. */
function entered(marked: string, head = HEAD, lineBreak = '\n'): string {
	const full = head + marked;
	const start = full.indexOf('|');
	const indentation = /[ \t]*/.exec(full.slice(full.lastIndexOf('\n', start) + 1))?.[0] ?? '';
	const text = full.replace('|', lineBreak + indentation);
	const offset = start + lineBreak.length + indentation.length;
	return make(text, offset, beginBlock(text, start, offset)).slice(head.length);
}

/** Presses Enter at `|` between a start and an end tag, where the editor types two line breaks, and returns what comes of it. */
function enteredBetween(marked: string, lineBreak = '\n'): string {
	const full = HEAD + marked;
	const start = full.indexOf('|');
	const indentation = /[ \t]*/.exec(full.slice(full.lastIndexOf('\n', start) + 1))?.[0] ?? '';
	const [first, second] = [`${lineBreak}${indentation}\t`, lineBreak + indentation];
	const offset = start + first.length;
	const text = full.replace('|', first + second);
	return make(text, offset, leaveBlock(text, start, offset, offset + second.length)).slice(HEAD.length);
}

describe('tags that are typed', () => {
	for (const [before, after] of [
		['<p>a <b>|</p>', '<p>a <b>|</b></p>'],
		['<p>a <b>|c</b></p>', '<p>a <b>|c</b></p>'],
		['<b>|<b>x</b>', '<b>|</b><b>x</b>'],
		['<p>|<p>x</p>', '<p>|</p><p>x</p>'],
		['<li>|<li>x</li>', '<li>|</li><li>x</li>'],
		['<ul><li>a<ul><li>|</li></ul>', '<ul><li>a<ul><li>|</li></li></ul>'],
		['<table><tr><td>|<td>b</table>', '<table><tr><td>|</td><td>b</table>'],
		['<b><i>x</b>y</i><u>|', '<b><i>x</b>y</i><u>|</u>'],
		['<p title="<b>|">', '<p title="<b>|">'],
		['<p title="<b>|', '<p title="<b>|'],
		["<p title='a>b'>|", "<p title='a>b'>|</p>"],
		['<p title=">', '<p title=">'],
		['<!-- <b>| -->', '<!-- <b>| -->'],
		['<style>a<b>|</style>', '<style>a<b>|</style>'],
		['<svg/>|', '<svg/>|'],
		['<潮>|', '<潮>|'],
		['<a\nhref="x"\n>|', '<a\nhref="x"\n>|</a>'],
	] as const)
		if (before.includes('|')) it(`${before} → ${after}`, () => assert.equal(typed(before), after));

	for (const [before, after] of [
		['<p>a</|', '<p>a</p>|'],
		['<p>a <b>c</|</b></p>', '<p>a <b>c</b>|</p>'],
		['<p><q>a <q>b</q>|</q></q> c</q></p>', '<p><q>a <q>b</q>|</q> c</q></p>'],
		['<p><q>a <q>b</q>|</q> c</p>', '<p><q>a <q>b</q>|</q> c</p>'],
		['<p><b><b>c</|</b></p>', '<p><b><b>c</b>|</b></p>'],
		['<P>a</|</P>', '<P>a</P>|'],
		['<p>a</|b</p>', '<p>a</p>|b</p>'],
		['<p><img src="a"><br>x</|', '<p><img src="a"><br>x</p>|'],
		['<p title="</|">', '<p title="</|">'],
		['<script>"</|"', '<script>"</|"'],
		['<p>a</p></|', '<p>a</p></|'],
		['<p>1 /|', '<p>1 /|'],
	] as const)
		it(`${before} → ${after}`, () => assert.equal(typed(before), after));

	it('are not doubled where the same end tag stands', () => {
		assert.equal(typed('<p><b>x</b>|</b></p>'), '<p><b>x</b>|</p>');
		assert.equal(typed('<p><b><b>x</b>|</b></p>'), '<p><b><b>x</b>|</b></p>');
		assert.equal(typed('<p><b>x</b>|</i></b></p>'), '<p><b>x</b>|</i></b></p>');
	});

	it('are not doubled when one types on after they were completed', () => {
		assert.equal(typed('<p><b>x</b>b>|</p>'), '<p><b>x</b>|</p>');
		assert.equal(typed('<p>x</my-box>my-box>|'), '<p>x</my-box>|');
		assert.equal(typed('<p>b>|</p>'), '<p>b>|</p>');
	});

	it('are left alone in the header', () => {
		for (const head of [
			'<!--1639640221000-->\n[5 <b>| of',
			'<!--1639640221000-->|',
			'---\ntitle: <b>|\nfrom: https://a.example/\n---\n<p>x</p>',
			'---\ntitle: x\n---\n<!--1639640221000-->\n[5 <b>| of](https://a.example/)\n------\n\n<p>x',
			'\ufeff<!--1639640221000-->\r\n[5 <b>| of](https://a.example/)\r\n------\r\n\r\n<p>x',
		])
			assert.equal(typed(head, ''), head);
		assert.equal(
			typed('---\ntitle: <b>\nfrom: https://a.example/\n---\n<b>|', ''),
			'---\ntitle: <b>\nfrom: https://a.example/\n---\n<b>|</b>',
		);
	});

	it('take time in proportion to the text', () => {
		const time = (count: number): number => {
			const bodies = ['<div>', '</p>', '<li>', '<li><ul><b>', '<b ', '<a href="', '<!-', '</'].map(part =>
				part.repeat(count),
			);
			const started = performance.now();
			for (const body of bodies) typed(`${body}<i>|`);
			return performance.now() - started;
		};
		time(1_000);
		const [short, long] = [time(10_000), time(40_000)];
		assert.ok(long < 12 * short + 50, `${short} ms, then ${long} ms`);
	});

	it('have the end tags that the parser finds missing', () => {
		// The parser is the authority: where it sees an element without an end tag, the text is completed.
		for (const body of ['<p>a<b>|', '<ul><li>|</ul>', '<div><p>a</p><blockquote>|</div>', '<dl><dt>a<dd>|</dl>']) {
			const done = typed(body).replace('|', '');
			const { nodes, text } = parseArticle(HEAD + done);
			const last = nodes.filter(node => node.nodeType === 1).at(-1);
			assert.ok(last && text.slice(last.startTagEnd).startsWith('</'), done);
			assert.equal(last.endTagStart, last.startTagEnd, done);
		}
	});
});

describe('attribute values that are typed', () => {
	for (const [before, after] of [
		['<a href=|', '<a href="|"'],
		['<a href=|>x</a>', '<a href="|">x</a>'],
		['<a class="a" href=| id="b">', '<a class="a" href="|" id="b">'],
		['<a href=|</p>', '<a href="|"</p>'],
		['<a href=|u', '<a href=|u'],
		['<a href=|"u"', '<a href=|"u"'],
		['<p>a =|', '<p>a =|'],
		['<p>href=|', '<p>href=|'],
		['<p title="a b=|">', '<p title="a b=|">'],
		['</a href=|', '</a href=|'],
		['<!-- href=| -->', '<!-- href=| -->'],
		['<a href=""|">', '<a href="|">'],
		['<a href="u"|">', '<a href="u"|>'],
		['<a href="u"|>', '<a href="u"|>'],
		['<p>a="u"|"', '<p>a="u"|"'],
		['<p>say "a"|"', '<p>say "a"|"'],
	] as const)
		it(`${before} → ${after}`, () => assert.equal(typed(before), after));

	it('are left alone in the header', () => {
		const head = '---\ntitle: <a href=|\n---\n<!--1639640221000-->\n[a](https://a.example/)\n------\n\n<p>x</p>';
		assert.equal(typed(head, ''), head);
	});
});

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
		['<p>One<br>\n  two| </p>', '<p>One<br>\n  two</p>\n  <p>|</p>'],
		['<p>One| two</p>', '<p>One\n| two</p>'],
		['<p>|</p>', '<p>\n|</p>'],
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

describe('Enter in an empty block at the end of a list or quote', () => {
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
		['<ul><li>a</li><li>|</li><li>b</li></ul>', '<ul><li>a</li><li>\n\t|\n</li><li>b</li></ul>'],
		['<p>|</p>', '<p>\n\t|\n</p>'],
		['<section><p>|</p></section>', '<section><p>\n\t|\n</p></section>'],
		['<ul><li>a</li><li>b <b>|</b></li></ul>', '<ul><li>a</li><li>b <b>\n\t|\n</b></li></ul>'],
		['<ul><li>a</li><li>b|</li></ul>', '<ul><li>a</li><li>b\n\t|\n</li></ul>'],
		['<div><p>|</p></blockquote></div>', '<div><p>\n\t|\n</p></blockquote></div>'],
		['<!-- <ul><li>|</li></ul> -->', '<!-- <ul><li>\n\t|\n</li></ul> -->'],
		['<ul title="<li>|</li></ul>', '<ul title="<li>\n\t|\n</li></ul>'],
	] as const)
		it(`${JSON.stringify(before)} → ${JSON.stringify(after)}`, () => assert.equal(enteredBetween(before), after));

	it('keeps CRLF', () => {
		const before = '<p>x</p>\r\n<ul>\r\n\t<li>a</li>\r\n\t<li>|</li>\r\n</ul>\r\n';
		const after = '<p>x</p>\r\n<ul>\r\n\t<li>a</li>\r\n</ul>\r\n<p>|</p>\r\n';
		assert.equal(enteredBetween(before, '\r\n'), after);
	});
});
