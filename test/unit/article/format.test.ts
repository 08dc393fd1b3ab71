import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Article, parseArticle } from '../../../server/src/article/article.ts';
import { applyEdits } from '../../../server/src/article/edits.ts';
import { collapse, collapsing, expand, expansion } from '../../../server/src/article/format.ts';
import { buildOutline } from '../../../server/src/article/outline.ts';
import { runs } from '../../support/runs.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { body, plainText, text } from './anyText.ts';
import { carry, places, rendered, shown, writersRule } from './forms.ts';

/** A body in expanded form, indented with spaces instead of tabs. */
const expanded = (body: string): string => expand(HEAD + body, '  ').slice(HEAD.length);

/** Bodies in which no line break can be inserted. */
const LEFT_ALONE: Readonly<Record<string, string>> = {
	'text next to a block': '<div>text<p>a</p>tail</div>',
	'inline content': '<p><b>a</b><i>b</i><br><img src=x></p>',
	'a space between two blocks, which the writer keeps': '<p>a</p> <p>b</p>',
	'a no-break space between two blocks': '<p>a</p>\u00a0<p>b</p>',
	'a no-break space next to a line break': '<p>a</p>\n\u00a0<p>b</p>',
	'an ideographic space next to a line break': '<p>a</p>\u3000\n<p>b</p>',
	'a vertical tab, which HTML renders': '<p>a</p>\v\n<p>b</p>',
	'the inside of an empty block': '<p></p>',
	'blocks inside an inline element': '<a href=x><div>a</div><div>b</div></a>',
	'blocks inside a span': '<span><p>a</p><p>b</p></span>',
	'preformatted text': '<pre><div>a</div><div>b</div></pre>',
	'text preformatted by a style': '<div style="white-space: pre-wrap"><p>a</p><p>b</p></div>',
	'blocks made inline by a style': '<p style="display:inline-block">a</p><p style="display:inline">b</p>',
	'a text area': '<textarea><p>a</p><p>b</p></textarea>',
	'a script': '<script>"<p>a</p><p>b</p>"</script>',
	'a style sheet': '<style><p>a</p><p>b</p></style>',
	'a comment': '<!--<p>a</p><p>b</p>-->',
	noscript: '<noscript><p>a</p><p>b</p></noscript>',
	'a template': '<template><p>a</p><p>b</p></template>',
	'foreign content': '<svg><foreignObject><p>a</p><p>b</p></foreignObject></svg>',
	'unclosed paragraphs': '<p>a<p>b<p>c',
	'bold text that continues in the next paragraph': '<p><b>a</p><p>b</b></p>',
	'content that HTML foster-parents out of a table': '<table><p>a</p><p>b</p></table>',
	'rows without a table, and everything after them': '<tr><td>a</td></tr><p>b</p><p>c</p>',
	'stray end tags': '<p>a</p></b><p>b</p>',
	'a select': '<select><option>a</option><option>b</option></select>',
	'a comment next to text': '<div>a</div>text<!-- note --><p>b</p>',
	'a figure': '<figure><img src=x><figcaption>a</figcaption></figure>',
};

