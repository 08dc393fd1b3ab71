/** The default header above a body. */
const HEAD = '<!--1639640221000-->\n[Tide](https://news.example/2021/tide/)\n------\n\n';

/** A kind of text that could take disproportionately long. */
export interface Pattern {
	readonly name: string;
	/** Generates a text of about the given number of UTF-16 units. */
	readonly write: (size: number) => string;
}

/** Repeats a piece as often as it fits. */
const fill = (piece: string, size: number): string => piece.repeat(Math.max(1, Math.floor(size / piece.length)));

/** Appends distinct pieces until the size is reached. */
function many(size: number, piece: (index: number) => string): string {
	const pieces: string[] = [];
	for (let length = 0, index = 0; length < size; index++) {
		const next = piece(index);
		pieces.push(next);
		length += next.length;
	}
	return pieces.join('');
}

const body = (name: string, write: (size: number) => string): Pattern => ({ name, write: size => HEAD + write(size) });
/** Repeats one piece. */
const repeated = (name: string, piece: string): Pattern => body(name, size => fill(piece, size));
/** Repeats a piece with a running number. */
const numbered = (name: string, piece: (index: number) => string): Pattern => body(name, size => many(size, piece));
/** Nests elements as deep as the size allows. */
const nested = (name: string, open: string, close: string, inner = 'x'): Pattern =>
	body(name, size => {
		const depth = Math.floor(size / (open.length + close.length));
		return open.repeat(depth) + inner + close.repeat(depth);
	});
/** A long value between two fixed ends. */
const long = (name: string, before: string, piece: string, after: string): Pattern =>
	body(name, size => before + fill(piece, size) + after);

const TEXT = '潮水退去之后，码头上只剩下一盏灯。';

