import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Article, parseArticle } from '../../../server/src/article/article.ts';
import { buildOutline, type OutlineItem } from '../../../server/src/article/outline.ts';
import { runs } from '../../support/runs.ts';

const article = (body: string): Article =>
	parseArticle(`<!--1639640221000-->\n[Tide](https://news.example/a/)\n------\n\n${body}`);

/** Formats an outline as indented lines with kind, name and detail. */
function outline(body: string): string[] {
	const show = (item: OutlineItem, depth: number): string[] => [
		`${'  '.repeat(depth)}${item.kind}: ${item.name}${item.detail ? ` (${item.detail})` : ''}`,
		...item.children.flatMap(child => show(child, depth + 1)),
	];
	return buildOutline(article(body)).flatMap(item => show(item, 0));
}

describe('links', () => {
	it('decode href values and their spans', () => {
		const parsed = article(
			'<p><a href="https://x.example/?a=1&amp;copy=2&reg=3">A</a><a HREF = b.html title=t>B</a><a>C</a><a href>D</a></p><map><area href=\'#e\'></map>',
		);
		assert.deepEqual(
			parsed.links.map(({ href, span }) => [
				href?.value,
				href && parsed.text.slice(href.span.start, href.span.end),
				parsed.text.slice(span.start, span.end).slice(-5),
			]),
			[
				['https://x.example/?a=1&copy=2&reg=3', 'https://x.example/?a=1&amp;copy=2&reg=3', 'A</a>'],
				['b.html', 'b.html', 'B</a>'],
				[undefined, undefined, 'C</a>'],
				['', '', 'D</a>'],
				['#e', '#e', "'#e'>"],
			],
		);
	});
});

describe('blocks', () => {
	it('divide a body into the units that readers see', () => {
		const parsed = article(
			'<div><p>One <b>two</b></p>loose <i>text</i><ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><figure><img src=a><p>cap</p></figure><img src=b></div>tail',
		);
		assert.deepEqual(
			parsed.blocks.map(({ span }) => parsed.text.slice(span.start, span.end)),
			[
				'<p>One <b>two</b></p>',
				'loose <i>text',
				'<li>a</li>',
				'b',
				'<li>c</li>',
				'<figure><img src=a><p>cap</p></figure>',
				'<img src=b>',
				'tail',
			],
		);
	});
});

describe('content', () => {
	it('maps decoded text to the source and back', () => {
		const parsed = article('<p>A&amp;B&nbsp;潮😀&#x1F600;</p>\r\n<style>p{}</style><pre>\nx</pre>');
		const { value } = parsed.content;
		assert.equal(value, 'A&B\u00a0潮😀😀\nx');
		const at = (offset: number): string => parsed.text.slice(parsed.content.toSource(offset)).slice(0, 6);
		assert.deepEqual([0, 1, 2, 3, 4, 5, 7, 9, 10].map(at), [
			'A&amp;',
			'&amp;B',
			'B&nbsp',
			'&nbsp;',
			'潮😀&#x',
			'😀&#x1',
			'&#x1F6',
			'\r\n<sty',
			'x</pre',
		]);
		assert.equal(parsed.content.toSource(value.length), parsed.text.indexOf('</pre>'));
	});

	it('maps a part of the text to its source characters, without the markup between them', () => {
		const parsed = article('<p>A&amp;B <b>潮</b><!-- c -->水</p><p>😀&#x1F600;</p>');
		const spans = (start: number, end: number): string[] =>
			parsed.content.toSpans({ start, end }).map(place => parsed.text.slice(place.start, place.end));
		assert.equal(parsed.content.value, 'A&B 潮水😀😀');
		assert.deepEqual(spans(0, 2), ['A&amp;']);
		assert.deepEqual(spans(1, 5), ['&amp;B ', '潮']);
		assert.deepEqual(spans(4, 8), ['潮', '水', '😀']);
		assert.deepEqual(spans(8, 10), ['&#x1F600;']);
		assert.deepEqual(spans(3, 3), []);
	});

	it('maps every character of any text in both directions', () => {
		const pieces = fc.array(
			fc.constantFrom(
				'a',
				'潮',
				'😀',
				'&amp;',
				'&copy',
				'&#0;',
				'&nosuch;',
				'&',
				'\r\n',
				'\r',
				'\0',
				'<b>',
				'</b>',
				'<br>',
				'<table>x',
				'<pre>\n',
				'<script>y</script>',
				'&NotEqualTilde;',
			),
			{ maxLength: 40 },
		);
		fc.assert(
			fc.property(pieces, parts => {
				const parsed = article(parts.join(''));
				const { content, text, body } = parsed;
				const whole = content.toSpans({ start: 0, end: content.value.length });
				assert.ok(
					whole.every((place, index) => (whole[index - 1]?.end ?? 0) <= place.start && place.start < place.end),
				);
				for (let offset = 0; offset <= content.value.length; offset++) {
					const source = content.toSource(offset);
					assert.ok(body.span.start <= source && source <= text.length);
					const [unit, written] = [content.value[offset], text[source]];
					if (unit === undefined) continue;
					assert.ok(
						written === unit ||
							written === '&' ||
							written === '\r' ||
							written === '\0' ||
							/[\udc00-\udfff]|\u0338/.test(unit),
						`${JSON.stringify(unit)} maps to ${JSON.stringify(written)}`,
					);
					if (written === unit && unit !== '&' && !/[\udc00-\udfff]/.test(unit))
						assert.equal(content.toContent(source), offset);
				}
			}),
			{ numRuns: runs(500), examples: [[['<table>x', '<script>y</script>', '\r', '<script>y</script>', 'a']]] },
		);
	});
});

