import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { breakLine, closeTag, quoteValue } from '../../../server/src/article/typing.ts';
import { made } from './made.ts';

const HEAD = '<!--1639640221000-->\n[5 <b> of tide](https://news.example/2021/tide/)\n------\n\n';

/** Types the last key before `|` and returns the body that comes of it. */
function typed(marked: string, head = HEAD): string {
	const full = head + marked;
	const offset = full.indexOf('|');
	const text = full.replace('|', '');
	const key = text[offset - 1] ?? '';
	const edits = key === '>' || key === '/' ? closeTag(text, offset) : quoteValue(text, offset);
	return made(text, offset, edits).slice(head.length);
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

describe('a break that is inserted', () => {
	for (const [before, after] of [
		['<p>a<br>|b</p>', '<p>a<br>|b</p>'],
		['<pre>a<br>|</pre>', '<pre>a<br>|</pre>'],
		['<p>1 < 2<br>|</p>', '<p>1 < 2<br>|</p>'],
		['<!-- note: a<br>| -->', '<!-- note: a\n| -->'],
		['<!-- note: a --><br>|', '<!-- note: a --><br>|'],
		['<p title="a<br>|b">', '<p title="a\n|b">'],
		['<p <br>|>', '<p \n|>'],
		['<p title="a"><br>|', '<p title="a"><br>|'],
		['<style>a<br>|</style>', '<style>a\n|</style>'],
		['<textarea>a<br>|', '<textarea>a\n|'],
	] as const)
		it(`${before} → ${JSON.stringify(after)}`, () => {
			const offset = HEAD.length + before.indexOf('|');
			const text = HEAD + before.replace('|', '');
			assert.equal(made(text, offset, breakLine(text, offset)).slice(HEAD.length), after);
		});

	it('stays in the header, and becomes a line break like the others', () => {
		const text = HEAD.replace('tide]', 'tide<br>]');
		assert.deepEqual(breakLine(text, text.indexOf('<br>') + 4), []);
		const crlf = `${HEAD}<!-- a<br>`.replaceAll('\n', '\r\n');
		assert.equal(breakLine(crlf, crlf.length)[0]?.text, '\r\n');
	});
});
