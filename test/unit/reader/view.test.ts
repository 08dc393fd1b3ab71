import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseArticle } from '../../../server/src/article/article.ts';
import {
	COMMON_ATTRIBUTES,
	MATH_TAGS,
	type Markup,
	READER_ATTRIBUTES,
	SAFE_ADDRESS,
	TAGS,
} from '../../../server/src/protocol/reader.ts';
import { runs } from '../../support/runs.ts';
import { HEAD } from '../languageFeatures/harness.ts';
import { blocks, draw, textOf, write } from './support.ts';

/** The markup of a note with one paragraph. */
const SAID = (text: string): unknown => ['div', {}, [['p', {}, [text]]]];

describe('drawing the view', () => {
	it('draws one block for each paragraph, heading, list, quotation and table, regardless of nesting', () => {
		assert.deepEqual(
			blocks(
				'<section><div><p>One</p><h3>Two</h3></div><ul><li>a<li>b</ul></section><blockquote><p>q</p></blockquote><table><tr><td colspan=2>c</table>loose <b>text</b><hr>',
			),
			[
				'<p>One</p>',
				'<h2>Two</h2>',
				'<ul><li>a</li><li>b</li></ul>',
				'<blockquote><p>q</p></blockquote>',
				'<table><tbody><tr><td colspan="2">c</td></tr></tbody></table>',
				'<p>loose <b>text</b></p>',
				'<hr>',
			],
		);
	});

	it('limits the columns and rows that a cell spans', () => {
		const cell = (attributes: string): string | undefined =>
			/<td(?: ([^>]*))?>/.exec(blocks(`<table><tr><td ${attributes}>潮</table>`)[0] ?? '')?.[1];
		assert.equal(cell('colspan=100 rowspan=1000'), 'colspan="100" rowspan="1000"');
		assert.equal(cell('colspan=101 rowspan=1001'), 'colspan="100" rowspan="1000"');
		assert.equal(cell('colspan=99999999999 rowspan=1e9'), 'colspan="100"');
		assert.equal(cell('colspan=1e99 rowspan=Infinity'), undefined);
		assert.equal(cell('colspan=-5 rowspan=0'), undefined);
		assert.equal(cell('colspan="2;x" rowspan=" 3"'), 'colspan="2" rowspan="3"');
	});

	it('moves inline elements around several blocks into each of them', () => {
		assert.deepEqual(blocks('<a href="/b"><div><p>One</p><p>Two</p></div></a>'), [
			'<p><a href="https://news.example/b">One</a></p>',
			'<p><a href="https://news.example/b">Two</a></p>',
		]);
	});

	it('draws figures in each of their shapes', () => {
		const shown = '<figure><img picture="0"><figcaption>Harbour</figcaption></figure>';
		assert.deepEqual(blocks('<figure><img src="a.jpg"><figcaption>Harbour</figcaption></figure>'), [shown]);
		assert.deepEqual(blocks('<p><img src="a.jpg"><small style="color: #999;">Harbour</small></p>'), [shown]);
		assert.deepEqual(blocks('<p>x</p><img src="a.jpg"><div><small>Harbour</small></div><p>y</p>'), [
			'<p>x</p>',
			'<figure><img picture="0"><div><figcaption>Harbour</figcaption></div></figure>',
			'<p>y</p>',
		]);
		assert.deepEqual(blocks('<p><a href="/b"><img src="a.jpg"></a></p>'), [
			'<figure><a href="https://news.example/b"><img picture="0"></a></figure>',
		]);
	});

	it('draws each caption and credit once, whatever is around them', () => {
		assert.deepEqual(
			blocks(
				'<div class="img"><div><img src="a.jpg"></div><div><figure><figcaption><p class="cap-desc">Harbour</p><p class="cap-cred">Lu Wei</p></figcaption></figure></div></div>',
			),
			[
				'<figure><div><img picture="0"></div><div><div><div><figcaption>Harbour</figcaption><cite>Lu Wei</cite></div></div></div></figure>',
			],
		);
		assert.deepEqual(
			blocks(
				'<div class="Figure-1"><div><img src="a.jpg"><p class="Copyright-2"><span class="VisuallyHiddenText-3">Source, </span>Lu Wei</p></div><div><p>Harbour</p></div></div><p>Boats and ferries</p>',
			),
			[
				'<figure><div><img picture="0"><cite>Lu Wei</cite></div><div><figcaption>Harbour</figcaption></div></figure>',
				'<p>Boats and ferries</p>',
			],
		);
		assert.deepEqual(blocks('<div><img src="a.jpg"><b>Harbour</b>: boats at noon</div>'), [
			'<figure><img picture="0"><figcaption><b>Harbour</b>: boats at noon</figcaption></figure>',
		]);
		assert.deepEqual(blocks('<p>x</p><figure><img src="a.jpg"></figure><p class="caption">Harbour</p><p>y</p>'), [
			'<p>x</p>',
			'<figure><div><img picture="0"></div><figcaption>Harbour</figcaption></figure>',
			'<p>y</p>',
		]);
		assert.deepEqual(blocks('<p>x</p><p class="caption">Harbour</p><p><img src="a.jpg"></p><p>y</p>'), [
			'<p>x</p>',
			'<figure><figcaption>Harbour</figcaption><p><img picture="0"></p></figure>',
			'<p>y</p>',
		]);
		assert.deepEqual(
			blocks(
				'<figure><figure><img src="a.jpg"></figure><figure><img src="b.jpg"></figure><figcaption>Both</figcaption></figure>',
			),
			['<figure><div><img picture="0"></div><div><img picture="1"></div><figcaption>Both</figcaption></figure>'],
		);
	});

	it('lists all URLs of an image, the best first, and shows a lazy image once', () => {
		const view = draw(
			`${HEAD}<p><img data-src="https://images.weserv.nl/?url=img.example/a.jpg" src="data:image/gif;base64,R0"><noscript><img src="https://cdn.example/a.jpg"></noscript></p>`,
		);
		assert.deepEqual(
			view.blocks.map(({ content }) => content.pictures.map(({ sources }) => sources.map(({ url }) => url))),
			[[['https://images.weserv.nl/?url=img.example/a.jpg', 'https://img.example/a.jpg', 'https://cdn.example/a.jpg']]],
		);
	});

	it('uses only the local file if an image refers to one, and reports one that has not been fetched', () => {
		const uri = 'file:///archive/a.jpg';
		const there = draw(`${HEAD}<img src="a.jpg">`, () => ({ uri, exists: true, meant: true }));
		assert.deepEqual(there.blocks[0]?.content.pictures[0]?.sources, [{ kind: 'file', url: uri }]);
		const missing = draw(`${HEAD}<img src="a.jpg">`, () => ({ uri, exists: false, meant: true }));
		assert.deepEqual(missing.blocks[0]?.content.pictures[0]?.sources, []);
		const pointer = { keeper: 'Git LFS', size: 34_650 } as const;
		const unfetched = draw(`${HEAD}<img src="quay.png">`, () => ({ uri, exists: true, meant: true, pointer }));
		const [picture] = unfetched.blocks[0]?.content.pictures ?? [];
		assert.deepEqual(
			[picture?.sources, picture?.unfetched],
			[[], 'This image is stored in Git LFS and has not been fetched: run git lfs pull'],
		);
	});

	it('leaves out visit counters, scripts, and repetitions of the title, byline and date', () => {
		assert.deepEqual(
			blocks(
				'<h1>Tide</h1><address>A. Lee</address><time datetime="2021-12-16">16 December</time><img src="c.gif" width=1 height=1><script>x</script><p>Text</p>',
			),
			['<p>Text</p>'],
		);
		assert.equal(draw(`${HEAD}<address>A. Lee</address><p>Text</p>`).head.author, 'A. Lee');
	});

	it('draws embeds as links to their content', () => {
		assert.deepEqual(
			blocks('<p>a</p><iframe src="//v.example/1" title="A film"></iframe><object data="javascript:x"></object>'),
			[
				'<p>a</p>',
				'<p><a href="https://v.example/1" embed="iframe" title="A film"></a></p>',
				'<p><span embed="object"></span></p>',
			],
		);
	});

	it('leaves a bold line that is a heading in its paragraph', () => {
		const view = draw(`${HEAD}<p>It was spring.</p><p><strong>Tides</strong><br>The dike held.</p>`);
		assert.deepEqual(
			view.blocks.map(({ content }) => write(content.markup)),
			['<p>It was spring.</p>', '<p><strong>Tides</strong><br>The dike held.</p>'],
		);
		assert.deepEqual(view.contents, [{ block: 1, depth: 0, label: 'Tides' }]);
	});

	it('nests headings without gaps below the title, the only level 1 heading', () => {
		const view = draw(`${HEAD}<h3>A</h3><h6>B</h6><p><b>C</b></p><h2>D</h2>`);
		assert.deepEqual(
			view.blocks.map(({ content }) => write(content.markup)),
			['<h2>A</h2>', '<h3>B</h3>', '<h4><b>C</b></h4>', '<h2>D</h2>'],
		);
		assert.deepEqual(
			view.contents.map(({ depth, label }) => [depth, label]),
			[
				[0, 'A'],
				[1, 'B'],
				[2, 'C'],
				[0, 'D'],
			],
		);
	});

	it('wraps children of a list that are not items', () => {
		assert.deepEqual(blocks('<ul>loose<li>a</li><ul><li>b</li></ul></ul>'), [
			'<ul><li>loose</li><li>a</li><li><ul><li>b</li></ul></li></ul>',
		]);
	});

	it('marks the words of notes in segments that do not overlap', () => {
		const view = draw(
			`${HEAD}<p>a <mark>b <ins>c</ins><!-- edit: i --> d</mark><!-- note: m #t @p 2021-12-17 --> e</p>`,
		);
		const [mark, insertion] = view.notes.map(({ id }) => id);
		assert.deepEqual(view.blocks[0]?.segments, [
			{ start: 2, end: 4, notes: [mark] },
			{ start: 4, end: 5, notes: [mark, insertion] },
			{ start: 5, end: 7, notes: [mark] },
		]);
		assert.deepEqual(
			view.notes.map(({ kind, said, tags, creator, created, suggestion }) => [
				kind,
				said,
				tags,
				creator,
				created,
				suggestion,
			]),
			[
				['note', SAID('m'), ['t'], 'p', '2021-12-17', undefined],
				['edit', SAID('i'), [], undefined, undefined, 'insertion'],
			],
		);
	});

	it('marks a highlight without a note, and does not show it in the margin', () => {
		const view = draw(`${HEAD}<p>a <mark>b</mark></p>`);
		assert.deepEqual(view.notes, []);
		assert.deepEqual(
			view.blocks[0]?.segments.map(({ start, end }) => [start, end]),
			[[2, 3]],
		);
	});

	it('places a standalone note at the block before it', () => {
		const view = draw(`${HEAD}<blockquote><p>q</p></blockquote><!-- question: why? --><p>b</p>`);
		assert.deepEqual(
			view.notes.map(({ block, said }) => [block, said]),
			[[0, SAID('why?')]],
		);
		assert.deepEqual(view.blocks[0]?.segments, [{ start: 0, end: 1, notes: [view.notes[0]?.id] }]);
	});

	it('estimates the reading time by script', () => {
		assert.equal(draw(`${HEAD}<p>${'字'.repeat(1500)}</p>`).head.minutes, 3);
		assert.equal(draw(`${HEAD}<p>${"it's a day ".repeat(230)}</p>`).head.minutes, 3);
		assert.equal(draw(`${HEAD}<p>x</p>`).head.minutes, 1);
	});

	it('reads the language that the body declares, unless its text is in another', () => {
		const language = (body: string): string => draw(`${HEAD}${body}`).head.language;
		const german = '<p>Die Pegel steigen, sagt der Hafenmeister.</p>';
		const simplified = '<p>这是我们的国家，对来这里的人说，时间过得很快。</p>';
		const traditional = '<p>這是我們的國家，對來這裡的人說，時間過得很快。</p>';
		for (const [body, expected] of [
			[`<div lang="de">${german}</div>`, 'de'],
			[`<main lang="en"><article xml:lang="" lang="de-AT">${german}</article></main>`, 'de-AT'],
			[`<p lang="fr">Oui</p>${german}${german}`, 'und'],
			[`<meta property="og:locale" content="de_DE">${german}`, 'de-DE'],
			[`<meta itemprop="inLanguage" content="de">${german}`, 'de'],
			[`<span property="schema:inLanguage" content="de"></span>${german}`, 'de'],
			[`<meta http-equiv="Content-Language" content="de">${german}`, 'de'],
			[`<script type="application/ld+json">{"@type":"NewsArticle","inLanguage":"de"}</script>${german}`, 'de'],
			[
				`<script type="application/ld+json">{"@type":"NewsArticle","inLanguage":{"name":"German"}}</script>${german}`,
				'und',
			],
			[`<div lang="en-US">${simplified}</div>`, 'zh-Hans'],
			[`<div lang="en-US">${traditional}</div>`, 'zh-Hant'],
			[`<div lang="zh">${traditional}</div>`, 'zh-Hant'],
			[`<div lang="zh-CN">${simplified}</div>`, 'zh-CN'],
			[`<div lang="zh-CN">${traditional}</div>`, 'zh-Hant'],
			[`<div lang="zh-TW">${simplified}</div>`, 'zh-Hans'],
			[`<div lang="zh-HK">${traditional}</div>`, 'zh-HK'],
			['<div lang="zh-CN"><p>これは日本の話です。</p></div>', 'ja'],
			['<div lang="en"><p>바닷물이 일찍 떠났다.</p></div>', 'ko'],
			['<div lang="ko-KR"><p>바닷물이 일찍 떠났다.</p></div>', 'ko-KR'],
			['<meta property="og:locale" content="en_US"><div lang="zh">123</div>', 'zh'],
		] as const)
			assert.equal(language(body), expected, body);
		const front = draw(`---\ntitle: T\nfrom: https://news.example/\nlang: zh_TW\n---\n${simplified}`);
		assert.equal(front.head.language, 'zh-TW');
	});

	it('detects the language', () => {
		const language = (body: string): string => draw(`${HEAD}${body}`).head.language;
		assert.equal(language('<p>这是我们的国家。</p>'), 'zh-Hans');
		assert.equal(language('<p>這是我們的國家。</p>'), 'zh-Hant');
		assert.equal(language('<p>これは日本の話です。</p>'), 'ja');
		assert.equal(language('<p>The sea is higher than it was in the days of the port.</p>'), 'en');
		assert.equal(language('<p>Die Pegel steigen, sagt der Hafenmeister.</p>'), 'und');
		assert.equal(language('<article lang="de"><p>Die Pegel</p></article>'), 'de');
		const arabic = draw(`${HEAD}<p>ارتفع مستوى البحر</p>`).head;
		assert.deepEqual([arabic.language, arabic.direction], ['ar', 'rtl']);
	});

	it('maps the text of every block to the source, character by character', () => {
		const text = `${HEAD}<p>a &amp; b<br>c &eacute;<b>d</b>&notit; e\r\nf&#128512;</p>\n`;
		const [block] = draw(text).blocks;
		assert.ok(block);
		const said = textOf(block.content.markup);
		assert.equal(said, 'a & bc éd¬it; e\nf😀');
		const { runs } = block.content;
		const source: string[] = [];
		for (let run = 0; run < runs.length; run += 4) {
			const [at = 0, from = 0, units = 0, length = 0] = runs.slice(run, run + 4);
			source.push(`${said.slice(at, at + units)}=${text.slice(block.start + from, block.start + from + length)}`);
		}
		assert.deepEqual(source, [
			'a =a ',
			'&=&amp;',
			' b= b',
			'c =c ',
			'é=&eacute;',
			'd=d',
			'¬=&not',
			'it; e=it; e',
			'\n=\r\n',
			'f=f',
			'😀=&#128512;',
		]);
	});

	it('has only known elements, attributes and URLs, and all of the text, for any body', () => {
		const pieces = fc.constantFrom(
			...'<p> </p> <div> </div> <b> </b> <i> <a/href="javascript:x"> <a/href="/a"> </a> <table> <tr> <td> </table> <svg> <math> <mi> </svg> <script> </script> <style> </style> <template> <img/src=x/onerror=y> <iframe/src=z> </iframe> <ul> <li> </ul> <form> <input> <button> <select> <option> <noscript> </noscript> <mfrac> <mfenced> <maction> <semantics> <annotation> <mtext> <mo> <mi/mathvariant=fraktur> <b/hidden> <sup/id=n> <a/href=#n> <details> <summary> <span/class=katex-html> <span/class=katex-mathml> <script/type=math/tex> <canvas> <map> <area/href=/x/alt=y> <p/dir=rtl> <figure> <figcaption> &amp; &lt; text 字 <h1> </h1> <pre> </pre> <plaintext> <svg><p> <blockquote> <!--note:x--> <mark> </mark> \0'.split(
				' ',
			),
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 40 }), parts => {
				const article = parseArticle(`${HEAD}${parts.join('')}`);
				const view = draw(article.text);
				for (const { content, start, length } of view.blocks) {
					check(content.markup);
					const { runs } = content;
					const said = textOf(content.markup);
					for (let run = 0; run < runs.length; run += 4) {
						const [at = 0, from = 0, units = 0, written = 0] = runs.slice(run, run + 4);
						assert.ok(at + units <= said.length && start + from >= 0 && start + from + written <= article.text.length);
						if (units === written && !/\0|fraktur/.test(article.text))
							assert.equal(said.slice(at, at + units), article.text.slice(start + from, start + from + written));
					}
					assert.ok(start >= 0 && start + length <= article.text.length);
				}
			}),
			{ numRuns: runs(300) },
		);
	});
});

function check(markup: Markup): void {
	if (typeof markup === 'string') return;
	const [tag, attributes, children] = markup;
	assert.ok(TAGS.has(tag) || MATH_TAGS.has(tag), tag);
	for (const [name, value] of Object.entries(attributes)) {
		assert.ok((MATH_TAGS.get(tag) ?? READER_ATTRIBUTES.get(tag) ?? COMMON_ATTRIBUTES).has(name), `${tag} ${name}`);
		if (name === 'href') assert.match(value, SAFE_ADDRESS);
	}
	for (const child of children) check(child);
}
