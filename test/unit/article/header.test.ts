import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { detect } from '../../../server/src/article/detect.ts';

/** Returns the values of a header with the texts at their spans, and its faults with their kinds and texts. */
function read(text: string): Record<string, unknown> {
	const { header, title, source, published, body } = parseArticle(text);
	const at = (place: { start: number; end: number } | undefined): string | undefined =>
		place && text.slice(place.start, place.end);
	return {
		time: at(header.time?.span),
		title: title?.value,
		titleAt: at(title?.span),
		source: source?.value,
		sourceAt: at(source?.span),
		published: published && new Date(published.value).toISOString(),
		body: at(body.span),
		faults: header.faults.map(fault => `${fault.kind}: ${JSON.stringify(at(fault.span))}`),
	};
}

const TIME = '<!--1639640221000-->';
const TITLE = '[潮水退去之后](https://news.example/2021/12/16/tide/)';
const GOOD = {
	time: '1639640221000',
	title: '潮水退去之后',
	titleAt: '潮水退去之后',
	source: 'https://news.example/2021/12/16/tide/',
	sourceAt: 'https://news.example/2021/12/16/tide/',
	published: '2021-12-16T07:37:01.000Z',
	faults: [],
};

describe('header', () => {
	it('parses the three lines', () => {
		const text = `${TIME}\n${TITLE}\n------\n\n<p>浪。</p>\n`;
		assert.deepEqual(read(text), { ...GOOD, body: '<p>浪。</p>\n' });
		assert.equal(detect(text), 'article');
	});

	it('parses CRLF and a byte order mark', () => {
		const text = `\uFEFF${TIME}\r\n${TITLE}\r\n------\r\n\r\n<p>浪。</p>\r\n`;
		assert.deepEqual(read(text), { ...GOOD, body: '<p>浪。</p>\r\n' });
		assert.equal(detect(text), 'article');
	});

	it('accepts NaN as an unknown date', () => {
		const text = `<!--NaN-->\n${TITLE}\n------\n\n<p>浪。</p>\n`;
		assert.deepEqual(read(text), { ...GOOD, time: 'NaN', published: undefined, body: '<p>浪。</p>\n' });
		assert.equal(detect(text), 'article');
	});

	it('ends a title at the last bracket and a URL at the last parenthesis', () => {
		const text = `${TIME}\n[[Video] Why? [more](x)](https://news.example/a_(b)_[c](d))\n------\n\n<p>Sea.</p>\n`;
		const { title, source, faults } = read(text);
		assert.deepEqual([title, source, faults], ['[Video] Why? [more](x)', 'https://news.example/a_(b)_[c](d)', []]);
		const usual = read(`${TIME}\n[[Video] Why?](https://news.example/a_(b))\n------\n\n<p>Sea.</p>\n`);
		assert.deepEqual([usual.title, usual.source], ['[Video] Why?', 'https://news.example/a_(b)']);
	});

	it('parses an article without a time comment, with and without a date line', () => {
		const dated = `${TITLE}\n------\n日期：Sun, 28 Jun 2020 12:53:23 +0000\n\n<p>浪。</p>\n`;
		assert.deepEqual(read(dated), {
			...GOOD,
			time: undefined,
			published: '2020-06-28T12:53:23.000Z',
			body: '<p>浪。</p>\n',
		});
		assert.equal(detect(dated), 'article');
		const spaced = `${TITLE}\n------\n\n日期：2020-06-28\n\n<p>浪。</p>\n`;
		assert.deepEqual(read(spaced), {
			...GOOD,
			time: undefined,
			published: '2020-06-28T00:00:00.000Z',
			body: '<p>浪。</p>\n',
		});
		const bare = `${TITLE}\n------\n\n<p>浪。</p>\n`;
		assert.deepEqual(read(bare), { ...GOOD, time: undefined, published: undefined, body: '<p>浪。</p>\n' });
		assert.equal(detect(bare), 'article');
	});

	it('parses front matter above the three lines', () => {
		const text = `---\ntitle: "Other"\ndate: 2021-12-16\ntags: [ sea, 海 ]\n---\n\n${TIME}\n${TITLE}\n------\n\n<p>浪。</p>\n`;
		assert.deepEqual(read(text), { ...GOOD, body: '<p>浪。</p>\n' });
		const { frontMatter } = parseArticle(text).header;
		assert.deepEqual(
			[...(frontMatter?.fields ?? [])].map(([key, field]) => [
				key,
				field.value,
				text.slice(field.span.start, field.span.end),
			]),
			[
				['title', 'Other', '"Other"'],
				['date', '2021-12-16', '2021-12-16'],
			],
		);
		assert.deepEqual(
			frontMatter?.lists.get('tags')?.map(tag => tag.value),
			['sea', '海'],
		);
	});

	it('takes everything from front matter without the three lines', () => {
		const text =
			'---\ntitle: 潮\ndate: 2021-12-16T07:37:01+00:00\nfrom: https://news.example/tide/\n---\n\n<article><p>浪。</p></article>\n';
		assert.deepEqual(read(text), {
			time: undefined,
			title: '潮',
			titleAt: '潮',
			source: 'https://news.example/tide/',
			sourceAt: 'https://news.example/tide/',
			published: '2021-12-16T07:37:01.000Z',
			body: '<article><p>浪。</p></article>\n',
			faults: [],
		});
		assert.equal(detect(text), 'article');
		assert.equal(detect(text.replace('from:', 'by:')), undefined);
	});

	const damaged: readonly (readonly [
		name: string,
		text: string,
		faults: readonly string[],
		title?: string,
		source?: string,
	])[] = [
		['an empty file', '', ['missing: ""']],
		['only white space', ' \n\n', ['missing: " "']],
		['a missing header', '<p>浪。</p>', ['missing: "<p>浪。</p>"']],
		[
			'a missing body',
			`${TIME}\n${TITLE}\n------\n`,
			['body-missing: ""'],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
		[
			'a missing underline',
			`${TIME}\n${TITLE}\n\n<p>x</p>`,
			[`underline-missing: ${JSON.stringify(TITLE)}`],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
		[
			'an underline of em dashes',
			`${TIME}\n${TITLE}\n———\n\n<p>x</p>`,
			['underline-malformed: "———"'],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
		['a missing title', `${TIME}\n------\n\n<p>x</p>`, [`title-missing: "${TIME}"`]],
		[
			'a missing blank line',
			`${TIME}\n${TITLE}\n------\n<p>x</p>`,
			['blank-line-missing: ""'],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
		[
			'spaces in the time comment',
			`<!-- 1639640221000 -->\n${TITLE}\n------\n\n<p>x</p>`,
			['time-malformed: "<!-- 1639640221000 -->"'],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
		[
			'an unclosed time comment',
			`<!--1639640221000\n${TITLE}\n------\n\n<p>x</p>`,
			['time-malformed: "<!--1639640221000"'],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
		[
			'a date in the time comment',
			`<!--2021-12-16-->\n${TITLE}\n------\n\n<p>x</p>`,
			['time-malformed: "<!--2021-12-16-->"'],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
		['a title that is not a link', `${TIME}\nTide\n------\n\n<p>x</p>`, ['title-malformed: "Tide"'], 'Tide'],
		[
			'an unclosed parenthesis',
			`${TIME}\n[Tide](https://news.example/\n------\n\n<p>x</p>`,
			['title-malformed: "[Tide](https://news.example/"'],
			'Tide',
			'https://news.example/',
		],
		[
			'misordered lines',
			`${TITLE}\n------\n${TIME}\n\n<p>x</p>`,
			[`order: "${TIME}"`],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
		[
			'blank lines between the lines',
			`${TIME}\n\n${TITLE}\n------\n\n<p>x</p>`,
			['blank-lines: "\\n"'],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
		[
			'blank lines before the header',
			`\n\n${TIME}\n${TITLE}\n------\n\n<p>x</p>`,
			['blank-lines: "\\n\\n"'],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
		[
			'unclosed front matter',
			`---\ntitle: Tide\n${TIME}\n${TITLE}\n------\n\n<p>x</p>`,
			['front-matter-not-closed: "---"'],
			'潮水退去之后',
			'https://news.example/2021/12/16/tide/',
		],
	];
	for (const [name, text, faults, title, source] of damaged) {
		it(`reports ${name}`, () => {
			const header = read(text);
			assert.deepEqual([header.faults, header.title, header.source], [faults, title, source]);
		});
	}

	it('reports invalid YAML, and parses the rest', () => {
		const text = `---\ntitle: "Tide\nfrom: [\n---\n\n${TIME}\n${TITLE}\n------\n\n<p>x</p>`;
		const { header, title } = parseArticle(text);
		assert.equal(title?.value, '潮水退去之后');
		assert.deepEqual(
			header.faults.map(fault => fault.kind),
			['front-matter-invalid'],
		);
	});

	it('ignores plain Markdown', () => {
		for (const text of [
			'# Title\n\nText',
			'Title\n------\n\nText',
			'[Title](https://a.example)\n\nText',
			'---\ntitle: x\n---\n\nText',
			'A list\n------\n\n- [x](/y)\n',
			'<!-- note -->\n\n# Title',
		]) {
			assert.equal(detect(text), undefined, text);
		}
	});

	it('recognises lists', () => {
		assert.equal(detect('BBC\n------\n\n9-1 [Title](/articles/BBC/1.md)\n\n[更多](/articles/BBC)\n'), 'list');
		assert.equal(detect('BBC\r\n------\r\n\r\n[Title](/articles/BBC/1.md)\r\n'), 'list');
		assert.equal(detect('Links\n------\n\n[Title](https://a.example)\n'), undefined);
		assert.equal(detect('BBC\n------\n\n9-1 [Title](/articles/BBC/1.md)\n\nand then prose\n'), undefined);
	});
});
