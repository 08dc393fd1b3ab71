import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { pastes } from '../../../server/src/languageFeatures/paste.ts';
import { runs } from '../../support/runs.ts';
import { HEAD, open } from './harness.ts';

/** Returns the HTML inserted when a clip is pasted at the `|` of a body. */
function pasted(clip: string, body = '<p>x</p>|'): string | undefined {
	const [before = '', after = ''] = body.split('|');
	const { document } = open(HEAD + before + after);
	const at = document.positionAt(HEAD.length + before.length);
	return pastes(document, { start: at, end: at }, { html: clip }).find(({ kind }) => kind === 'html')?.text;
}

const GIF = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
const item = (marker: string, level: number, text: string): string =>
	`<p class=MsoListParagraph style='margin-left:.5in;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${text}<o:p></o:p></p>\r\n`;

const KINDS: Readonly<Record<string, readonly (readonly [what: string, clip: string, result: string])[]>> = {
	spaces: [
		[
			'that a browser wrote as no-break spaces in separate elements',
			'<p>The<span>&nbsp;</span><a href="https://a.example/">office</a><span class="Apple-converted-space">&nbsp;</span>said.</p>',
			'<p>The <a href="https://a.example/">office</a> said.</p>',
		],
		[
			'that an editor wrote as no-break spaces around bold text',
			'<p>潮水&nbsp;<b>high</b>&nbsp;and<em>&nbsp;low</em></p>',
			'<p>潮水 <b>high</b> and<em> low</em></p>',
		],
		['once if an editor doubled them', '<p>a&nbsp; b &nbsp;c</p>', '<p>a b c</p>'],
		[
			'that are intentional no-break spaces, as between number and unit',
			'<p>10&nbsp;km, 5&nbsp;<i>kg</i>, «&nbsp;oui&nbsp;» <b>x</b>&nbsp;!</p>',
			'<p>10&nbsp;km, 5&nbsp;<i>kg</i>, «&nbsp;oui&nbsp;» <b>x</b>&nbsp;!</p>',
		],
		[
			'collapsed across elements, and none at the ends',
			'<p> a <b> b </b> <i>c</i> <br> d </p>\n\n<p>\u3000\u3000一</p>',
			'<p>a <b>b </b><i>c</i><br>d</p><p>\u3000\u3000一</p>',
		],
		[
			'but not paragraphs that contain nothing else',
			'<p>a</p><p>&nbsp;</p><p><br></p><p>b</p><br class="Apple-interchange-newline">',
			'<p>a</p><p>b</p>',
		],
	],
	'block boundaries': [
		[
			'in a list item',
			'<ul><li><div>Ann Reed</div><div>Harbour clerk</div></li><li>李明</li></ul>',
			'<ul><li><p>Ann Reed</p><p>Harbour clerk</p></li><li>李明</li></ul>',
		],
		[
			'between flex and grid items',
			'<div style="display: flex; gap: 1em"><span>Ann Reed</span><a href="https://a.example/">Harbour</a></div><p><span style="display:inline-grid"><b>潮水</b><b>a</b></span></p><div><strong style="display:block">High</strong><label style="display: table-cell">b</label><font style="display:table-cell">c</font></div>',
			'<p>Ann Reed</p><p><a href="https://a.example/">Harbour</a></p><p><b>潮水</b></p><p><b>a</b></p><p><strong>High</strong></p><p>b</p><p>c</p>',
		],
		[
			'in a cell',
			'<table><tr><td><div>High</div><div>water</div></td><th>b</th></tr></table>',
			'<table><tbody><tr><td><p>High</p><p>water</p></td><th>b</th></tr></tbody></table>',
		],
		[
			'in captions',
			'<figure><img src="https://a.example/i.png" alt="A"><figcaption><div>The pier</div><div>Photo: Ann</div></figcaption></figure><table><caption><p>Cap</p><p>tion</p></caption><tr><td>a<td>b</table>',
			'<figure><img src="https://a.example/i.png" alt="A"><figcaption><p>The pier</p><p>Photo: Ann</p></figcaption></figure><table><caption><p>Cap</p><p>tion</p></caption><tbody><tr><td>a</td><td>b</td></tr></tbody></table>',
		],
		[
			'in details',
			'<details open=""><summary>Who pays?</summary>The county does.</details>',
			'<details open><summary>Who pays?</summary><p>The county does.</p></details>',
		],
		[
			'in terms',
			'<dl><div><dt><div>A</div><div>B</div></dt><dd>c</dd></div></dl>',
			'<dl><dt><p>A</p><p>B</p></dt><dd>c</dd></dl>',
		],
		[
			'in headings and elements that are blocks by style',
			'<h2><div>A</div><span style="display: block">B</span></h2>',
			'<h2>A<br>B</h2>',
		],
		['next to text', '<div>a<div>b</div>c</div>', '<p>a</p><p>b</p><p>c</p>'],
		[
			'in links',
			'<a href="https://a.example/"><div><h3>Title</h3></div><p>Text</p></a>',
			'<h3><a href="https://a.example/">Title</a></h3><p><a href="https://a.example/">Text</a></p>',
		],
	],
	images: [
		[
			'that a script would load',
			`<p><img alt="A" width="30" data-src="https://a.example/r.png" src="${GIF}"></p>`,
			'<p><img src="https://a.example/r.png" alt="A" width="30"></p>',
		],
		[
			'with srcset only',
			'<p><img srcset="https://a.example/s.jpg 1x, https://a.example/l.jpg 2x" alt="B"></p>',
			'<p><img src="https://a.example/l.jpg" alt="B"></p>',
		],
		[
			'in a picture element',
			`<picture><source srcset="https://a.example/w.webp 1x"><img src="${GIF}" alt="z"></picture>`,
			'<img src="https://a.example/w.webp" alt="z">',
		],
		[
			'in a noscript element that follows',
			'<img class="lazy" alt="a"><noscript><img src="https://a.example/n.jpg"></noscript>',
			'<img src="https://a.example/n.jpg" alt="a">',
		],
		[
			'once',
			'<img src="https://a.example/n.jpg"><noscript><img src="https://a.example/n.jpg"></noscript>',
			'<img src="https://a.example/n.jpg">',
		],
		['but no tracking pixels', '<p>a<img src="https://t.example/p" width="1" height="1"></p>', '<p>a</p>'],
		[
			'but no javascript or file URLs',
			'<p>a<img src="javascript:x" alt="b"><img src="file:///C:/x.png" alt="c"></p>',
			'<p>a<img alt="b"><img alt="c"></p>',
		],
	],
	nesting: [
		[
			'without wrappers',
			'<section><section><p>One</p></section></section><div><div><h2>Two</h2><p>Three</p></div></div>',
			'<p>One</p><h2>Two</h2><p>Three</p>',
		],
		['of emphasis around blocks', '<b><p>a</p><ul><li>b</li></ul></b>', '<p><b>a</b></p><ul><li><b>b</b></li></ul>'],
		[
			'of nested lists',
			'<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul><li>d</li>',
			'<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ul><li>d</li></ul>',
		],
		['of list items without their list', '<li>a</li>\n<li>b</li>', '<ul><li>a</li><li>b</li></ul>'],
		[
			'of terms and descriptions without their list',
			'<dt>a</dt> <dd>b</dd><dd>c</dd>',
			'<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>',
		],
		[
			'of rows without their table',
			'<tr><td>a</td><td>b</td></tr>',
			'<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>',
		],
		[
			'without nested links',
			'<a href="https://a.example/"><table><tr><td><a href="https://b.example/">b</a></td></tr></table></a>',
			'<table><tbody><tr><td><a href="https://b.example/">b</a></td></tr></tbody></table>',
		],
	],
	emphasis: [
		[
			'by style',
			'<p><span style="font-weight: 700">a</span> <span style="font-style:italic;">b</span> <span style="font-weight:bold;font-style:oblique">c</span> <span style="text-decoration: line-through">d</span> 10<span style="vertical-align:super">6</span></p>',
			'<p><b>a</b> <i>b</i> <b><i>c</i></b> <s>d</s> 10<sup>6</sup></p>',
		],
		[
			'but not from elements with a normal font weight',
			'<b style="font-weight:normal" id="docs-internal-guid"><p dir="ltr"><span style="font-weight:400">a</span></p></b><i style="font-style: normal">b</i>',
			'<p>a</p><p>b</p>',
		],
		[
			'but not of nested text that resets it',
			'<p style="font-weight:700">all <span style="font-weight:400">but this</span> bold</p><div style="font-weight:bold"><p>a</p><p style="font-weight:normal">b</p></div><p><strong>c<span style="font-weight:400">d<b>e</b></span></strong><em>f <a href="https://a.example/" style="font-style:normal">g</a></em></p>',
			'<p><b>all </b>but this<b> bold</b></p><p><b>a</b></p><p>b</p><p><strong>c</strong>d<b>e</b><em>f </em><a href="https://a.example/">g</a></p>',
		],
		['of a whole paragraph', '<div style="font-weight: 600">潮水 <i>a</i></div>', '<p><b>潮水 <i>a</i></b></p>'],
		[
			'but not twice in a heading or bold element',
			'<h2 style="font-weight:700"><span style="font-weight:700">a</span></h2><p><b style="font-weight: bold"><span style="font-weight:700">b</span></b></p>',
			'<h2>a</h2><p><b>b</b></p>',
		],
	],
	lists: [
		[
			'of Word',
			`<p class=MsoNormal>Intro</p>\n${item('3.', 1, 'First')}${item('·', 2, '<b>Sub</b>')}${item('4.', 1, '第二')}<p class=MsoNormal>End</p>`,
			'<p>Intro</p><ol start="3"><li>First<ul><li><b>Sub</b></li></ul></li><li>第二</li></ol><p>End</p>',
		],
		[
			'of Word for the web, which writes one list per item',
			'<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1 SCXW1" role="list"><li data-listid="2" data-aria-posinset="1" data-aria-level="1" role="listitem" class="OutlineElement Ltr SCXW1"><p class="Paragraph SCXW1"><span class="TextRun SCXW1"><span class="NormalTextRun">one</span></span><span class="EOP SCXW1">&nbsp;</span></p></li></ul></div><div class="ListContainerWrapper SCXW1"><ol start="1" role="list"><li data-listid="2" data-aria-level="2" role="listitem"><p>二</p></li><li data-listid="2" data-aria-level="2" role="listitem"><p>three</p></li></ol></div><div class="ListContainerWrapper SCXW1"><ul role="list"><li data-listid="2" data-aria-level="1" role="listitem"><p>four</p></li></ul></div><p>End</p>',
			'<ul><li>one<ol><li>二</li><li>three</li></ol></li><li>four</li></ul><p>End</p>',
		],
		[
			'of Google Docs',
			'<ul style="margin-top:0"><li dir="ltr" style="font-weight:400" aria-level="1"><p dir="ltr" role="presentation"><span>one</span></p></li><ul><li dir="ltr" aria-level="2"><p><span>sub</span></p></li></ul></ul>',
			'<ul><li>one<ul><li>sub</li></ul></li></ul>',
		],
		[
			'of LibreOffice',
			'<ol>\n\t<li><p style="margin-bottom: 0in">one</p></li>\n\t<li><p>two</p>\n\t<ul>\n\t\t<li><p>三</p></li>\n\t</ul></li>\n</ol>',
			'<ol><li>one</li><li>two<ul><li>三</li></ul></li></ol>',
		],
		[
			'with checkboxes',
			'<ul><li class="task-list-item"><input type="checkbox" checked disabled> done</li><li role="checkbox" aria-checked="false"><p>open</p></li></ul>',
			'<ul><li>☑ done</li><li>☐ open</li></ul>',
		],
		[
			'with explicit numbers',
			'<ol start="3" type="a" reversed><li value="7">a</li></ol>',
			'<ol start="3" reversed type="a"><li value="7">a</li></ol>',
		],
	],
	ids: [
		[
			'that are link targets, with links as browsers write them',
			'<p id="p">Claim<sup id="r1"><a href="https://a.example/x#n1">1</a></sup> <a href="https://b.example/#z">o</a></p><ol><li id="n1">Note <a href="#r1">back</a></li></ol>',
			'<p>Claim<sup id="r1"><a href="#n1">1</a></sup> <a href="https://b.example/#z">o</a></p><ol><li id="n1">Note <a href="#r1">back</a></li></ol>',
		],
		[
			'of wrappers and anchors',
			'<p><a href="#s">go</a> <a href="#t">to</a></p><section id="s"><h2>A</h2><p>b</p></section><p><a name="t"></a>c</p>',
			'<p><a href="#s">go</a> <a href="#t">to</a></p><h2 id="s">A</h2><p>b</p><p><span id="t"></span>c</p>',
		],
		['but not unreferenced ones', '<h2 id="a">A</h2><p><span id="b">c</span></p>', '<h2>A</h2><p>c</p>'],
	],
	languages: [
		[
			'and directions',
			'<p lang="fr">Un <span lang="ar" dir="rtl">مرحبا</span></p><section lang="de"><p>Eins</p><p lang="en">Two</p></section><div dir="ltr">x</div>',
			'<p lang="fr">Un <span lang="ar" dir="rtl">مرحبا</span></p><p lang="de">Eins</p><p lang="en">Two</p><p>x</p>',
		],
		[
			'with directions that differ from their context',
			'<div dir="rtl"><p>שלום</p><p dir="ltr">left</p><ul><li>אחד</li><li><p dir="ltr">two</p><p>שתיים</p></li></ul></div>',
			'<p dir="rtl">שלום</p><p>left</p><ul dir="rtl"><li>אחד</li><li><p dir="ltr">two</p><p>שתיים</p></li></ul>',
		],
		['but not those that Word writes everywhere', '<p class=MsoNormal><span lang=EN-US>a</span></p>', '<p>a</p>'],
	],
	semantics: [
		[
			'of inline elements',
			'<p><abbr title="World Health">WHO</abbr> <cite>Tide</cite> <q cite="https://a.example/">q</q> <time datetime="2021-12-16" class="x">16 Dec</time> H<sub>2</sub>O <kbd>k</kbd> <del datetime="2021-01-01">a</del><ins>b</ins> <mark>c</mark></p>',
			'<p><abbr title="World Health">WHO</abbr> <cite>Tide</cite> <q cite="https://a.example/">q</q> <time datetime="2021-12-16">16 Dec</time> H<sub>2</sub>O <kbd>k</kbd> <del datetime="2021-01-01">a</del><ins>b</ins> <mark>c</mark></p>',
		],
		[
			'of ruby annotations',
			'<p><ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby></p>',
			'<p><ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby></p>',
		],
		[
			'of table cells',
			'<table><thead><tr><th scope="col" colspan="2">a</th></tr></thead><tbody><tr><td rowspan="2">b</td><td rowspan="1">c</td></tr></tbody></table>',
			'<table><thead><tr><th colspan="2" scope="col">a</th></tr></thead><tbody><tr><td rowspan="2">b</td><td>c</td></tr></tbody></table>',
		],
		[
			'of table cells with the largest valid spans',
			'<table><tr><td colspan="9999" rowspan="9999">潮</td><td colspan="10000" rowspan="1e5">汐</td><td colspan="-2" rowspan="0">c</td></tr></table>',
			'<table><tbody><tr><td colspan="9999" rowspan="9999">潮</td><td>汐</td><td>c</td></tr></tbody></table>',
		],
		[
			'but not text for screen readers only',
			'<p>a <span class="x sr-only">(opens in a new tab)</span>b<i style="position: absolute; clip: rect(0px, 0px, 0px, 0px); width: 1px">c</i> <span style="position:absolute;clip:rect(1px 1px 1px 1px)">d</span><b style="clip-path: inset(50%)">e</b><b style="clip: rect(0px, 9px, 9px, 0px)">f</b></p>',
			'<p>a b <b>f</b></p>',
		],
		[
			'but not hidden content',
			'<p>a<span hidden>b</span><span style="display:none">c</span><button>d</button></p>',
			'<p>a</p>',
		],
	],
	formulas: [
		[
			'in MathML',
			'<p>2×<math xmlns="http://www.w3.org/1998/Math/MathML" class="x" onclick="y()"> <msup> <mn>10</mn> <mn>6</mn> </msup> </math> l</p>',
			'<p>2×<math><msup><mn>10</mn><mn>6</mn></msup></math> l</p>',
		],
		[
			'of KaTeX, once',
			'<p>On <span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>E</mi></mrow><annotation encoding="application/x-tex">E</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span>E</span></span></span>.</p>',
			'<p>On <math><mrow><mi>E</mi></mrow></math>.</p>',
		],
		[
			'of MathJax, once',
			'<p><mjx-container class="MathJax" jax="SVG"><svg><text>E</text></svg><mjx-assistive-mml><math display="block"><mi>E</mi></math></mjx-assistive-mml></mjx-container></p>',
			'<p><math display="block"><mi>E</mi></math></p>',
		],
		[
			'of MediaWiki, once',
			'<p><span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display: none;"><math><mi>E</mi></math></span><img src="https://w.example/E.svg" alt="E"></span></p>',
			'<p><math><mi>E</mi></math></p>',
		],
	],
	code: [
		['in lines', '<pre>a\n  b\n</pre>', '<pre>a&#10;  b</pre>'],
		[
			'with one element per line',
			'<pre><code><div>a = 1</div><div>&nbsp; b</div><div><br></div><div>c</div></code></pre>',
			'<pre><code>a = 1&#10;  b&#10;&#10;c</code></pre>',
		],
		[
			'with one flex container per line',
			'<pre><div style="display:flex"><span>a</span><span> = 1</span></div><div style="display:flex"><span>b</span></div></pre>',
			'<pre>a = 1&#10;b</pre>',
		],
		['with line breaks', '<pre>x<br>y<br></pre>', '<pre>x&#10;y</pre>'],
		[
			'with many line breaks at its ends',
			`<pre>${'<br>'.repeat(20_000)}x${'<br>'.repeat(20_000)}</pre>`,
			'<pre>x</pre>',
		],
		[
			'in a table with line numbers',
			'<table class="highlight tab-size"><tbody><tr><td id="L1" class="blob-num js-line-number" data-line-number="1"></td><td id="LC1" class="blob-code blob-code-inner js-file-line"><span class="pl-k">if</span> (a) {</td></tr><tr><td class="blob-num"></td><td class="blob-code"></td></tr><tr><td class="blob-num"></td><td class="blob-code">&nbsp;&nbsp;b();</td></tr></tbody></table><table><tr><td class="code">a</td><td>b</td></tr></table>',
			'<pre>if (a) {&#10;&#10;  b();</pre><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>',
		],
		[
			'with one element per line that is code by style',
			'<div><div style="white-space:pre;font-family:ui-monospace">def f():</div> <div style="white-space:pre;font-family:ui-monospace">    return 1</div></div>',
			'<pre>def f():&#10;    return 1</pre>',
		],
		[
			'as lines of preformatted text',
			'<div style="white-space: pre-wrap">One\ntwo <b>\nthree</b>\n</div><p style="white-space-collapse: preserve-breaks">四\n五</p><p style="white-space: nowrap">six\nseven</p>',
			'<p>One<br>two<b><br>three</b></p><p>四<br>五</p><p>six seven</p>',
		],
		[
			'with one list item per line, without numbers',
			'<pre><ol><li><span style="user-select: none">1</span>a</li><li><span style="color:red">b</span></li></ol></pre>',
			'<pre>a&#10;b</pre>',
		],
		[
			'of a code editor',
			'<div style="font-family: Consolas, monospace; white-space: pre;"><div><span style="color:#00f">let</span> a</div><br><div>  b</div></div>',
			'<pre>let a&#10;&#10;  b</pre>',
		],
	],
	URLs: [
		[
			'relative to the SourceURL of the Windows clipboard format',
			'Version:0.9\r\nStartHTML:0\r\nSourceURL:https://a.example/d/x.html\r\n<html><body><!--StartFragment--><p><a href="../y">a</a> <img src="i.png"></p><!--EndFragment--></body></html>',
			'<p><a href="https://a.example/y">a</a> <img src="https://a.example/d/i.png"></p>',
		],
		[
			'with the schemes mailto and tel',
			'<p><a href="mailto:a@b.example">a</a> <a href="tel:+861">b</a> <a href="javascript:x()">c</a></p>',
			'<p><a href="mailto:a@b.example">a</a> <a href="tel:+861">b</a> c</p>',
		],
	],
};

