import fc from 'fast-check';

const URLS = [
	'',
	' ',
	'#',
	'#n',
	'#注',
	'/x',
	'x.html',
	'//a.example/',
	'https://a.example/?a=1&amp;b',
	'http://a.example',
	'ttps://a.example',
	'https:/a.example',
	'http://https://a.example',
	'www.a.example',
	'a@a.example',
	'https%3A%2F%2Fa.example',
	'%E0%A4%A',
	'javascript:x',
	'j&#10;avascript:x',
	'data:text/html,x',
	'file:///x',
	'undefined',
	'“https://a.example”',
	'https://a b/',
	'pictures/bridge.png',
	'pictures/no.png',
	'a.jpg 1x, b.jpg 1x',
	'a.jpg 2w',
	',,',
	'\u200b',
	'\u0001',
	'&#0;',
	'🌊',
];
const NAMES = [
	'href',
	'HREF',
	'src',
	'srcset',
	'data-src',
	'data-srcset',
	'alt',
	'id',
	'name',
	'width',
	'height',
	'onclick',
	'pudate',
	'hfer',
	'title',
	'class',
	'datetime',
	'style',
	'"',
	'<b',
	'xlink:href',
	'srcdoc',
];
const TAGS = [
	'a',
	'p',
	'div',
	'b',
	'i',
	'strong',
	'h1',
	'h2',
	'figure',
	'figcaption',
	'img',
	'picture',
	'source',
	'noscript',
	'script',
	'svg',
	'table',
	'tr',
	'td',
	'ul',
	'li',
	'br',
	'form',
	'select',
	'option',
	'template',
	'iframe',
	'time',
	'pre',
	'base',
	'meta',
	'https://a.example/',
];
const SCRAPS = [
	'潮水',
	'tide 🌊',
	' ',
	'\n',
	'\r\n',
	'&amp;',
	'&nbps;',
	'&#0;',
	'<',
	'>',
	'</',
	'</>',
	'<!--',
	'-->',
	'<![CDATA[',
	']]>',
	'<!x>',
	'<?x?>',
	'"',
	'\0',
	'\b',
	'\ud83c',
	'2021-12-16',
	'<!-- note: a #b -->',
];
const HEADERS = [
	'',
	'<!--1639640221000-->\n[潮](https://news.example/)\n------\n\n',
	'<!--NaN-->\r\n[<b>潮</b>]()\r\n------\r\n',
	'---\ntitle: 潮\ndate: 2020-01-01\n---\n',
	'---\ntitle: a: b\n',
	'------\n[潮](x)\n<!-- 1 -->\n',
	'[潮](ttps://news.example/)\n------\n日期：Sun, 28 Jun 2020 12:53:23 +0000\n\n',
	'\ufeff<!--1639640221-->\n\n潮 http://news.example/\n---\n',
];

const WHOLE = [
	'<a href="/x">潮</a><a href="/x">水</a>',
	'<a href="/x">潮<a href="/y">水</a>退</a>',
	'<a href="file:///x">x</a><a href="/x"></a><a href="http://a.example/">x</a>',
	'<a href="">x</a><a href="#none">x</a><a href="ttps://a.example">x</a>',
	'<img src="pictures/no.png"><img src="pictures/bridge.png" width="3" height="300">',
	'<img src="file:///x" alt=""><img src="data:," alt=""><img srcset="aa 1x, bb 1x" src="x">',
	'<figure><img src="x"></figure><figure></figure>',
];

const attribute = fc
	.tuple(
		fc.constantFrom(...NAMES),
		fc.constantFrom('', '=', '="', "='", ' = "'),
		fc.constantFrom(...URLS),
		fc.boolean(),
	)
	.map(([name, open, value, complete]) => {
		const quote = /["']/.exec(open)?.[0] ?? '';
		return open === '' ? name : `${name}${open}${value}${complete ? quote : ''}`;
	});
const startTag = fc
	.tuple(fc.constantFrom(...TAGS), fc.array(attribute, { maxLength: 4 }), fc.constantFrom('>', '/>', '', ' >'))
	.map(([tag, attributes, end]) => `<${[tag, ...attributes].join(' ')}${end}`);
const endTag = fc.constantFrom(...TAGS).map(tag => `</${tag}>`);
const body = fc
	.array(fc.oneof(startTag, endTag, fc.constantFrom(...SCRAPS), fc.constantFrom(...WHOLE)), { maxLength: 40 })
	.map(parts => parts.join(''));
/** Generates articles with broken markup, URLs and headers. */
export const mangled = fc.tuple(fc.constantFrom(...HEADERS), body).map(parts => parts.join(''));