describe('Expand', () => {
	it('puts each block on its own line, indented by its depth', () => {
		assert.equal(
			expanded(
				'<section><p>a <b>b</b></p><ul><li>一</li><li>二<ul><li>三</li></ul></li></ul><hr></section><footer>z</footer>\n',
			),
			[
				'<section>',
				'  <p>a <b>b</b></p>',
				'  <ul>',
				'    <li>一</li>',
				'    <li>二<ul>',
				'        <li>三</li>',
				'      </ul>',
				'    </li>',
				'  </ul>',
				'  <hr>',
				'</section>',
				'<footer>z</footer>',
				'',
			].join('\n'),
		);
	});

	it('formats tables, with and without the elements that HTML adds to them', () => {
		assert.equal(
			expanded('<table><tr><th>a</th><td>b</td></tr></table>'),
			'<table>\n  <tr>\n    <th>a</th>\n    <td>b</td>\n  </tr>\n</table>',
		);
		assert.equal(
			expanded('<table><tbody><tr><td>b</td></tr></tbody></table>'),
			'<table>\n  <tbody>\n    <tr>\n      <td>b</td>\n    </tr>\n  </tbody>\n</table>',
		);
	});

	for (const [what, body] of Object.entries(LEFT_ALONE)) {
		it(`does not change ${what}`, () => assert.equal(expanded(body), body));
	}

	it('separates blocks next to text, and nothing else there', () => {
		assert.equal(expanded('text<p>a</p><p>b</p>tail'), 'text<p>a</p>\n<p>b</p>tail');
		assert.equal(expanded('<p>a</p><p>b</p><img src=x><p>c</p>'), '<p>a</p>\n<p>b</p><img src=x><p>c</p>');
		assert.equal(expanded('<div><p>a</p><p>b</p> c</div>'), '<div>\n  <p>a</p>\n  <p>b</p> c</div>');
	});

	it('puts comments and notes between blocks on their own lines', () => {
		assert.equal(
			expanded('<p>a</p><!-- note: x #y --><p>b <mark>c</mark><!-- note: z --></p>'),
			'<p>a</p>\n<!-- note: x #y -->\n<p>b <mark>c</mark><!-- note: z --></p>',
		);
	});

	it('continues after unclosed bold text once it no longer has an effect', () => {
		assert.equal(expanded('<p><b>a</p><p>b</b></p><p>c</p><p>d</p>'), '<p><b>a</p><p>b</b></p>\n<p>c</p>\n<p>d</p>');
	});

	it("fixes other indentation, and keeps one blank line and the file's line endings", () => {
		assert.equal(
			expanded('<div>\n\t<p>a</p>\n\n\n\n<p>b</p>\n        </div>\n'),
			'<div>\n  <p>a</p>\n\n  <p>b</p>\n</div>\n',
		);
		const windows = '<!--1-->\r\n[T](https://news.example/)\r\n------\r\n\r\n<div><p>a</p>\r\n<p>b</p></div>';
		assert.equal(
			expand(`\uFEFF${windows}`),
			`\uFEFF${windows.split('<div>')[0]}<div>\r\n\t<p>a</p>\r\n\t<p>b</p>\r\n</div>`,
		);
	});

	it('keeps tags whose attributes are on several lines', () => {
		assert.equal(expanded('<div\n  class="a\n b"><p>a</p></div\n>'), '<div\n  class="a\n b">\n  <p>a</p>\n</div\n>');
	});

	it('supports front matter', () => {
		const head = '---\ntitle: T\nfrom: https://news.example/\n---\n\n';
		assert.equal(expand(`${head}<p>a</p><p>b</p>\n`), `${head}<p>a</p>\n<p>b</p>\n`);
	});

	it('does not change an article whose body starts like a header', () => {
		const text = '[T](https://news.example/)\n------\n\n\n<!--1639640221000--><p>a</p><p>b</p>\n';
		assert.equal(collapse(expand(text)), collapse(text));
		assert.equal(expand(expand(text)), expand(text));
	});

	it('does not change labels, however much white space it adds', () => {
		const items = Array.from({ length: 40 }, (_, index) => `<li>${index} 潮水</li>`).join('');
		const names = (text: string): string[] =>
			buildOutline(parseArticle(text)).flatMap(({ children }) => children.map(({ name }) => name));
		const text = `${HEAD}<div><div><div><ul>${items}</ul></div></div></div>`;
		assert.deepEqual(names(expand(text, '         ')), names(text));
		assert.equal(names(text).length, 1);
	});

	it('can indent by nothing', () => {
		assert.equal(expand(`${HEAD}<div><p>a</p></div>`, ''), `${HEAD}<div>\n<p>a</p>\n</div>`);
	});
});

