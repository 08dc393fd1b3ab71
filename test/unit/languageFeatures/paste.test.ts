import assert from 'node:assert/strict';
import { pastes } from '../../../server/src/languageFeatures/paste.ts';
import type { Clipboard, Paste } from '../../../server/src/protocol/writing.ts';
import { HEAD, open } from './harness.ts';

/** What may be pasted over what stands between the two `|` of a body. */
function paste(body: string, clipboard: Clipboard): Paste[] {
	const [before = '', selected = '', after = ''] = body.split('|');
	const { document } = open(HEAD + before + selected + after);
	const start = HEAD.length + before.length;
	const range = { start: document.positionAt(start), end: document.positionAt(start + selected.length) };
	return pastes(document, range, clipboard);
}

function html(clipboard: string, body = '<p>x</p>||'): string | undefined {
	return paste(body, { html: clipboard }).find(({ kind }) => kind === 'html')?.text;
}

describe('paste of HTML', () => {
	for (const [what, from, to] of [
		[
			'keeps what articles are made of',
			'<h2>A</h2><p>b <em>c</em> <a href="https://a.example/?x=1&amp;y=2">d</a></p><ul><li>e</li></ul>',
			'<h2>A</h2><p>b <em>c</em> <a href="https://a.example/?x=1&amp;y=2">d</a></p><ul><li>e</li></ul>',
		],
		[
			'drops styles, classes and ids',
			'<p class="x" style="color:red" id="i">a <span style="font-size:9px">b</span></p>',
			'<p>a b</p>',
		],
		[
			'drops scripts and handlers',
			'<p onclick="x()">a<script>alert(1)</script></p><style>p{}</style><img src="https://a.example/i.png" onerror="x()">',
			'<p>a</p><img src="https://a.example/i.png">',
		],
		[
			'drops addresses that run',
			'<p><a href="javascript:alert(1)">a</a> <a href=" JaVaScRiPt:x">b</a> <img src="data:text/html,x" alt="c"></p>',
			'<p>a b <img alt="c"></p>',
		],
		[
			'takes the fragment from the page that Windows makes around it',
			'<html><body>\r\n<!--StartFragment--><p>a</p><!--EndFragment-->\r\n</body></html>',
			'<p>a</p>',
		],
		['makes paragraphs of divs', '<div><div>一</div>\n<div>二<br>三</div></div>', '<p>一</p><p>二<br>三</p>'],
		['knows bold that is not', '<b style="font-weight:normal" id="docs-internal"><p>a</p></b>', '<p>a</p>'],
		['joins white space', '<p>a\n   b</p>\n\n  <p>\tc </p>', '<p>a b</p><p>c</p>'],
		['keeps the lines of a pre', '<pre>a\n b</pre>', '<pre>a&#10; b</pre>'],
		[
			'keeps tables',
			'<table class="t"><tr><td colspan="2">a<td></table>',
			'<table><tbody><tr><td colspan="2">a</td><td></td></tr></tbody></table>',
		],
		[
			'keeps figures',
			'<figure><img src="https://a.example/i.png" srcset="x 2x" alt="b"><figcaption>c</figcaption></figure>',
			'<figure><img src="https://a.example/i.png" alt="b"><figcaption>c</figcaption></figure>',
		],
		['leaves out what is empty', '<p></p><div><span> </span></div><p>a</p>', '<p>a</p>'],
		['is not offered where nothing is left', '<script>x</script>', undefined],
		['is not offered for what is nested without end', '<div>'.repeat(20_000), undefined],
	] as const) {
		it(what, () => assert.equal(html(from), to));
	}

	it('puts blocks on lines of their own in an article on several lines', () => {
		assert.equal(html('<h2>A</h2><p>b</p>', '<p>x</p>\n||\n<p>y</p>'), '<h2>A</h2>\n<p>b</p>');
	});

	it('takes one paragraph for its text inside another', () => {
		assert.equal(html('<p>a <b>b</b></p>', '<p>x ||y</p>'), 'a <b>b</b>');
	});

	it('is offered neither in a tag nor in a comment nor in the header', () => {
		for (const body of ['<p ||>', '<a href="||">', '<!-- || -->'])
			assert.equal(html('<p>a</p>', body), undefined, body);
		const { document } = open(HEAD);
		const range = { start: document.positionAt(23), end: document.positionAt(23) };
		assert.deepEqual(pastes(document, range, { html: '<p>a</p>' }), []);
	});
});

describe('paste of an address', () => {
	const link = (body: string, text: string) => paste(body, { text }).map(one => one.text);

	it('makes a link of the selection', () => {
		assert.deepEqual(link('<p>the |渡轮| left</p>', ' https://a.example/?x=1&y="2"\n'), [
			'<a href="https://a.example/?x=1&amp;y=&quot;2&quot;">渡轮</a>',
		]);
	});

	for (const [what, body, text] of [
		['without a selection', '<p>||</p>', 'https://a.example/'],
		['over markup', '<p>|a <b>b</b>|</p>', 'https://a.example/'],
		['over an address', '<p>|https://b.example/|</p>', 'https://a.example/'],
		['in a tag', '<a href="|x|">y</a>', 'https://a.example/'],
		['of words', '<p>|a|</p>', 'https://a.example/ and more'],
		['of an address that runs', '<p>|a|</p>', 'javascript:alert(1)'],
	] as const) {
		it(`does not ${what}`, () => assert.deepEqual(link(body, text), []));
	}
});