describe('paste of a page', () => {
	for (const [kind, cases] of Object.entries(KINDS))
		describe(`keeps ${kind}`, () => {
			for (const [what, clip, result] of cases)
				it(what, () => {
					assert.equal(pasted(clip), result);
					assert.equal(pasted(result), result, 'is idempotent');
				});
		});

	for (const [where, body, result] of [
		['among blocks', '<p>x</p>|<p>y</p>', '<h2>A</h2><p>b</p>'],
		['in a paragraph, which is split', '<p>x|y</p>', '</p><h2>A</h2><p>b'],
		['in a heading', '<h3>x|</h3>', 'A<br>b'],
		['in emphasis', '<p>x <b>|y</b></p>', 'A<br>b'],
		['in a list item', '<ul><li>|</li></ul>', '<h2>A</h2><p>b</p>'],
	] as const)
		it(`inserts valid markup ${where}`, () => assert.equal(pasted('<h2>A</h2><p>b</p>', body), result));

	it('renames an id that the article already has', () => {
		assert.equal(
			pasted('<p><a href="#n">1</a></p><p id="n">2</p>', '<p id="n">x</p>|'),
			'<p><a href="#n-2">1</a></p><p id="n-2">2</p>',
		);
	});
});

const WORDS = ['tide', '潮水', 'a', '10\u00a0km', ' ', '\n', '\u00a0', 'x y', '&amp;', '5'];
const TAGS =
	'div section p h2 ul ol li table tr td th caption blockquote span b i a figure figcaption details summary dl dt dd address article label em sup font main header code q pre s ruby rt'.split(
		' ',
	);
