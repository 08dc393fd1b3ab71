import assert from 'node:assert/strict';
import { pastes } from '../../../server/src/languageFeatures/paste.ts';
import type { Clipboard, Paste } from '../../../server/src/protocol/editing.ts';
import { HEAD, open } from './harness.ts';

/** Returns the paste options for the text between the two `|` of a body. */
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
			'keeps the elements of articles',
			'<h2>A</h2><p>b <em>c</em> <a href="https://a.example/?x=1&amp;y=2">d</a></p><ul><li>e</li></ul>',
			'<h2>A</h2><p>b <em>c</em> <a href="https://a.example/?x=1&amp;y=2">d</a></p><ul><li>e</li></ul>',
		],
		[
			'drops styles, classes and ids',
			'<p class="x" style="color:red" id="i">a <span style="font-size:9px">b</span></p>',
			'<p>a b</p>',
		],
		[
			'drops scripts and event handlers',
			'<p onclick="x()">a<script>alert(1)</script></p><style>p{}</style><img src="https://a.example/i.png" onerror="x()">',
			'<p>a</p><img src="https://a.example/i.png">',
		],
		[
			'drops URLs that execute code',
			'<p><a href="javascript:alert(1)">a</a> <a href=" JaVaScRiPt:x">b</a> <img src="data:text/html,x" alt="c"></p>',
			'<p>a b <img alt="c"></p>',
		],
		[
			'extracts the fragment from the Windows clipboard format',
			'<html><body>\r\n<!--StartFragment--><p>a</p><!--EndFragment-->\r\n</body></html>',
			'<p>a</p>',
		],
		['converts divs to paragraphs', '<div><div>一</div>\n<div>二<br>三</div></div>', '<p>一</p><p>二<br>三</p>'],
		[
			'ignores bold elements with a normal font weight',
			'<b style="font-weight:normal" id="docs-internal"><p>a</p></b>',
			'<p>a</p>',
		],
		['collapses white space', '<p>a\n   b</p>\n\n  <p>\tc </p>', '<p>a b</p><p>c</p>'],
		['keeps the lines of a pre element', '<pre>a\n b</pre>', '<pre>a&#10; b</pre>'],
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
		['drops empty elements', '<p></p><div><span> </span></div><p>a</p>', '<p>a</p>'],
		['is not offered if nothing is left', '<script>x</script>', undefined],
		['is not offered for excessively nested HTML', '<div>'.repeat(20_000), undefined],
	] as const) {
		it(what, () => assert.equal(html(from), to));
	}

	it('puts blocks on separate lines in an expanded article', () => {
		assert.equal(html('<h2>A</h2><p>b</p>', '<p>x</p>\n||\n<p>y</p>'), '<h2>A</h2>\n<p>b</p>');
	});

	it('inserts a single paragraph as text inside another', () => {
		assert.equal(html('<p>a <b>b</b></p>', '<p>x ||y</p>'), 'a <b>b</b>');
	});

	it('is not offered in a tag, a comment or the header', () => {
		for (const body of ['<p ||>', '<a href="||">', '<!-- || -->'])
			assert.equal(html('<p>a</p>', body), undefined, body);
		const { document } = open(HEAD);
		const range = { start: document.positionAt(23), end: document.positionAt(23) };
		assert.deepEqual(pastes(document, range, { html: '<p>a</p>' }), []);
	});
});

describe('paste of a URL', () => {
	const link = (body: string, text: string) => paste(body, { text }).map(one => one.text);

	it('turns the selection into a link', () => {
		assert.deepEqual(link('<p>the |渡轮| left</p>', ' https://a.example/?x=1&y="2"\n'), [
			'<a href="https://a.example/?x=1&amp;y=&quot;2&quot;">渡轮</a>',
		]);
	});

	for (const [what, body, text] of [
		['without a selection', '<p>||</p>', 'https://a.example/'],
		['over markup', '<p>|a <b>b</b>|</p>', 'https://a.example/'],
		['over a URL', '<p>|https://b.example/|</p>', 'https://a.example/'],
		['in a tag', '<a href="|x|">y</a>', 'https://a.example/'],
		['from text', '<p>|a|</p>', 'https://a.example/ and more'],
		['from a javascript URL', '<p>|a|</p>', 'javascript:alert(1)'],
	] as const) {
		it(`does not create a link ${what}`, () => assert.deepEqual(link(body, text), []));
	}
});
