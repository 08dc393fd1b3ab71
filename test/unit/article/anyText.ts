import fc from 'fast-check';
import { HEAD } from '../languageFeatures/harness.ts';

/** Texts for property tests: bodies in which white space matters in many ways, and headers. */

/** Parts of bodies that Expand can separate, and parts that prevent it. */
const PIECES = [
	...['<p>', '</p>', '<div class="a">', '</div>', '<section>', '</section>', '<p>text</p>', '<div><p>a</p></div>'],
	...['<b>', '</b>', '<i>', '</i>', '<a href="x">', '</a>', '<span>', '</span>', '<br>', '<img src=a>', '<hr>'],
	...['<table>', '</table>', '<tr>', '<td>', '</td>', '<tr><td>x</td></tr>', '<ul>', '<li>', '</li>', '</ul>'],
	...['<pre>', '</pre>', '<svg>', '<title>', '</svg>', '<template>', '</template>', '<form>', '</form>', '<select>'],
	...['<option>', '</select>', '<script>', '</script>', '<math>', '<mi>', '<textarea>', '</textarea>', '<noscript>'],
	...['</noscript>', '<figure>', '<figcaption>c</figcaption>', '</figure>', '<div style="display:inline">', '<h2>'],
	...['</h2>', '<!-- note: a -->', '<!--', '-->', '<?x>', '</x>', '<div\n class="a">', '<table><tbody>', '<caption>'],
	...['\n', '\r\n', '\n  ', ' ', '\t', '\u00a0', '\u3000\n', '\n\v', '\f', '\r', '\uFEFF', '\u2028', 'text', '潮水 '],
	...[
		'<pre>\n',
		'a\nb',
		'\n\n',
		'<textarea>\n x\n</textarea>',
		'<script>// a\nb</script>',
		'<style>\na\nb</style>',
		'<xmp>',
	],
	...[
		'</xmp>',
		'<listing>\n',
		'<div style="white-space:pre">',
		'<a title="a\n b">',
		'<p\n>',
		'<br\n/>',
		'</p\n>',
		'<code>',
		'&#10;',
	],
	...['</code>', '<iframe>\n</iframe>', '<!-- a\nb -->', '<td\n id=x>', 'c\n', '<pre>a\n b</pre>', '<b\n>'],
	...['&amp;', '&nbsp;', '😀', '\0', '<', '>', '"', '=', '<html>', '<body>', '</body>', '<frameset>', '<nobr>'],
];
/** Headers of articles, valid and damaged. */
const HEADS = [
	HEAD,
	HEAD.replaceAll('\n', '\r\n'),
	`\uFEFF${HEAD}`,
	'[T](https://news.example/)\n------\n\n',
	'---\ntitle: T\nfrom: https://news.example/\n---\n\n',
	'<!--1639640221000-->\n[T](https://news.example/)\n',
	'<!--1639640221000-->\n',
	'BBC\n------\n\n',
	'---\ntitle: T\n',
	'日期：Sun, 28 Jun 2020 12:53:23 +0000\n\n',
	'',
];
/** Any body. */
export const body = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map(pieces => pieces.join(''));
/** Any body below a header. */
export const plainText = fc.tuple(fc.constantFrom(...HEADS), body).map(parts => parts.join(''));
/** Parts of headers that can also be at the start of a body. */
const anyText = fc
	.array(fc.constantFrom(...PIECES, ...HEADS, '------\n', '<!--123-->', '[T](https://news.example/)\n', '---\n'), {
		maxLength: 12,
	})
	.map(pieces => pieces.join(''));
/** Any text. */
export const text = fc.oneof({ weight: 4, arbitrary: plainText }, { weight: 1, arbitrary: anyText });