describe('Collapse', () => {
	it('follows the writer’s rule between blocks', () => {
		for (const body of [
			'<p>a</p>\n\t<p>b\u00a0</p>\r\n  <p>c d</p>\n\n',
			'<div>\n  a\n  <p>\n b\n</p>\n c\n</div>',
			'<table>\n<tr>\n <td>\n a\n </td>\n</tr>\n</table>\n<hr>\n<ul>\n<li>a\n<li>b\n</ul>',
			'a<br>\nb\n<br>c',
			'<p>a</p>\n<!-- x -->\n<!-- y -->\n<p>b</p>\n<script>x</script>\n<style></style>\n<p>c</p>',
			'<figure>\n<img src=x>\n<figcaption>\na</figcaption>\n</figure>',
			'  \n <p>a</p>',
			'<p>a</p>',
			'<p>a</p>\n',
			'',
			' \n ',
		])
			assert.equal(collapse(HEAD + body), writersRule(HEAD + body, HEAD.length), JSON.stringify(body));
	});

	for (const [what, body, collapsed] of [
		[
			'the lines of a pre',
			'<pre>for x in a b\n  do echo $x\t\n\ndone</pre>',
			'<pre>for x in a b&#10;  do echo $x\t&#10;&#10;done</pre>',
		],
		['the first lines of a pre, of which HTML drops one', '<pre>\n\na\n</pre>', '<pre>&#10;&#10;a&#10;</pre>'],
		['CRLF line endings in a pre', '<pre>a\r\n\r\n b</pre>', '<pre>a&#10;&#10; b</pre>'],
		[
			'the lines of a pre with markup',
			'<pre><code>a\n<b>b\n</b></code>\n</pre>',
			'<pre><code>a&#10;<b>b&#10;</b></code>&#10;</pre>',
		],
		[
			'the lines of a text area',
			'<form>\n<textarea rows=2>\n一\n 二</textarea>\n</form>',
			'<form><textarea rows=2>&#10;一&#10; 二</textarea></form>',
		],
		[
			'lines that a style preserves',
			'<p style="white-space: pre-line">a\nb</p>\n<p>c</p>',
			'<p style="white-space: pre-line">a&#10;b</p><p>c</p>',
		],
		[
			'the words of a paragraph on several lines',
			'<p>one\n\ttwo <b>three</b>\nfour\n<i>five</i></p>',
			'<p>one two <b>three</b> four <i>five</i></p>',
		],
		['words next to inline elements', '<b>a</b>\n<i>b</i>\n<img src=x>\nc', '<b>a</b> <i>b</i> <img src=x> c'],
		[
			'spaces that are not white space in HTML',
			'<p>a</p>\n\u00a0<p>\u3000一\n\u3000二\u00a0\n</p>',
			'<p>a</p>\u00a0<p>\u3000一 \u3000二\u00a0</p>',
		],
		[
			'tags on several lines',
			'<div\n  class="a"\n\tid=b\n>x</div\n><br\n/><p title="a\n  b">y</p>',
			'<div class="a" id=b>x</div><br /><p title="a&#10;  b">y</p>',
		],
		[
			'the words of comments',
			'<p>a</p>\n<!-- note: one\n  two\n-->\n<p>b</p>',
			'<p>a</p><!-- note: one two --><p>b</p>',
		],
		[
			'blocks that a style makes inline',
			'<div style="display:inline-block">a</div>\n<div style="display:inline">b</div>',
			'<div style="display:inline-block">a</div> <div style="display:inline">b</div>',
		],
		['words around tags that end no block', '<p>a</div>\nb<td>\nc</p>', '<p>a</div> b<td> c</p>'],
		[
			'words that HTML foster-parents out of a table',
			'<table>a\n<tr>\nb<td>\nc</td></tr></table>',
			'<table>a <tr> b<td>c</td></tr></table>',
		],
		['text in which bold is reopened', '<p><b>1<p>a</b>\nb</p>', '<p><b>1<p>a</b> b</p>'],
	] as const)
		it(`keeps ${what}`, () => {
			assert.equal(collapse(HEAD + body), HEAD + collapsed);
			assert.deepEqual(shown(parseArticle(HEAD + collapsed)), shown(parseArticle(HEAD + body)));
		});

	for (const body of [
		'<script>\n// one\nlet x\n</script>',
		'<style>\n.a\n.b {}\n</style>',
		'<xmp>\na\n</xmp>',
		'<svg><style>\n.a\n.b {}\n</style></svg>',
		'<pre><svg><text>a\nb</text></svg></pre>',
		'<pre>an open one\n\n',
		'<plaintext>a\nb',
	])
		it(`keeps line breaks that have no equivalent: ${JSON.stringify(body)}`, () => {
			const around = body.startsWith('<pre>an') || body.startsWith('<plain') ? '' : '<p>x</p>\n';
			const text = `${HEAD}<p>a</p>\n<p>b</p>${body}`;
			assert.equal(collapse(text + around), `${HEAD}<p>a</p><p>b</p>${body}${around}`);
		});

	it('keeps the file’s line endings and byte order mark', () => {
		const head = '\uFEFF<!--1-->\r\n[T](https://news.example/)\r\n------\r\n\r\n';
		assert.equal(collapse(`${head}<p>a</p>\r\n  <p>b</p>\r\n`), `${head}<p>a</p><p>b</p>\r\n`);
	});

	it('adds no line break at the end of the file, and keeps one that is there', () => {
		for (const [end, kept] of [
			['', ''],
			[' \t', ''],
			['\n', '\n'],
			['\r\n', '\r\n'],
			['\n\n  \n', '\n'],
			[' \n ', '\n'],
		] as const)
			for (const body of ['<p>a</p><p>b</p>', '<p>a</p>\n\t<p>b</p>', '<p>甲</p>\n<p>b <b>c</b></p>tail']) {
				const text = HEAD + body + end;
				const line = HEAD + body.replace(/\n\t?/g, '');
				assert.equal(collapse(text), line + kept, JSON.stringify(text));
				assert.equal(collapse(expand(text)), line + kept, JSON.stringify(text));
				assert.equal(/\s*$/.exec(expand(text))?.[0], end, JSON.stringify(text));
			}
	});
});

const RUNS = { numRuns: runs(300) };

