import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { labelOf } from '../../../server/src/article/label.ts';
import { clipLine } from '../../../server/src/util/text.ts';

/** An article with a body, under the title *A dry title*. */
const PROSE = '<p>The water left early, and nobody in the town could say why it had gone so soon this year.</p>';

function article(body: string, title = 'A dry title'): string {
	return `<!--1577182863000-->\n[${title}](https://courier.example/2019/story/)\n------\n\n${body}\n`;
}

/** Returns the furniture of a body, each as `kind: text (reason)`. */
function furniture(body: string, title?: string): readonly string[] {
	const parsed = parseArticle(article(body, title));
	return parsed.regions.furniture.map(
		({ kind, reason, first }) => `${kind}: ${labelOf(parsed.nodes, first)} (${reason})`,
	);
}

describe('regions', () => {
	const cases: readonly (readonly [string, string, readonly string[]])[] = [
		['plain paragraphs', PROSE + PROSE, []],
		['nav', `<nav><a href="/">Home</a></nav>${PROSE}`, ['navigation: Home (element “nav”)']],
		[
			'comments, longer than the article',
			`${PROSE}${PROSE}<div id="comments"><h2>Comments</h2><div class="comment">${PROSE.repeat(5)}</div></div>`,
			[`comments: Comments ${PROSE.slice(3, -4).concat(' ').repeat(5).trim()} (id “comments”)`],
		],
		[
			'the article in an element with a misleading name',
			`<p>By the way: what follows was not written today, and not by us, but somewhere else and long ago, they say.</p><div class="has-sidebar comments-open entry-content-share">${PROSE.repeat(4)}</div>`,
			[],
		],
		[
			'a byline in the paragraph of the picture',
			`<p><img src="a.jpg" width="900" height="600"><span><br></span><span>作者：何清<br></span></p>${PROSE}${PROSE}`,
			['byline: 作者：何清 (names the author)'],
		],
		['an embedded post', `${PROSE}<div class="social-media-embed"><p>The sea is back.</p></div>`, []],
		[
			'related articles',
			`${PROSE}<div class="jp-relatedposts"><h3>相关</h3><a href="/2">Another</a></div>`,
			['related: 相关 Another (class “jp-relatedposts”)'],
		],
		[
			'hidden words',
			`<h2 class="element-invisible"><a href="/f">tide.jpg</a></h2>${PROSE}`,
			['hidden: tide.jpg (hidden on the page)'],
		],
		[
			'a link to a share service',
			`${PROSE}<a href="https://twitter.com/share?url=x"><img src="/t.png" alt="Twitter"></a>`,
			['share:  (leads to a service to share pages on)'],
		],
		[
			'related articles that only a heading announces',
			`${PROSE}<h3>Related articles</h3><ul><li><a href="/2">Another</a></li></ul>${PROSE}`,
			['related: Related articles (the words “Related articles”)'],
		],
		[
			'a line of links that begins with its name',
			`${PROSE}<p>延伸阅读：<a href="/2">堤坝的另一面</a></p>`,
			['related: 延伸阅读：堤坝的另一面 (the words “延伸阅读：”)'],
		],
		['a heading of the article with words that elsewhere announce links', `<h2>Related</h2>${PROSE}`, []],
		[
			'further reading on other sites',
			`${PROSE}<h2>延伸阅读：</h2><ul><li><a href="https://a.example/1">Dikes</a></li><li><a href="https://b.example/2">Tides</a></li></ul>`,
			[],
		],
		['a last section of the article about comments', `${PROSE}<h2>评论</h2><p>评论在周五关闭。</p>`, []],
		[
			'comments that only a heading with their number tells',
			`${PROSE}<h2>2 comments</h2><p>The sea is back.</p>`,
			['comments: 2 comments (the words “2 comments”)'],
		],
		[
			'cells of a table with words that elsewhere announce links',
			`${PROSE}<table><tr><td>Dike</td><td><a href="/c">Comments</a></td></tr></table>`,
			[],
		],
		['a section of the article about comments', `${PROSE}<h2>评论</h2>${PROSE.repeat(9)}`, []],
		[
			'a notice of rights at the end',
			`${PROSE}<p><em>© 2020 版权声明：本文受著作权法保护。</em></p>`,
			['trailer: © 2020 版权声明：本文受著作权法保护。 (the words “© 2020 版权声明：本文受著作权法保护。”)'],
		],
		[
			'the line above a notice',
			`${PROSE}<p>———</p><p>转载请注明出处。</p>`,
			['trailer: ——— (the words “转载请注明出处。”)'],
		],
		[
			'a box that leads to another page of the site',
			`${PROSE}<div class="x"><h3>Features</h3><h2><a href="/2020/dike/">The other dike</a></h2><p>It was built when…</p></div>${PROSE}${PROSE}`,
			['related: Features The other dike It was built when… (a box that leads to another page of the site)'],
		],
		[
			'a box with a heading and a button',
			`${PROSE}<section><div><h2>The Courier</h2><button>View</button></div></section>${PROSE}`,
			['promotion: The Courier View (a box with a button)'],
		],
		[
			'boxes that lead to pages of other sites',
			`${PROSE}<div class="x"><h2><a href="https://x.example/">The other dike</a></h2><p>It was built when…</p></div>${PROSE}`,
			[],
		],
		['such a notice within the article', `<p>© 2020 was carved into the wall.</p>${PROSE.repeat(20)}`, []],
		[
			'a discussion among a few invited people, marked up as comments',
			`${PROSE}<div id="comments">${`<article class="comment">${PROSE.repeat(14)}</article>`.repeat(3)}</div>`,
			[],
		],
		[
			'a word within a sentence',
			`<p>The <span class="share">share</span> of the water that left early was larger than anyone knew.</p>${PROSE}`,
			[],
		],
		[
			'byline and date',
			`<address>Marta Hollis</address><time datetime="2019-12-24">24 December</time>${PROSE}`,
			['byline: Marta Hollis (names the author)', 'byline: 24 December (gives the date)'],
		],
		...(
			[
				['statement', '<p>“We regret the loss of the ship and its cargo.”</p>'],
				['share', PROSE],
				['ad-hoc', PROSE],
				['tags-explained', PROSE],
				['entry-category', PROSE],
				['category-harbour', '<p>The dike is low.</p>'],
				['author-bio', '<p>Ada Pell has written about harbours of the north for twenty years.</p>'],
				['recommendations', '<ol><li>Build the dike before the storms of the winter.</li></ol>'],
				['section--has-ads', '<p>The dike is low.</p>'],
				['live-match-comment', '<p>The dike is low.</p>'],
				['no-print', PROSE],
			] as const
		).map(
			([name, held]) =>
				[
					`running text in an element with the class ${name}`,
					`${PROSE}<div class="${name}">${held}</div>`,
					[],
				] as const,
		),
		...[
			'Copyright law has changed again, and few have noticed.',
			'All rights reserved was what he had printed below each of his letters.',
			'The post he held for twenty years appeared on no list.',
			'First published in 1911, the novel remains what people here read.',
			'His novel was first published in 1911.',
			'Republished letters are what the town has in place of a chronicle.',
			'Support our town, the sign at the harbour said.',
			'转载这篇文章的人请想一想它的作者。',
			'未经许可进入村子的人都被拦了下来。',
			'点击查看的人越来越多，他却没有再写。',
		].map(
			sentence => [`a last sentence that begins as notices do: ${sentence}`, `${PROSE}<p>${sentence}</p>`, []] as const,
		),
		...[
			'Copyright 2019 The Courier.',
			'The post <a href="/d">A dry title</a> appeared first on <a href="/">The Courier</a>.',
			'Originally published on <a href="https://tide.example/">Tide</a>.',
			'This essay was first published in Tide.',
			'如需转载请联系本站。',
			'未经授权，不得转载。',
			'点击查看本文英文版。',
		].map(
			notice =>
				[
					`the notice: ${notice}`,
					`${PROSE}${PROSE}<p>${notice}</p>`,
					[`trailer: ${notice.replace(/<[^>]*>/g, '')} (the words “${clipLine(notice.replace(/<[^>]*>/g, ''), 40)}”)`],
				] as const,
		),
		[
			'a picture’s owner at the beginning of a paragraph of the article',
			`${PROSE}<p><span>© Tide Pictures</span> ${PROSE.slice(3, -4)}</p>`,
			[],
		],
		...(
			[
				['subscription', 'button-wrapper', '<a href="/s">Subscribe now</a>'],
				['promotion', 'big_ad', '<a href="/s">The new boat</a>'],
				['share', 'shariff', '<a href="/s">Tell a friend</a>'],
				['related', 'xgyd', '<a href="/2">堤坝的另一面</a>'],
				['trailer', 'reprint_info', '海边镇'],
			] as const
		).map(
			([kind, name, held]) =>
				[
					`an element with the class ${name}`,
					`${PROSE}<div class="${name}">${held}</div>`,
					[`${kind}: ${held.replace(/<[^>]*>/g, '')} (class “${name}”)`],
				] as const,
		),
		['the title again', `<h1>A dry title</h1>${PROSE}`, ['title: A dry title (repeats the title)']],
	];
	for (const [title, body, expected] of cases) it(title, () => assert.deepEqual(furniture(body), expected));

	it('are empty when all of the body is to count as the article', () => {
		const parsed = parseArticle(article(`<h1>A dry title</h1>${PROSE}`), { furniture: false });
		assert.deepEqual(parsed.regions.furniture, []);
	});
});