const ATTRIBUTES = [
	'',
	'',
	' id="i"',
	' href="https://a.example/"',
	' href="#i"',
	' lang="fr"',
	' style="font-weight:700"',
	' style="display:block"',
	' style="display:flex"',
	' dir="rtl"',
	' colspan="2"',
];
const markup = fc.letrec<{ node: string; list: string }>(tie => ({
	node: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.constantFrom(...WORDS, '<br>', '<img src="https://a.example/i.png">', '<hr>'),
		fc
			.tuple(fc.constantFrom(...TAGS), fc.constantFrom(...ATTRIBUTES), tie('list'))
			.map(([tag, attribute, inner]) => `<${tag}${attribute}>${inner}</${tag}>`),
	),
	list: fc.array(tie('node'), { maxLength: 4 }).map(nodes => nodes.join('')),
})).list;

const BLOCK =
	/^(?:address|article|aside|blockquote|caption|d[dlt]|details|div|figcaption|figure|h[1-6]|header|hr|li|main|ol|p|pre|section|summary|table|t(?:body|foot|head|[dhr])|ul)$/;
const VOID = /^(?:br|hr|img)$/;

/** Returns the visible words of markup, separated between blocks. */
function wordsOf(html: string): string[] {
	let text = '';
	const walk = (node: DefaultTreeAdapterTypes.Node, isCode: boolean): void => {
		if (node.nodeName === '#text' && 'value' in node) text += node.value;
		const isBlock =
			BLOCK.test(node.nodeName) ||
			('attrs' in node &&
				!/^(?:br|hr|img|rt)$/.test(node.nodeName) &&
				(hasStyle(node, /^display:(?:block|flex)$/) || (!isCode && hasStyle(node.parentNode, /^display:flex$/))));
		if (isBlock || node.nodeName === 'br') text += '\n';
		if ('childNodes' in node) for (const child of node.childNodes) walk(child, isCode || node.nodeName === 'pre');
		if (isBlock) text += '\n';
	};
	walk(parseFragment(html, { scriptingEnabled: false }), false);
	return text.split(/[\s]+/).filter(word => word !== '');
}