describe('Expand and Collapse of any text', () => {
	it('keep the identities of the format', () => {
		fc.assert(
			fc.property(text, fc.constantFrom('\t', '  ', ''), (x, indent) => {
				const e = expand(x, indent);
				assert.equal(collapse(e), collapse(x), 'collapse(expand(x)) = collapse(x)');
				assert.equal(expand(e, indent), e, 'expand(expand(x)) = expand(x)');
				const archived = collapse(x);
				assert.equal(collapse(archived), archived, 'collapse(collapse(x)) = collapse(x)');
				assert.equal(collapse(expand(archived, indent)), archived, 'collapse(expand(x)) = x in archive form');
			}),
			RUNS,
		);
	});

	it('follow the writer’s rule for the expanded form of a line', () => {
		fc.assert(
			fc.property(body, tail => {
				const x = `${HEAD}<p>${tail.replace(/[\r\n]/g, '').trimEnd()}\n`;
				const e = expand(x);
				assert.equal(collapse(e), x);
				if (!/<(?:pre|textarea|script|style|xmp|listing)/.test(tail)) assert.equal(writersRule(e, HEAD.length), x);
			}),
			RUNS,
		);
	});

	it('render alike, word by word and line by line', () => {
		let changed = 0;
		fc.assert(
			fc.property(body, tail => {
				const x = `${HEAD}<p>${tail}`;
				const made = collapse(x);
				if (made !== x && made !== `${x}\n`) changed++;
				const article = parseArticle(x);
				assert.deepEqual(shown(parseArticle(made)), shown(article));
				if (article.markdown) return assert.equal(made, x);
				const lines = tail.includes('<s') || /<(?:xmp|plaintext|pre|listing|math|textarea|div style)/.test(tail);
				if (!lines) assert.equal(made.slice(HEAD.length).trimEnd().includes('\n'), false, made);
			}),
			{
				numRuns: runs(1000),
				examples: [
					['<ul>\u3000\n<table><tbody><span>潮水 '],
					['<table><b>a\n</b><tr><td>x</td></tr>c'],
					['x\n<table><img src=a></table>'],
					['\n\n>text'],
					['\n\ntext<p\n><!--'],
				],
			},
		);
		assert.ok(changed > runs(250), `${changed} texts changed`);
	});

	it('render alike in another parser, and have the same tree except for white space', () => {
		fc.assert(
			fc.property(plainText, x => {
				const [before, after] = [parseArticle(x), parseArticle(expand(x))];
				assert.deepEqual(tree(after), tree(before));
				assert.deepEqual(shown(after), shown(before));
				// Unlike HTML, htmlparser2 treats the content of SVG, MathML, frames and unclosed comments differently, and in
				// a table does not close elements that preserve white space and that HTML foster-parents.
				if (
					!/<svg|<math|<!--(?!(?:[^-]|-(?!->))*-->)|<frameset|<select/.test(x) &&
					!/<table[\s\S]*(?:<(?:pre|listing|xmp|textarea|plaintext)|white-space)/.test(x)
				)
					assert.equal(rendered(after), rendered(before));
			}),
			{
				...RUNS,
				examples: [
					[`${HEAD}<table><tbody><listing>\n<td\n id=x><p>`],
					[`${HEAD}<table><tbody><listing>\n<table><tbody>`],
				],
			},
		);
	});

	it('edit only white space, in order, once per place, and keep every word at its cursor', () => {
		fc.assert(
			fc.property(plainText, x => {
				const article = parseArticle(x);
				for (const edits of [expansion(article), collapsing(article)]) {
					let end = article.body.span.start;
					for (const { span, newText } of edits) {
						assert.ok(span.start >= end && span.end >= span.start);
						assert.ok(span.start > end || end === article.body.span.start, 'two edits touch');
						assert.match(x.slice(span.start, span.end) + newText, /^(?:\s|&#10;)+$/);
						end = span.end;
					}
					const made = applyEdits(x, edits);
					for (const { start, end: wordEnd } of places(x)) {
						const at = carry(edits, start);
						assert.equal(made.slice(at, at + wordEnd - start), x.slice(start, wordEnd));
					}
				}
			}),
			RUNS,
		);
	});
});

/**
 * The tree of a body without white space: names, attributes and texts, each with its depth and whether it was written.
 */
function tree({ nodes }: Article): unknown[] {
	const depths: number[] = [];
	const all: unknown[] = [];
	for (const [index, node] of nodes.entries()) {
		const depth = node.parent === -1 ? 0 : (depths[node.parent] ?? 0) + 1;
		depths[index] = depth;
		// The edges of a text differ if a line break became part of it.
		const value = node.nodeType === 3 ? node.nodeValue.trim() : node.nodeValue;
		if (node.nodeType === 3 && value === '') continue;
		all.push([depth, node.nodeName, value, node.implied, node.attributes.map(({ name, value: v }) => [name, v])]);
	}
	return all;
}
