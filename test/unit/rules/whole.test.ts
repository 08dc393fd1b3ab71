import assert from 'node:assert/strict';
import { assertFindings, assertFixed, assertQuiet, findings, fixes, inArticle, SOURCE } from './support.ts';

/** An article with a title and a host. */
const titled = (title: string, body: string, source = 'https://www.courier.example/2021/12/16/tide/'): string =>
	`<!--1639640221000-->\n[${title}](${source})\n------\n\n${body}\n`;

const LONG =
	'<p>The water went out at noon, and nobody on the quay had seen the harbour empty before, nor has anyone since.</p>';

describe('rules: whether an article is whole', () => {
	describe('article/no-text', () => {
		const rule = 'article/no-text';
		for (const body of [
			'',
			'<div></div>',
			'<div>潮水退去之后</div>',
			'<h1>潮水退去之后</h1><p>2021-12-16 03:19</p>',
			'<p>作者：李明</p><p>潮水退去之后。</p>',
			'<style>p { color: red }</style><div>潮水退去之后</div><script>const long = "words".repeat(9);</script>',
			'<img src="https://stats.example/x" width="1" height="1">',
		])
			it(`reports ${body || 'an empty body'}`, () => assert.equal(findings(rule, inArticle(body)).length, 1));
		it('says where, and what is there', () => {
			assertFindings(rule, inArticle('<div>潮水退去之后</div>'), [
				['潮水退去之后', 'The article has no text but its title'],
			]);
			assertFindings(rule, inArticle(''), [['潮水退去之后', 'The article has no text']]);
		});
		it('knows the title without the name of the site', () =>
			assertFindings(rule, titled('The ebb - The Courier', '<p>The ebb</p>'), [
				['The ebb - The Courier', 'The article has no text but its title'],
			]));
		it('ignores short articles, pictures, embeds, and what Medium sends as a whole', () =>
			assertQuiet(
				rule,
				'<p>你说得对！谢谢。</p>',
				'<p>Yes.</p>',
				'<img src="https://a.example/x.png" alt="">',
				'<figure><img src="https://a.example/x.png"><figcaption>退潮</figcaption></figure>',
				'<iframe src="https://video.example/7"></iframe>',
				'<p>潮水退去之后</p><img src="https://medium.com/_/stat?event=post.clientViewed&referrerSource=full_rss&postId=1" width="1" height="1">',
			));
	});

	describe('article/truncated', () => {
		const rule = 'article/truncated';
		for (const words of [
			'Continue reading on Medium »',
			'To continue reading, please subscribe.',
			'Subscribe to continue reading this story',
			'Sign in to read the full article.',
			'To read the rest of this article, become a member.',
			'Read the full story at The Courier',
			'This article is for subscribers only.',
			'You have reached your limit of free articles.',
			'登录后阅读全文',
			'阅读剩余内容',
			'剩余内容需付费阅读',
			'剩余 70% 内容，订阅后查看',
			'本文为付费内容，订阅后可阅读全文',
			'付费阅读全文',
			'购买后查看全部内容',
		])
			it(`reports “${words}” at the end and alone`, () => {
				for (const text of [
					inArticle(`${LONG}<p>${words}</p>`),
					inArticle(`<p>${words}</p>`),
					inArticle(`${LONG.repeat(20)}<div><a href="/x">${words}</a></div>`),
				])
					assertFindings(rule, text, [[words, `The text goes on elsewhere: ${words}`]]);
			});
		for (const words of [
			'Read more',
			'Read more…',
			'[Read more]',
			'Continue reading →',
			'阅读全文',
			'点击阅读原文',
			'查看全文 >>',
			'（阅读更多）',
		])
			it(`reports “${words}” after an ellipsis, alone, or as link to the source of a short article`, () => {
				for (const body of [
					`<p>The water went out and…</p><p>${words}</p>`,
					`<p>${words}</p>`,
					`${LONG}<p><a href="${SOURCE}?utm_source=rss">${words}</a></p>`,
				])
					assert.deepEqual(
						findings(rule, inArticle(body)).map(([, message]) => message),
						[`The text goes on elsewhere: ${words}`],
						body,
					);
			});
		for (const end of ['[…]', '[...]', '[&hellip;]', '[+2345 chars]'])
			it(`reports ${end} at the end of an excerpt`, () =>
				assertFindings(
					rule,
					inArticle(
						`<p>The water went out at noon and ${end}</p><p>The post <a href="${SOURCE}">Tide</a> appeared first on <a href="/">News</a>.</p>`,
					),
					[[end, 'The text is cut off at its end']],
				));
		it('ignores what is no end: links to other articles, a series, a trailer, and words in the middle', () =>
			assertQuiet(
				rule,
				`${LONG}<p><a href="https://other.example/">Read more</a></p>`,
				`${LONG}<p>Read more about the harbour in our archive of the years before the dam.</p>`,
				`${LONG}<p>The post Tide appeared first on The Courier.</p>`,
				`${LONG}<p>（未完待续）</p>`,
				`${LONG}<p>And so it went on…</p>`,
				`${LONG}<p><a href="https://other.example/">阅读原文</a></p>`,
				`<p>Continue reading on Medium »</p>${LONG.repeat(3)}`,
				`<p>Subscribe to continue reading</p>${LONG}`,
				`${LONG.repeat(20)}<p>He said: “The water […]</p>`,
				`${LONG}<nav><p>Continue reading on Medium »</p></nav>`,
			));
	});

	describe('article/repeated', () => {
		const rule = 'article/repeated';
		const paragraph = '<p>The same paragraph of more than forty characters, twice.</p>';
		it('reports a paragraph that repeats the one before it, with a fix that Fix All does not apply', () => {
			assertFixed(
				rule,
				inArticle(`${LONG}${paragraph}\n<p></p>${paragraph}`),
				[[paragraph, 'The paragraph repeats the one before it']],
				inArticle(`${LONG}${paragraph}\n<p></p>`),
			);
			assert.deepEqual(
				fixes(rule, inArticle(paragraph + paragraph)).map(({ preferred }) => preferred),
				[false],
			);
		});
		it('compares words, whatever the markup', () =>
			assert.equal(
				findings(
					rule,
					inArticle(
						'<div><p>退潮之后的港口，<b>空无一人</b>，连船也不见了踪影。</p></div><div>退潮之后的港口，空无一人，连船也不见了踪影。</div>',
					),
				).length,
				1,
			));
		it('ignores short paragraphs, those apart from each other, and different ones', () =>
			assertQuiet(
				rule,
				'<p>Row, row, row your boat.</p><p>Row, row, row your boat.</p>',
				'<p>大江东去，浪淘尽。</p><p>大江东去，浪淘尽。</p>',
				`${paragraph}<p>Between.</p>${paragraph}`,
				`${paragraph}<h2>Between</h2>${paragraph}`,
				`${paragraph}${paragraph.replace('same', 'sane')}`,
				`<div>${paragraph}</div>`,
			));
	});

	describe('header/site-name', () => {
		const rule = 'header/site-name';
		const cases: readonly (readonly [title: string, rest: string, source?: string])[] = [
			['The ebb - The Courier', ' - The Courier'],
			['The ebb | Courier', ' | Courier'],
			['The ebb – Courier News', ' – Courier News'],
			['The ebb - part 2 - The Courier', ' - The Courier'],
			['退潮_courier', '_courier'],
			['退潮｜Courier 中文网', '｜Courier 中文网'],
			['The ebb - The New York Times', ' - The New York Times', 'https://www.nytimes.com/a'],
			['退潮 | 端傳媒 Initium Media', ' | 端傳媒 Initium Media', 'https://theinitium.com/a'],
			['The ebb - BBC News', ' - BBC News', 'https://www.bbc.co.uk/a'],
		];
		for (const [title, rest, source] of cases)
			it(`reports “${title}”`, () =>
				assertFixed(
					rule,
					titled(title, LONG, source),
					[[rest, `The title ends with the name of the site: ${rest.replace(/^[\s_|｜–-]+/, '')}`]],
					titled(title.slice(0, -rest.length), LONG, source),
				));
		it('reports any name that the first heading or the front matter leaves out', () => {
			assertFindings(rule, titled('退潮_新闻_海港网', `<h1>退潮</h1>${LONG}`), [
				['_新闻_海港网', 'The title ends with the name of the site: 新闻_海港网'],
			]);
			assertFindings(rule, `---\ntitle: The ebb\n---\n${titled('The ebb - Harbour Post', LONG)}`, [
				[' - Harbour Post', 'The title ends with the name of the site: Harbour Post'],
			]);
		});
		it('ignores other titles', () => {
			for (const [title, body] of [
				['The ebb - and the flood', LONG],
				['李明 | 退潮之后', LONG],
				['The ebb - Part 2', `<h1>The ebb</h1>${LONG}`],
				['The ebb – What it left', `<h1>The ebb</h1><h2>What it left</h2>${LONG}`],
				['The Courier', LONG],
				['Well-known ebb', LONG],
				['A letter from the courier', LONG],
			] as const)
				assert.deepEqual(findings(rule, titled(title, body)), [], title);
		});
	});

	describe('html/empty-paragraph', () => {
		const rule = 'html/empty-paragraph';
		it('reports empty paragraphs in a row', () =>
			assertFixed(
				rule,
				inArticle('<p>一</p><p></p>\n<p class="x"></p><p> </p><p>二</p>'),
				[['<p></p>\n<p class="x"></p><p> </p>', '3 empty paragraphs in a row']],
				inArticle('<p>一</p>\n<p>二</p>'),
			));
		it('prefers the fix only where nothing is shown', () => {
			const preferred = (body: string) => fixes(rule, inArticle(`<p>x</p>${body}`)).map(fix => fix.preferred);
			assert.deepEqual(preferred('<p></p><p></p>'), [true]);
			assert.deepEqual(preferred('<p>&nbsp;</p><p><br></p>'), [false]);
		});
		it('ignores a single one, those with something in them, and targets of links', () =>
			assertQuiet(
				rule,
				'<p>一</p><p></p><p>二</p><p></p>',
				'<p></p><hr><p></p>',
				'<p><img src="https://a.example/x.png"></p><p></p><p><span></span></p>',
				'<p id="a"></p><p id="b"></p>',
				'<p><!-- x --></p><p></p>',
				'<div></div><div></div>',
				'<p>x</p><p></p></p>',
			));
	});
});