function hasStyle(node: DefaultTreeAdapterTypes.ParentNode | null, style: RegExp): boolean {
	return node !== null && 'attrs' in node && node.attrs.some(({ value }) => style.test(value));
}

/** Returns the names of the elements in a tree. */
function namesIn(node: DefaultTreeAdapterTypes.Node): string[] {
	const own = 'tagName' in node ? [node.tagName] : [];
	return [...own, ...('childNodes' in node ? node.childNodes.flatMap(namesIn) : [])];
}

describe('paste of any page', () => {
	it('preserves the words, is idempotent, and nests correctly', () => {
		let kept = 0;
		fc.assert(
			fc.property(markup, inner => {
				const clip = `<div>${inner}</div>`;
				const result = pasted(clip) ?? '';
				assert.deepEqual(wordsOf(result), wordsOf(clip), result);
				assert.equal(pasted(result) ?? '', result);
				const errors: string[] = [];
				const tree = parseFragment(result, { scriptingEnabled: false, onParseError: ({ code }) => errors.push(code) });
				assert.deepEqual(errors, [], result);
				const written = [...result.matchAll(/<(\/?)([a-z0-9]+)/g)];
				const names = namesIn(tree);
				assert.deepEqual(
					written.filter(([, slash]) => slash === '').map(([, , name]) => name),
					names,
					result,
				);
				assert.equal(written.filter(([, slash]) => slash !== '').length, names.filter(name => !VOID.test(name)).length);
				if (names.length > 5) kept++;
			}),
			{ numRuns: runs(1000) },
		);
		assert.ok(kept > runs(50), `${kept} clips had something to keep`);
	});
});
