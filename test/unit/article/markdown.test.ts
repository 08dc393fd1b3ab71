import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseArticle } from '../../../server/src/article/article.ts';
import { collapse, expand, formatObstacle } from '../../../server/src/article/format.ts';
import { runs } from '../../support/runs.ts';
import { inArticle } from '../rules/support.ts';

const MARKDOWN: readonly string[] = [
	'The boat **left**.\n\n## Head\n\nMore.',
	'# 码头\n\n船还在。',
	'The boat left.\n\n- at eleven\n- at noon',
	'1. 第一班\n2. 第二班',
	'* * *\n\n> They left.\n\nSaid nobody.',
	'They left, [she said](https://a.example/b).',
	'她说，[船开了](https://a.example/b)。',
	'![The quay](https://a.example/quay.jpg)',
	'它**已经**开走了。',
	'It __left__.',
	'It *left*.',
	'It _left_ at eleven.',
	'Run `row` twice.',
	'# 标签\n\n`<p>` 是段落，``<a href="x">`` 是链接。',
	'# 标签\n\n这一段里有<a href="https://a.example/">链接</a>，后面还有很多很多字。\n\n## 第二\n\n- 一\n- 二\n\n再见，**船**。',
	'Two lines of\none paragraph.\n\nAnother one.',
	'潮水退得很早。\n\n码头上还有三条船。',
	'```\n<p>code</p>\n```',
	'~~~html\n<script>x()</script>\n<div>\n~~~\n\nText.',
	'| a | b |\n|---|---|\n| 1 | 2 |',
	'Head\n====\n\nText.',
	'Text, [see][1].\n\n[1]: https://a.example/',
	'<p align="center"><img src="a.png"></p>\n\n## Head\n\nThe boat left the quay at eleven in the morning.',
	'## Head\n\n<img src="a.png">\n\nThe boat left, they **say**, at eleven.',
];

const HTML: readonly string[] = [
	'',
	'<p>The boat left.</p>',
	'Plain text without tags.',
	'潮水退得很早，码头上还有三条船。',
	'Plain text\non two lines.',
	'Five * three * two is thirty, 2 ** 3 is eight, snake_case_name stays; see note * below.',
	'<p>A stray ** star, **two** of them, # one, - two.</p>',
	'<p>Text\n\n- one\n\n- two\n</p>',
	'<p>The boat\n\n# left\n\nat eleven in the morning.</p><p>And it came back.</p>',
	'<pre>\n## code\n\n- a\n- b\n\n```\n**x**\n```\n</pre>',
	'<div><pre>a\n\n## code\n\n**b** and a line that is rather long\n</pre></div>',
	'<script>\n\n/**\n * a [b](https://c.example/)\n * c\n **/\n\n- 1\n- 2\n</script><p>x</p>',
	'<!--\n\n# a comment\n\n- of\n- lines\n\n--><p>x</p>',
	'Text <em>in</em> a line<br>\n<br>\n- What? **No**<br>\n- Yes<br>\n',
	'Text <em>in</em> a line<br>\n- What?\n- **No**.\n- Yes.\n',
	'<span>One.</span>\n\n<span>Two, **they** said.</span>',
	'One &amp; two.\n\nThree.',
	'<figure><img src="a.png"></figure>\n<p>The boat left at eleven.</p>\n\n**The end**',
	'The boat<p\n> left at eleven, and\n- nobody saw it.\n- Nobody did.',
	'See <a\n  href="https://a.example/b"\n  title="**a**, *b*, _c_"\n> this </a>',
	'<p>She wrote [sic] (twice) and [1](note).</p>',
];

describe('a Markdown body', () => {
	it('is recognised by syntax that HTML does not have', () => {
		for (const body of MARKDOWN) {
			for (const text of [inArticle(body), inArticle(body).replaceAll('\n', '\r\n')])
				assert.ok(parseArticle(text).markdown, text);
		}
	});

	it('does not include HTML with an asterisk, nor plain text', () => {
		for (const body of HTML) {
			for (const text of [inArticle(body), inArticle(body).replaceAll('\n', '\r\n')])
				assert.equal(parseArticle(text).markdown, undefined, text);
		}
	});

	it('is never reformatted', () => {
		for (const body of MARKDOWN) {
			const text = inArticle(body);
			assert.deepEqual([expand(text), collapse(text)], [text, text]);
			assert.equal(formatObstacle(parseArticle(text))?.kind, 'markdown');
		}
	});

	it('keeps the identities of the format for any mixture of lines', () => {
		const line = fc.constantFrom(
			...[
				'',
				'',
				'<p>a</p>',
				'<p>',
				'</p>',
				'<div>a</div><div>b</div>',
				'<hgroup>',
				'<b>x</b>',
				'# a',
				'- a',
				'**a**',
				'```',
			],
			...[
				'text',
				'> a',
				'<pre>',
				'</pre>',
				'===',
				'[a](https://a.example/)',
				'<!--',
				'-->',
				'  <ul><li>a</li></ul>',
				'潮水',
			],
		);
		fc.assert(
			fc.property(fc.array(line, { maxLength: 12 }), all => {
				const x = inArticle(all.join('\n'));
				const e = expand(x);
				assert.equal(collapse(e), collapse(x));
				assert.equal(expand(e), e);
				assert.equal(collapse(collapse(x)), collapse(x));
				if (parseArticle(x).markdown) assert.equal(e, x);
			}),
			{
				numRuns: runs(1000),
				// When expanded, more of it would be inside the fence than outside.
				examples: [[['```', '  <ul><li>a</li></ul>', '- a', '```', '</pre>', '  <ul><li>a</li></ul>', '<b>x</b>']]],
			},
		);
	});
});