/** Hostile and broken texts, covering the kinds of input that any of our steps could be slow for. */
export const PATTERNS: readonly Pattern[] = [
	// Nested elements, closed and unclosed.
	nested('div in div', '<div>', '</div>'),
	nested('blockquote in blockquote', '<blockquote><p>x', '</blockquote>'),
	nested('lists in lists', '<ul><li>x', '</li></ul>'),
	nested('table in table', '<table><tr><td>', '</td></tr></table>'),
	nested('figure in figure', '<figure><img src=a>', '</figure>'),
	nested('noscript in noscript', '<noscript><img src=a>', '</noscript>'),
	nested('svg in svg', '<svg><g>', '</g></svg>'),
	nested('math in math', '<math><mrow>', '</mrow></math>'),
	nested('ins in ins', '<ins>', '</ins>'),
	nested('mark in mark, each with a note', '<mark>x', '</mark><!--note: y-->'),
	nested('span in span', '<span>', '</span>'),
	nested('template in template', '<template>', '</template>'),
	nested('details in details', '<details><summary>x</summary>', '</details>'),
	nested('section with heading in section', '<section><h2>x</h2>', '</section>'),
	nested('div of class figure in another', '<div class="figure"><img src=a>', '<div class="caption">x</div></div>'),
	nested('figure with a caption in another', '<figure><figcaption>x</figcaption>', '</figure>'),
	nested('caption in caption of a figure', '<img src=a><div class="caption">x', '</div>'),
	nested(
		'hidden words before a figure credit in another',
		'<b><img src=a><i class="sr-only">Image source, </i>x',
		'</b>',
	),
	nested('figure image and text in another block', '<div><img src=a><p>x</p>', '</div>'),
	nested('figure image in wrappers without text', '<div><img src=a>', '</div>'),
	repeated('figure images with captions beside them', '<p><img src=a></p><p class="caption">x</p>'),
	repeated('figure images deep in wrappers', `${'<div>'.repeat(40)}<img src=a>${'</div>'.repeat(40)}`),
	repeated(
		'figure images with deep captions',
		`<div><img src=a>${'<div class="credit">'.repeat(40)}x${'</div>'.repeat(41)}`,
	),
	repeated('figure images of one caption', '<div class="gallery"><img src=a><img src=b><p class="caption">x</p></div>'),
	long(
		'figure with a caption of many credits',
		'<figure><img src=a><figcaption>',
		'(Photo: x/y ',
		'</figcaption></figure>',
	),
	repeated(
		'figure captions of many marks',
		`<figure><img src=a><figcaption>${'图：x/y '.repeat(200)}</figcaption></figure>`,
	),
	nested('link with block in another', '<a href=x><div>', '</div></a>'),
	repeated('unclosed div', '<div>'),
	repeated('unclosed b', '<b>'),
	repeated('unclosed b in p', '<p><b>x'),
	repeated('unclosed formatting of all kinds', '<b><i><em><strong><code><small>'),
	repeated('unclosed b with distinct attributes', '<b x=1><b x=2><b x=3><b x=4>'),
	numbered('distinct unclosed font elements', index => `<p><font size=${index}>x`),
	repeated('unclosed mark', '<mark>x'),
	repeated('unclosed a', '<a href=x>'),
	repeated('unclosed noscript', '<noscript><img src=a>'),
	repeated('unclosed figure', '<figure><img src=a>'),
	repeated('unclosed li', '<ul><li>x'),
	repeated('unclosed td', '<table><td>x'),
	repeated('unclosed select and option', '<select><option>x'),
	repeated('mis-nested b and p', '<b><p>x</b></p>'),
	repeated('mis-nested b, i and div', '<b><i><div>x</b></i></div>'),
	repeated('stray end tags', '</div></b></p></h2>'),
	nested('start tags, then wrong end tags', '<div>', '</b>'),
	// Tables.
	repeated('text in a table', '<table>x<b>y</b></table>'),
	long('much text in one table', '<table>', '<tr>x<td>y</td>', '</table>'),
	long('foster-parented elements in one table', '<table>', '<p>x</p>', '</table>'),
	long('one table with many rows', '<table>', '<tr><td>x</td><td>y</td></tr>', '</table>'),
	// Attributes.
	body('one tag with many attributes', size => `<p ${many(size, index => `a${index}=${index} `)}>x</p>`),
	body('one a with many attributes', size => `<a href=b ${many(size, index => `data-${index}="x" `)}>x</a>`),
	long('one tag with a repeated attribute', '<p ', 'id=a ', '>x</p>'),
	long('a long class', '<p class="', 'figure caption ', '">x</p>'),
	long('a long style', '<p style="', 'color: red; ', '">x</p>'),
	repeated('many styles', '<p style="font-weight: bold; display: none">x</p>'),
	long('a long URL', '<a href="', 'https://', '">x</a>'),
	long('a long relative URL', '<a href="', '../', 'a">x</a>'),
	long('a long URL of escapes', '<a href="https://a.example/', '%2e%2e%', '">x</a>'),
	long('a long data URL', '<img src="data:image/png;base64,', 'AAAA', '">'),
	long('a srcset with many candidates', '<img src=a srcset="', 'a.jpg 1x, b.jpg 2x, ', '">'),
	body(
		'a srcset with distinct candidates',
		size => `<img srcset="${many(size, index => `a${index}.jpg ${index}w, `)}">`,
	),
	long('a srcset of commas', '<img src=a srcset="', ',', '">'),
	long('a srcset of parentheses', '<img src=a srcset="a (', '(,', '">'),
	repeated('many srcsets', '<picture><source srcset="a 1x, b 2x"><img src=c></picture>'),
	long('one picture with many sources', '<picture>', '<source srcset="a 1x">', '<img src=a></picture>'),
	// Ids, links, images.
	repeated('a repeated id', '<p id="a">x</p>'),
	numbered('many ids and links to them', index => `<p id="a${index}">x</p><a href="#a${index}">y</a>`),
	numbered('links to missing ids', index => `<a href="#b${index}">y</a>`),
	repeated('a repeated link', '<a href="https://a.example/">x</a>'),
	repeated('a repeated link, split by spaces', '<a href="https://a.example/">x</a> '),
	numbered('distinct links', index => `<p><a href="/a/${index}">x</a></p>`),
	numbered('links to files', index => `<a href="b${index % 7}/${index}.md">x</a>`),
	repeated('links without text', '<a href=x></a>'),
	repeated('links in links', '<a href=x>y<a href=z>'),
	repeated('links with invalid URLs', '<a href="ttps:/a b">x</a>'),
	repeated(
		'lazy images',
		'<img data-src="a.jpg" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP"><noscript><img src="a.jpg"></noscript>',
	),
	numbered(
		'distinct lazy images',
		index => `<img data-src="a${index}.jpg" class=lazy><noscript><img src="a${index}.jpg"></noscript>`,
	),
	repeated('images', '<img src="a.jpg">'),
	repeated('images in one paragraph, each with small', '<p><img src=a.jpg><small>x</small></p>'),
	repeated('images and small side by side', '<img src=a.jpg><small>x</small>'),
	repeated('figures without captions', '<figure><img src=a.jpg></figure>'),
	repeated('captions without figures', '<figcaption>x</figcaption>'),
	long('one figure with many images', '<figure>', '<img src=a>', '</figure>'),
	long('one figure with many captions', '<figure><img src=a>', '<figcaption>x</figcaption>', '</figure>'),
	long(
		'one div of class figure with many captions',
		'<div class="figure"><img src=a>',
		'<div class="caption">x</div>',
		'</div>',
	),
	repeated('divs of class caption', '<div class="figure caption credit">x</div>'),
	repeated('embeds', '<iframe src="https://a.example/"></iframe>'),
	repeated('unsafe elements', '<script>x</script><p onclick=x>y</p>'),
	// Headings, paragraphs, lists.
	repeated('paragraphs', '<p>x</p>'),
	repeated('bold paragraphs', '<p><b>x</b></p>'),
	repeated('headings of increasing level', '<h2>x</h2><h3>x</h3><h4>x</h4><h5>x</h5>'),
	repeated('headings of changing level', '<h6>x</h6><h2>x</h2><p>y</p>'),
	long('one heading with much markup', '<h2>', '<i>x</i>', '</h2>'),
	long('one paragraph of br', '<p>', 'x<br>', '</p>'),
	long('one paragraph of bold br', '<p>', '<b>x</b><br>', '</p>'),
	long('one list with many items', '<ul>', '<li>x</li>', '</ul>'),
	long('one definition list', '<dl>', '<dt>x<dd>y', '</dl>'),
	repeated('times', '<time datetime="2021-12-16">December 16, 2021</time>'),
	nested('byline in byline', '<div class="byline">By Ada Pell ', '</div>'),
	repeated('bylines', '<p class="byline">By Ada Pell, 16 December 2021</p>'),
	long('one byline', '<address>', 'By Ada Pell, 16 December 2021<br>', '</address>'),
	long('one time', '<time>', '2021-12-16 ', '</time>'),
	long('one pre', '<pre>', 'x\n', '</pre>'),
	long('one textarea', '<textarea>', 'x\n', '</textarea>'),
	long('one option list', '<select>', '<option>x', '</select>'),
	// Notes.
	repeated('ins', '<ins>a</ins>'),
	repeated('del', '<del>a</del>'),
	repeated('mark', '<mark>a</mark>'),
	numbered('distinct marks', index => `<mark>a${index}</mark> `),
	repeated('mark with note', '<mark>a</mark><!-- note: b #c @d 2021-12-17 -->'),
	long('one mark with many notes', '<mark>a</mark>', '<!-- note: b -->', ''),
	repeated('notes without marks', '<p>x</p><!-- note: b -->'),
	repeated('mistyped notes', '<!-- nite: b -->'),
	long('one note of tags', '<!-- note: ', '#a ', '-->'),
	long('one note of people', '<!-- note: ', '@"a ', '-->'),
	long('one note of spaces', '<!-- note: x', ' ', '-->'),
	long('one note of JSON', '<mark>x</mark><!-- note: x ', '{"@of":"', '}-->'),
	repeated('comments', '<!---->'),
	// Text.
	long('one word', '<p>', 'x', '</p>'),
	long('Chinese text', '<p>', TEXT, '</p>'),
	repeated('Chinese paragraphs on many lines', `<p>${TEXT}</p>\n`),
	long('one Chinese text with links', '<p>', `${TEXT}<a href=x>灯</a>`, '</p>'),
	long('spaces', '<p>x', ' ', 'x</p>'),
	long('spaces and letters', '<p>', 'x ', '</p>'),
	long('tabs and line breaks', '<p>x', '\t\n', 'x</p>'),
	repeated('carriage returns', 'x\r'),
	repeated('CR LF', '<p>x</p>\r\n'),
	repeated('blank lines', '\n'),
	repeated('less-than', '<'),
	repeated('unclosed comments', '<!--'),
	repeated('unclosed tags', '<a '),
	repeated('processing instructions', '<?x'),
	repeated('ampersands', '&'),
	repeated('character references', '&amp;&#x41;&nbsp;'),
	repeated('character references without semicolon', '&notit&ampx'),
	repeated('NUL', '\0'),
	long('NUL in a name', '<p', '\0', '>x'),
	repeated('control characters', '\x01\x7f\x85'),
	repeated('astral characters', '😀'),
	repeated('lone surrogates', '\ud83d'),
	repeated('combining marks', 'e\u0301\u0301'),
	repeated('parentheses', '('),
	repeated('brackets', ']('),
	repeated('dashes', '-'),
	repeated('digits', '1234567890'),
	repeated('dates', '2021-12-16 December 16, 2021 '),
	repeated('colons', 'a:'),
	repeated('quotation marks', '"\''),
	repeated('non-breaking spaces', '\u00a0'),
	repeated('zero-width characters', '\u200b\ufeff'),
	repeated('URLs as text', 'https://a.example/ '),
	// Headers and other files.
	{
		name: 'a title of brackets',
		write: size => `<!--1639640221000-->\n[${fill('](', size)}](https://a.example/)\n------\n\n<p>x</p>`,
	},
	{
		name: 'a title of URLs',
		write: size => `<!--1639640221000-->\n[x](${fill('https://a)(', size)})\n------\n\n<p>x</p>`,
	},
	{ name: 'a damaged title', write: size => `<!--1639640221000-->\n[x ${fill('[(] ', size)}\n------\n\n<p>x</p>` },
	{ name: 'a time of digits', write: size => `<!--${fill('1', size)}-->\n[x](https://a.example/)\n------\n\n<p>x</p>` },
	{
		name: 'a damaged time',
		write: size => `<${fill('!-', size)}1639640221000>\n[x](https://a.example/)\n------\n\n<p>x</p>`,
	},
	{
		name: 'a long underline',
		write: size => `<!--1639640221000-->\n[x](https://a.example/)\n${fill('-', size)}\n\n<p>x</p>`,
	},
	{
		name: 'a damaged underline',
		write: size => `<!--1639640221000-->\n[x](https://a.example/)\n${fill('- ', size)}x\n\n<p>x</p>`,
	},
	{ name: 'a date of spaces', write: size => `[x](https://a.example/)\n------\n日期：${fill(' ', size)}x\n\n<p>x</p>` },
	{ name: 'many dates', write: size => `[x](https://a.example/)\n------\n${fill('日期：1\n', size)}\n<p>x</p>` },
	{ name: 'blank lines above the body', write: size => `[x](https://a.example/)\n------\n${fill('\n', size)}<p>x</p>` },
	{ name: 'blank lines above the header', write: size => `${fill(' \n', size)}${HEAD}<p>x</p>` },
	{
		name: 'front matter of many keys',
		write: size =>
			`---\ntitle: x\nfrom: https://a.example/\n${many(size, index => `a${index}: b\n`)}---\n${HEAD}<p>x</p>`,
	},
	{
		name: 'front matter of one list',
		write: size => `---\ntitle: x\ntags: [${fill('a, ', size)}]\n---\n${HEAD}<p>x</p>`,
	},
	{ name: 'nested front matter', write: size => `---\ntitle: x\na: ${fill('[', size)}\n---\n${HEAD}<p>x</p>` },
	{ name: 'front matter of a long text', write: size => `---\ntitle: "${fill('x\\n', size)}"\n---\n${HEAD}<p>x</p>` },
	{ name: 'unclosed front matter', write: size => `---\n${fill('a: b\n', size)}` },
	{
		name: 'a list of many entries',
		write: size => `Courier\n------\n\n${many(size, index => `9-1 [Tide](/articles/a/${index}.md)\n\n`)}`,
	},
	{
		name: 'a list with one repeated entry',
		write: size => `Courier\n------\n\n${fill('9-1 [Tide](/articles/a.md)\n\n', size)}`,
	},
	{
		name: 'a list of stray lines',
		write: size => `Courier\n------\n\n9-1 [Tide](/articles/a.md)\n\n${fill('[](\n', size)}`,
	},
	{ name: 'not an article', write: size => fill('x\n', size) },
];
