import assert from 'node:assert/strict';
import { assertFindings, assertFixed, assertQuiet, check, fixes, inArticle } from './support.ts';

describe('rules: html', () => {
	describe('html/syntax', () => {
		it('reports end tags without a start tag', () => {
			assertFixed(
				'html/syntax',
				inArticle('<p>潮水</p></div><p>退去</p>一</br>二'),
				[
					['</div>', '</div> has no start tag'],
					['</br>', '</br> is parsed as <br>'],
				],
				inArticle('<p>潮水</p><p>退去</p>一<br>二'),
			);
		});
		it('reports unclosed elements', () => {
			assertFixed(
				'html/syntax',
				inArticle('<section><div>潮<p>水</p></section><blockquote>退'),
				[
					['<div>', '<div> has no end tag'],
					['<blockquote>', '<blockquote> has no end tag'],
				],
				'<!--1639640221000-->\n[潮水退去之后](https://news.example/2021/12/16/tide/)\n------\n\n<section><div>潮<p>水</p></div></section><blockquote>退\n</blockquote>',
			);
		});
		it('reports self-closing tags of non-void elements', () => {
			assertFixed(
				'html/syntax',
				inArticle('<p>A<span class="x"/>B</p><iframe src="https://v.example/1"/>'),
				[
					['<span class="x"/>', '<span/> is not self-closing in HTML, so everything after it is inside the span'],
					[
						'<iframe src="https://v.example/1"/>',
						'<iframe/> is not self-closing in HTML, so everything after it is inside the iframe',
					],
				],
				inArticle('<p>A<span class="x"></span>B</p><iframe src="https://v.example/1"></iframe>'),
			);
		});
		it('reports overlapping tags once each', () => {
			const text = inArticle('<p><b>潮<i>水</b>退</i></p>');
			assertFindings('html/syntax', text, [
				['</i>', '</i> comes too late: the <i> was already closed with the element around it'],
			]);
			const [problem] = check(text).filter(({ rule }) => rule.id === 'html/syntax');
			assert.deepEqual(
				problem?.related?.map(({ span }) => text.slice(span.start, span.end)),
				['<i>'],
			);
			assert.deepEqual(problem?.fixes?.(), []);
		});
		it('swaps adjacent end tags', () => {
			assertFixed(
				'html/syntax',
				inArticle('<div><p><em><strong>Low tide</em></strong></p></div>'),
				[['</strong>', '</strong> comes too late: the <strong> was already closed with the element around it']],
				inArticle('<div><p><em><strong>Low tide</strong></em></p></div>'),
			);
			assertFixed(
				'html/syntax',
				inArticle('<div><p>潮</div></p>'),
				[['</p>', '</p> comes too late: the <p> was already closed with the element around it']],
				inArticle('<div><p>潮</p></div>'),
			);
		});
		it('reports a paragraph with text around content that it cannot contain', () => {
			assertFindings('html/syntax', inArticle('<p>one<div>two</div>three</p>'), [
				['</p>', '</p> comes too late: <div> already closed the <p>'],
			]);
			assert.deepEqual(fixes('html/syntax', inArticle('<p>one<div>two</div>three</p>')), []);
		});
		it('reports nested headings, and formatting around the start of a block', () => {
			assertFindings('html/syntax', inArticle('<h2>潮<h2></h2></h2>'), [
				['</h2>', '</h2> comes too late: <h2> already closed the <h2>'],
			]);
			assertFindings('html/syntax', inArticle('<strong><p>潮</strong>水</p>'), [
				['</strong>', '</strong> is inside <p>, which was opened inside <strong>'],
			]);
		});
		it('reports duplicate ids to which a link leads', () => {
			const text = inArticle('<p id="n">一</p><p id="n">二</p><p id="n">三</p><a href="#n">一</a>');
			assertFindings('html/syntax', text, [['id="n"', 'Duplicate id n on 3 elements: links go to the first one']]);
			const problem = check(text).find(({ rule }) => rule.id === 'html/syntax');
			assert.equal(problem?.span.start, text.indexOf('id="n"', text.indexOf('一')));
			assert.equal(problem?.related?.[0]?.span.start, text.indexOf('id="n"'));
		});
		it('reports attributes broken by a quote', () => {
			assertFindings('html/syntax', inArticle('<img alt="He said "wait" twice" src="a.jpg"><p <b>text</p>'), [
				['wait"', 'A quote closes the value of alt too early, so the rest is parsed as attributes'],
				['<p <b>', 'The tag <p> is missing its closing >'],
			]);
			assertFixed(
				'html/syntax',
				inArticle('<a href="/x" target="_blank"" rel="y">甲</a>'),
				[['"', 'Stray " in the tag <a>']],
				inArticle('<a href="/x" target="_blank" rel="y">甲</a>'),
			);
			assertFindings('html/syntax', inArticle('<a href=/x">甲</a>'), [
				['"', 'An attribute value without quotes contains "'],
			]);
		});
		it('reports duplicate attributes', () => {
			assertFixed(
				'html/syntax',
				inArticle('<p class="a" CLASS=\'b\' id=x id = "y z">甲</p>'),
				[
					['CLASS', 'Duplicate attribute class, which browsers ignore'],
					['id', 'Duplicate attribute id, which browsers ignore'],
				],
				inArticle('<p class="a" id=x>甲</p>'),
			);
		});
		it('reports text that is not shown', () => {
			assertFindings('html/syntax', inArticle('<p>一</ p>二<!weather: rain>三<?php x?>四</>五'), [
				['</ p>', '</ p> is not an end tag: the name must directly follow </'],
				['<!weather: rain>', '<!weather: rain> is parsed as a comment and is not shown'],
				['<?php x?>', '<?php x?> is parsed as a comment and is not shown'],
				['</>', '</> is not an end tag: it has no name'],
			]);
			assertFixed(
				'html/syntax',
				inArticle('<p>见 <https://a.example/x> 与 <desk@a.example>。</p>'),
				[
					[
						'<https://a.example/x>',
						'The address https://a.example/x in angle brackets is parsed as a tag and is not shown',
					],
					['<desk@a.example>', 'The address desk@a.example in angle brackets is parsed as a tag and is not shown'],
				],
				inArticle('<p>见 &lt;https://a.example/x&gt; 与 &lt;desk@a.example&gt;。</p>'),
			);
			assertFixed(
				'html/syntax',
				inArticle('<p>一<![CDATA[二]]>三</p>'),
				[['<![CDATA[', '<![CDATA[ starts a comment in HTML, so the text up to the next > is not shown']],
				inArticle('<p>一二三</p>'),
			);
		});
		it('reports unclosed comments and tags', () => {
			assertFindings('html/syntax', inArticle('<p>一</p><!-- 二<p>三</p>'), [
				['<!--', 'The comment is missing its closing -->, so the rest of the article is not shown'],
			]);
			assertFindings('html/syntax', inArticle('<p>一</p><!-- note: a <!-- b --> c -->'), [
				['<!--', 'Nested comment: the first --> closes both comments'],
			]);
			assertFindings('html/syntax', inArticle('<p>一</p><a href="/x'), [
				['<a href="/x\n', 'The article ends inside a tag, which is not shown'],
			]);
		});
		it('reports control characters and invalid character references', () => {
			assertFixed(
				'html/syntax',
				inArticle('<p>潮\b水\x01\x02退</p>').replaceAll('\n', '\r\n'),
				[
					['\b', 'Control character U+0008'],
					['\x01\x02', '2 control characters, starting with U+0001'],
				],
				inArticle('<p>潮水退</p>').replaceAll('\n', '\r\n'),
			);
			assertFindings('html/syntax', inArticle('<p title="&nbps;">a&nbps;b &#0; &#xD800; &#x110000;</p>'), [
				['&nbps;', 'Unknown character reference &nbps;'],
				['&#0;', 'Invalid character reference &#0;'],
				['&#xD800;', 'Invalid character reference &#xD800;'],
				['&#x110000;', 'Invalid character reference &#x110000;'],
			]);
		});
		it('ignores parse errors without visible effect', () => {
			assertQuiet(
				'html/syntax',
				'<ul><li>一<li>二</ul><p>三<p>四<table><tr><td>五<td>六</table>',
				'<br/><img src="a.jpg" alt="a"/><hr />',
				'<p>AT&amp;T, R&D, a < b, 1 <2, &copy 2021</p>',
				'<a href="/x?a=1&copy=2&b;=3">x</a>',
				'<a class="a"id="b" href=/x?a=b>x</a>',
				'<html><body><p>一</p></body></html>',
				'<p>一</p><!-- note: 二 --><!--[if mso]><![endif]--><![if !vml]><?xml:namespace prefix = o />',
				'<img id="a" data-src="a.jpg" alt="a"><noscript><img id="a" src="a.jpg" alt="a"></noscript>',
				'<h2 id="a"><a name="a">一</a></h2>',
				'<a data-x="{"title": "x"}" href="/x">x</a>',
				'<svg><path d="M0 0"><circle r="1"/></svg>',
				'<ruby>潮<rt>cháo</ruby>',
			);
		});
	});

	describe('html/unsafe', () => {
		it('removes scripts', () => {
			assertFixed(
				'html/unsafe',
				inArticle(
					'<p>一</p><script async src="https://w.example/w.js"></script><SCRIPT type="text/javascript">x("</p>")</SCRIPT><svg><script>y()</script></svg><p>二</p>',
				),
				[
					['<script async src="https://w.example/w.js">', 'The article contains a script'],
					['<SCRIPT type="text/javascript">', 'The article contains a script'],
					['<script>', 'The article contains a script'],
				],
				inArticle('<p>一</p><svg></svg><p>二</p>'),
			);
		});
		it('does not remove the rest of the article with an unclosed script', () => {
			const text = inArticle('<p>一</p><script src="x.js"/><p>二</p>');
			assertFindings('html/unsafe', text, [['<script src="x.js"/>', 'The article contains a script']]);
			assert.deepEqual(fixes('html/unsafe', text), []);
		});
		it('removes only event handlers', () => {
			assertFixed(
				'html/unsafe',
				inArticle(
					'<p onclick="a()" class="x" OnMouseOver=b()>一</p><img src="a.jpg" alt="a"onerror=\'c("x")\'id="i"><svg/onload=d()></svg>',
				),
				[
					['onclick="a()"', 'The event handler onclick runs a script'],
					['OnMouseOver=b()', 'The event handler onmouseover runs a script'],
					['onerror=\'c("x")\'', 'The event handler onerror runs a script'],
					['onload=d()', 'The event handler onload runs a script'],
				],
				inArticle('<p class="x">一</p><img src="a.jpg" alt="a"id="i"><svg></svg>'),
			);
		});
		it('reports scripts in URLs in any spelling', () => {
			const addresses = [
				'javascript:void(0)',
				'JavaScript:x()',
				' \x01javascript:x()',
				'java&#10;script:x()',
				'j&Tab;a&NewLine;vascript&colon;x()',
				'&#106;&#x61;vascript:x()',
				'vbscript:x',
			];
			for (const address of addresses) {
				const text = inArticle(`<p><a class="x" href="${address}">甲</a></p>`);
				const [problem] = check(text).filter(({ rule }) => rule.id === 'html/unsafe');
				assert.match(problem?.message ?? '', /^The attribute href contains a script: /, address);
				assert.deepEqual(problem?.fixes?.()[0]?.title, 'Remove the attribute href');
			}
			assertFixed(
				'html/unsafe',
				inArticle(
					'<form action="javascript:a"><button formaction="javascript:b">x</button></form><svg><a xlink:href="javascript:c"></a></svg><object data="javascript:d"></object><svg><set to="javascript:e"/></svg>',
				),
				[
					['action="javascript:a"', 'The attribute action contains a script: javascript:a'],
					['formaction="javascript:b"', 'The attribute formaction contains a script: javascript:b'],
					['xlink:href="javascript:c"', 'The attribute xlink:href contains a script: javascript:c'],
					['data="javascript:d"', 'The attribute data contains a script: javascript:d'],
					['to="javascript:e"', 'The attribute to contains a script: javascript:e'],
				],
				inArticle('<form><button>x</button></form><svg><a></a></svg><object></object><svg><set/></svg>'),
			);
		});
		it('reports embedded pages and redirects', () => {
			assertFixed(
				'html/unsafe',
				inArticle(
					'<iframe srcdoc="&lt;script&gt;x()&lt;/script&gt;"></iframe><iframe src="data:text/html,x"></iframe><embed src="data:image/svg+xml,x"><base href="https://b.example/"><meta http-equiv="Refresh" content="0;url=https://b.example/">',
				),
				[
					['srcdoc="&lt;script&gt;x()&lt;/script&gt;"', 'The attribute srcdoc embeds a page, which can run scripts'],
					['src="data:text/html,x"', 'The attribute src embeds a page, which can run scripts'],
					['src="data:image/svg+xml,x"', 'The attribute src embeds a page, which can run scripts'],
					['<base href="https://b.example/">', 'The base element changes the base URL of all links and images'],
					[
						'<meta http-equiv="Refresh" content="0;url=https://b.example/">',
						'The meta element redirects to another page',
					],
				],
				inArticle('<iframe></iframe><iframe></iframe><embed>'),
			);
		});
		it('ignores harmless markup that looks similar', () => {
			assertQuiet(
				'html/unsafe',
				'<script type="application/ld+json">{}</script><script type="text/template"><p></p></script>',
				'<p one="1" only="2" on="3" title="javascript: a history">一</p>',
				'<a href="/javascript:x">a</a><a href="https://a.example/?javascript:x">b</a><a href="java script:x">c</a>',
				'<iframe src="https://v.example/1"></iframe><object data="https://v.example/1.swf"></object>',
				'<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
				'<meta charset="utf-8"><base target="_blank">',
			);
		});
	});

	describe('html/untidy', () => {
		it('reports a paragraph that only creates empty ones around its content', () => {
			const text = inArticle('<p><figure><img src="a.jpg" alt="浪"></figure></p>');
			assertFixed(
				'html/untidy',
				text,
				[['</p>', '</p> comes too late: <figure> already closed the <p>']],
				inArticle('<figure><img src="a.jpg" alt="浪"></figure>'),
			);
			assertQuiet('html/syntax', text);
		});
		it('reports end tags of void elements and paragraphs without a start tag', () => {
			const text = inArticle('<p>退去</p></p><img src="a.jpg" alt="浪"></img>');
			assertFixed(
				'html/untidy',
				text,
				[
					['</p>', '</p> has no start tag'],
					['</img>', '</img> has no start tag'],
				],
				inArticle('<p>退去</p><img src="a.jpg" alt="浪">'),
			);
			assertQuiet('html/syntax', text);
		});
		it('reports duplicate ids to which no link leads', () => {
			const text = inArticle('<p id="n">一</p><p id="n">二</p><a href="/b#m">三</a>');
			assertFindings('html/untidy', text, [['id="n"', 'Duplicate id n on 2 elements']]);
			assertQuiet('html/syntax', text);
		});
	});

	describe('html/misspelt', () => {
		it('corrects the name', () => {
			assertFixed(
				'html/misspelt',
				inArticle('<time pudate="2021-12-16" datetime="2021-12-16">12月16日</time><a HFER="/x">甲</a>'),
				[
					['pudate', 'The attribute pudate is misspelt. Did you mean pubdate?'],
					['HFER', 'The attribute hfer is misspelt. Did you mean href?'],
				],
				inArticle('<time pubdate="2021-12-16" datetime="2021-12-16">12月16日</time><a href="/x">甲</a>'),
			);
		});
		it('ignores other attributes', () => assertQuiet('html/misspelt', '<p data-herf="x" scrolling="no">甲</p>'));
	});
});