describe('outline', () => {
	const WORDS = 'The water left early, and three boats lay on the mud until noon. Nobody could remember it so low.';

	it('holds the parts of the page in its last item, and nowhere else', () => {
		const body = `<h1>Tide</h1><ul class="sharedaddy"><li><a href="/s">S</a></li></ul><h2>Ebb</h2><p>${WORDS}</p><nav><h3>News</h3><ul><li><a href="/a">A</a></li></ul></nav><h2>Flood</h2><p>${WORDS}</p><div id="comments"><h2>2 comments</h2><blockquote>Nice</blockquote><figure><img src="/me.png"></figure></div>`;
		assert.deepEqual(outline(body), [
			'title: Tide',
			'  heading: Ebb',
			'  heading: Flood',
			'  furniture: Page furniture (repeated title, share buttons, navigation, comments)',
			'    furniture: Repeated title (repeats the title)',
			'    furniture: Share buttons (class “sharedaddy”)',
			'    furniture: Navigation (element “nav”)',
			'    furniture: Comments (id “comments”)',
		]);
	});

	it('leaves parts of the page out of the paragraphs', () => {
		assert.deepEqual(
			outline(
				`<p>潮水退去之后，三条船搁浅在泥滩上，一直到中午。</p><p class="related-posts"><a href="/a">相关</a></p>`,
			),
			[
				'title: Tide',
				'  paragraph: 潮水退去之后，三条船搁浅在泥滩上，一直到中午。',
				'  furniture: Page furniture (related articles)',
				'    furniture: Related articles (class “related-posts”)',
			],
		);
	});

	it('keeps byline and date where they are', () => {
		const body = `<div class="entry-meta"><address>Ann Lee</address><time datetime="2021-12-16">16 December</time></div><p>${WORDS}</p>`;
		assert.deepEqual(
			outline(body).map(line => line.trim().split(':')[0]),
			['title', 'byline', 'date', 'paragraph'],
		);
	});

	it('ends the last heading where the page begins, behind all of the article', () => {
		const parts = '<nav>News</nav>\n<div id="comments"><p>Nice</p></div>';
		const parsed = article(`<h2>Ebb</h2><p>${WORDS}</p>${parts}\n`);
		const at = ({ start, end }: OutlineItem['span']): string => parsed.text.slice(start, end);
		const [ebb, furniture] = buildOutline(parsed)[0]?.children ?? [];
		assert.equal(ebb && at(ebb.span), `<h2>Ebb</h2><p>${WORDS}</p>`);
		assert.equal(furniture && at(furniture.span), parts);
		assert.deepEqual(
			furniture?.children.map(({ span, selection }) => [at(span), selection.start === span.start]),
			[
				['<nav>News</nav>', true],
				['<div id="comments"><p>Nice</p></div>', true],
			],
		);
	});

	it('puts furniture behind all else, even if words of the article follow it', () => {
		const parsed = article(`<h2>Ebb</h2><p>${WORDS}</p><nav>News</nav><p>${WORDS}</p>\n`);
		const [ebb, furniture] = buildOutline(parsed)[0]?.children ?? [];
		assert.equal(ebb?.span.end, parsed.text.length);
		assert.deepEqual([furniture?.span.start, furniture?.span.end], [parsed.text.length, parsed.text.length]);
	});

	it('shows notes on parts of the page like all others', () => {
		const parsed = article(`<p>${WORDS}</p><div id="comments"><p>Nice</p></div>`);
		const start = parsed.text.indexOf('Nice');
		const [note, furniture] =
			buildOutline(parsed, [{ name: 'note: spam?', detail: '', span: { start, end: start + 4 } }])[0]?.children.slice(
				1,
			) ?? [];
		assert.equal(note?.name, 'note: spam?');
		assert.equal(furniture?.kind, 'furniture');
		assert.ok((furniture?.span.start ?? 0) > start);
	});

	it('lists the title, byline, date, figures and paragraphs if there are no headings', () => {
		assert.deepEqual(
			outline(
				'<address>李明</address><time datetime="2021-12-16">2021年12月16日</time><figure><img src="a.jpg"><figcaption>港口 <cite>王</cite></figcaption></figure><section><p>潮水退去。</p><p><img src="b/c.jpg"></p><blockquote><p>Quote</p></blockquote><ul><li>a</li><li>b</li></ul></section><footer><p>Reporting by …</p></footer>',
			),
			[
				'title: Tide',
				'  byline: 李明',
				'  date: 2021年12月16日',
				'  figure: 港口 (王)',
				'  paragraph: 潮水退去。',
				'  figure: c.jpg',
				'  quote: Quote',
				'  list: a b (2 items)',
				'  footer: Reporting by …',
				'    paragraph: Reporting by …',
			],
		);
	});

	it('lists no captions, bylines, marks or empty blocks as paragraphs', () => {
		assert.deepEqual(
			outline(
				'<div><i>李明<br>2025-02-15T08:03:55.243Z</i></div><img src="a.jpg"><div><small>港口，落潮时</small></div><p>撰稿丨何某；翻译丨潘某</p><p>&nbsp;</p><p>\u200b</p><p>潮水退去。</p><div></div><p>***</p><p>潮水又来。</p><p><img src="b.jpg"><small>又一张</small></p><p>By Ada Pell</p>',
			).filter(line => !line.includes('furniture: ')),
			[
				'title: Tide',
				'  byline: 李明',
				'  date: 2025-02-15T08:03:55.243Z',
				'  figure: 港口，落潮时',
				'  paragraph: 潮水退去。',
				'  paragraph: 潮水又来。',
				'  figure: 又一张',
			],
		);
	});

	it('puts what is behind a quote, list or figure under the heading before it', () => {
		assert.deepEqual(
			outline(
				'<h2>A</h2><blockquote><h3>Q</h3><p>q</p></blockquote><h3>B</h3><ul><li>i</li></ul><h4>C</h4><figure><img src="a.jpg"></figure><h3>D</h3><p>x</p>',
			),
			[
				'title: Tide',
				'  heading: A',
				'    quote: Q q',
				'      heading: Q',
				'    heading: B',
				'      list: i (1 item)',
				'      heading: C',
				'        figure: a.jpg',
				'    heading: D',
			],
		);
	});

	it('names the author without the date in any form of byline', () => {
		const byline = (body: string): unknown => {
			const { author, date } = article(body).byline;
			return [author?.label, date?.label, date?.time];
		};
		const time = Date.UTC(2025, 1, 15, 8, 3, 55);
		assert.deepEqual(byline('<div><i>李明<br>2025-02-15T08:03:55.243Z</i></div>'), [
			'李明',
			'2025-02-15T08:03:55.243Z',
			time,
		]);
		assert.deepEqual(byline('<div class="byline"><i>李明<br>2025-02-15T08:03:55.243Z</i></div>'), [
			'李明',
			'2025-02-15T08:03:55.243Z',
			time,
		]);
		assert.deepEqual(
			byline('<p class="byline">By M. Lee, <time datetime="2025-02-15T08:03:55Z">15 February</time></p>'),
			['M. Lee', '15 February', time],
		);
		assert.deepEqual(byline('<p>Text</p>'), [undefined, undefined, undefined]);
	});

	it('nests headings by level, with bold paragraphs lowest, and ends them at the footer', () => {
		assert.deepEqual(
			outline(
				'<h2>A</h2><p>x</p><h3>A1</h3><p><b>A1a</b></p><img src="a.jpg"><h2>B</h2><table><caption>Tides</caption><tr><td>t</td></tr></table><iframe src="https://v.example/e"></iframe><pre>code</pre><footer>End</footer>',
			),
			[
				'title: Tide',
				'  heading: A',
				'    heading: A1',
				'      heading: A1a',
				'        figure: a.jpg',
				'  heading: B',
				'    table: Tides',
				'    embed: v.example (iframe)',
				'    code: code',
				'  footer: End',
			],
		);
	});

	it('is limited to 5,000 items', () => {
		assert.equal(outline('<p>x</p>'.repeat(6000)).length, 5001);
	});

	it("keeps every selection inside its range, and every range inside its parent's", () => {
		const pieces = fc.array(
			fc.constantFrom(
				'<h2>a</h2>',
				'<h3>b',
				'</h3>',
				'<p><b>c</b></p>',
				'<p>d',
				'<ul><li>e',
				'</ul>',
				'<blockquote>',
				'</blockquote>',
				'<figure><img>',
				'</figure>',
				'<table><p>x',
				'</table>',
				'<footer>',
				'</footer>',
				'<iframe src=x>',
				'text',
			),
			{ maxLength: 30 },
		);
		fc.assert(
			fc.property(pieces, parts => {
				const parsed = article(parts.join(''));
				const queue = [...buildOutline(parsed)];
				const starts = queue[0]?.children.map(({ span }) => span.start) ?? [];
				assert.deepEqual(
					starts,
					starts.toSorted((a, b) => a - b),
				);
				for (let item = queue.pop(); item; item = queue.pop()) {
					const { span, selection, name, children } = item;
					assert.ok(name);
					assert.ok(
						span.start <= selection.start && selection.end <= span.end && span.end <= parsed.text.length,
						JSON.stringify(item),
					);
					// The parts of the page are wherever they are, and their item is the last.
					for (const child of item.kind === 'furniture' ? [] : children)
						assert.ok(span.start <= child.span.start && child.span.end <= span.end, JSON.stringify([item, child]));
					queue.push(...children);
				}
			}),
			{ numRuns: runs(500) },
		);
	});
});
