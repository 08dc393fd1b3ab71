import assert from 'node:assert/strict';
import { type Article, parseArticle } from '../../../server/src/article/article.ts';

const article = (body: string): Article =>
	parseArticle(`<!--1566469863000-->\n[A dry title](https://courier.example/2019/story/)\n------\n\n${body}\n`);

const TEXT = `<p>${'The water left early, and nobody on the quay had seen it go. '.repeat(5)}</p>`;

/** Returns the author and the day of a body. */
function facts(body: string): string {
	const { author, date } = article(body).byline;
	const day = date?.time === undefined ? '' : new Date(date.time).toISOString().slice(0, 10);
	return `${author?.label ?? ''} / ${day}`;
}

const BOTH = 'Marta Hollis / 2019-08-22';

describe('byline', () => {
	for (const [what, head, expected] of [
		[
			'address and time',
			'<address>MARTA HOLLIS, ADA PELL</address><time datetime="2019-08-22 03:19:18">x</time>',
			'MARTA HOLLIS, ADA PELL / 2019-08-22',
		],
		[
			'authors in an aside above the text',
			'<aside><address><div><a rel="author" href="/profile/h">Marta Hollis</a> and <a rel="author" href="/profile/p">Ada Pell</a></div></address><details><summary>Thu 22 Aug 2019 10.00 BST</summary></details></aside>',
			'Marta Hollis, Ada Pell / 2019-08-22',
		],
		[
			'links to the pages of authors',
			'<div><a href="https://courier.example/author/hollis/"><span>Marta Hollis,</span></a><a href="/author/pell/">Ada Pell</a></div><div>August 22, 2019</div>',
			'Marta Hollis, Ada Pell / 2019-08-22',
		],
		[
			'a link to an account',
			'<div><span><a href="/@hollis?source=page">Marta Hollis</a></span><div>Aug 22, 2019 · 6 min read</div></div>',
			BOTH,
		],
		[
			'a word and a link to the page of an author',
			'<div><span>By</span><div><a href="/authors/hollis">Marta Hollis</a></div></div>',
			'Marta Hollis / ',
		],
		[
			'an author and an account',
			'<div class="c-byline">by <span class="c-byline__item"><a href="/authors/hollis">Marta Hollis</a><span class="c-byline__item"><a href="https://short.example/hollis">@hollis</a></span></span></div>',
			'Marta Hollis / ',
		],
		[
			'words that only screen readers hear before the name',
			'<section aria-labelledby="article-byline"><strong id="article-byline">文章信息</strong><ul><li><span><span>作者, </span><span>何明</span></span></li></ul></section>',
			'何明 / ',
		],
		[
			'a link to the page of an author in a sentence',
			`<p>The water left early, <a href="/author/pell/">Ada Pell</a> wrote in her notes on that day, and nobody saw it.</p>`,
			' / ',
		],
		['a time without datetime', '<time>August 22, 2019</time>', ' / 2019-08-22'],
		['a time without datetime, in Chinese', '<time>2019年8月22日</time>', ' / 2019-08-22'],
		[
			'a time below the title',
			'<header><h1>A dry title</h1></header><div><time>Aug 22nd 2019</time></div>',
			' / 2019-08-22',
		],
		['a relative time with datetime', '<div><time datetime="2019-08-22">53 分钟前</time></div>', ' / 2019-08-22'],
		['a day alone under the title', '<p><em>August 22, 2019</em></p>', ' / 2019-08-22'],
		['a day alone in the body', '2019-08-22', ' / 2019-08-22'],
		['name and date in i', '<div><i>Marta Hollis<br>2019-08-22T07:41:52.911Z</i></div>', BOTH],
		[
			'an organisation and a date in i',
			'<div><i>海港时报中文网<br>2019-08-22T07:41:52.911Z</i></div>',
			'海港时报中文网 / 2019-08-22',
		],
		[
			'Word Press',
			'<div class="entry-meta"><span class="posted-on">Posted on <a href="/s" rel="bookmark"><time class="entry-date published" datetime="2019-08-22T10:00:00+08:00">August 22, 2019</time><time class="updated" datetime="2019-08-25T10:00:00+08:00">August 25, 2019</time></a></span> <span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/mh">Marta Hollis</a></span></span> <span class="comments-link"><a href="#respond">Leave a comment</a></span></div>',
			BOTH,
		],
		[
			'Word Press with the update first',
			'<div class="entry-meta"><time class="updated" datetime="2019-08-25T10:00:00+08:00">August 25, 2019</time><time class="entry-date published" datetime="2019-08-22T10:00:00+08:00">August 22, 2019</time></div>',
			' / 2019-08-22',
		],
		[
			'a theme that calls its date updated',
			'<time class="updated" datetime="2019-08-22T10:00:00+00:00">August 22, 2019</time><p class="byline author vcard">By <a href="/a" rel="author" class="fn">Marta Hollis</a></p>',
			BOTH,
		],
		[
			'Drupal with RDFa',
			'<div class="submitted"><span property="dc:date dc:created" content="2019-08-22T17:48:46+02:00" datatype="xsd:dateTime" rel="sioc:has_creator">Submitted by <a class="username" typeof="sioc:UserAccount" property="foaf:name">Marta Hollis</a> on Thu, 08/22/2019 - 17:48</span></div>',
			BOTH,
		],
		['Drupal without RDFa', '<div class="submitted">Submitted by Marta Hollis on Thu, 08/22/2019 - 17:48</div>', BOTH],
		[
			'Ghost',
			'<section class="post-full-byline-content"><h4 class="author-name"><a href="/author/mh/">Marta Hollis</a></h4><div class="byline-meta-content"><time class="byline-meta-date" datetime="2019-08-22">22 Aug 2019</time><span class="byline-reading-time"><span class="bull">•</span> 5 min read</span></div></section>',
			BOTH,
		],
		[
			'Substack',
			'<div class="post-meta"><a class="pencraft author-name" href="https://mh.example">Marta Hollis</a><div class="pencraft post-date">Aug 22, 2019</div></div>',
			BOTH,
		],
		[
			'Blogger',
			'<h2 class="date-header"><span>Thursday, August 22, 2019</span></h2><div class="post-header-line-1"><span class="post-author vcard">Posted by <span class="fn" itemprop="author"><span itemprop="name">Marta Hollis</span></span></span> <span class="post-timestamp">at <abbr class="published" itemprop="datePublished" title="2019-08-22T10:00:00Z">10:00</abbr></span></div>',
			BOTH,
		],
		[
			'WeChat',
			'<div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">何某</span> <span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a id="js_name">海港时报</a></span> <em id="publish_time" class="rich_media_meta rich_media_meta_text">2019年8月22日</em></div>',
			'何某 / 2019-08-22',
		],
		[
			'microdata',
			'<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Marta Hollis</span></span><meta itemprop="datePublished" content="2019-08-22T10:00:00Z"><meta itemprop="dateModified" content="2019-08-25">',
			BOTH,
		],
		[
			'two authors in microdata',
			'<p><span itemprop="author">Marta Hollis</span> and <span itemprop="author">Ada Pell</span></p>',
			'Marta Hollis, Ada Pell / ',
		],
		[
			'JSON-LD',
			'<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","datePublished":"2019-01-01"},{"@type":"NewsArticle","datePublished":"2019-08-22T10:00:00Z","dateModified":"2019-08-25","author":{"@id":"#mh"}},{"@type":"Person","@id":"#mh","name":"Marta Hollis"}]}</script>',
			BOTH,
		],
		[
			'meta',
			'<meta name="author" content="Marta Hollis"><meta property="article:published_time" content="2019-08-22T10:00:00Z"><meta property="article:modified_time" content="2019-08-25">',
			BOTH,
		],
		[
			'class names of modules',
			'<div class="ArticleHeader_metadata__x3"><span class="ArticleHeader_authorName__a1">By Marta Hollis</span><span class="ArticleHeader_publishedDate__b2">22 August 2019</span></div>',
			BOTH,
		],
		[
			'names with pictures and posts',
			'<div class="byline"><img class="avatar" src="a.jpg" alt=""><a rel="author" href="/mh">Marta Hollis</a>, Staff Writer</div><div class="dateline">Published 22 August 2019</div>',
			BOTH,
		],
		['a byline with a date', '<p class="byline">By Marta Hollis | August 22, 2019 10:30 AM | 5 comments</p>', BOTH],
		['a name and a date without classes', '<p>Marta Hollis | Aug 22, 2019</p>', BOTH],
		[
			'a list of facts',
			'<ul class="post-meta"><li>By Marta Hollis</li><li>22 Aug 2019</li><li>3 min read</li></ul>',
			BOTH,
		],
		[
			'updated and published in words',
			'<p>Updated: 25 August 2019</p><p>Published: 22 August 2019</p><p>By Marta Hollis</p>',
			BOTH,
		],
		[
			'published and updated on one line',
			'<p>First published 22 August 2019, last updated 25 August 2019</p>',
			' / 2019-08-22',
		],
		[
			'breadcrumbs before it',
			'<nav><a href="/">Home</a> › <a href="/w">World</a></nav><ul class="breadcrumbs"><li><a href="/">Home</a></li><li>1 January 2018</li></ul><h1>A dry title</h1><p>By Marta Hollis</p><p>22 August 2019</p>',
			BOTH,
		],
		[
			'a lead and a picture before it',
			`<p>${'A lead that says it all. '.repeat(8)}</p><figure><img src="a.jpg"><figcaption>The quay on 1 May 2018. <cite>Bo Lund</cite></figcaption></figure><p><strong>By Marta Hollis; translated by Ada Pell</strong></p>`,
			'Marta Hollis / ',
		],
		['Chinese labels', '<p>作者：何某</p><p>发表于：2019-08-22 10:30</p>', '何某 / 2019-08-22'],
		[
			'Chinese labels on one line',
			'<div class="info">2019年8月22日 10:30 来源：海港时报 作者：何某 阅读 123</div>',
			'何某 / 2019-08-22',
		],
		['updated in Chinese', '<p>更新时间：2019年8月25日</p><p>发布时间：2019年8月22日</p>', ' / 2019-08-22'],
		['author and translator', '<p><strong>撰稿丨何某；翻译丨潘某</strong></p>', '何某 / '],
		['authors on lines of their own', '<p>文｜何某</p><p>编辑｜潘某</p><p>摄影｜李明</p>', '何某 / '],
		['a translator alone', '<p>翻译：潘某</p>', '潘某 / '],
		[
			'a line before br',
			'<p>文／何某（海港时报）<br>堤坝在夜里垮了，没有人听见，也没有人来得及跑，直到天亮以后人们才知道发生了什么。</p>',
			'何某 / ',
		],
		[
			'a label and a name in elements of their own',
			'<div class="field"><div class="label">文/</div><a href="/u">何某</a></div>',
			'何某 / ',
		],
		['Korean', '<p>홍길동 기자</p><p>입력 2019. 8. 22. 10:30</p>', '홍길동 / 2019-08-22'],
		['Japanese', '<p>文＝山田太郎</p><p>公開日：2019年8月22日</p>', '山田太郎 / 2019-08-22'],
		[
			'hidden words and a post',
			'<section><strong id="article-byline"><span class="visually-hidden">Article information</span></strong><ul><li><span class="author-label">作者, <span role="text"><strong>何某</strong></span></span></li><li>职务, <span>海港台记者</span></li></ul></section><div class="Timestamp"><time datetime="2019-08-22">2019年8月22日</time></div>',
			'何某 / 2019-08-22',
		],
		[
			'a name and a post in elements',
			'<div class="byline"><span class="byline__name">Marta Hollis</span><span class="byline__title">Harlow Correspondent</span></div><div class="date">22 August 2019</div>',
			BOTH,
		],
		[
			'labels in elements of their own',
			'<p>发表时间： <time datetime="2019-08-22T10:00:00+00:00">22/08/2019</time> 更改时间： <time datetime="2019-08-25T10:00:00+00:00">25/08/2019</time></p><div><span class="from-author__label">作者：</span><a class="from-author__name" href="/a">何某</a></div>',
			'何某 / 2019-08-22',
		],
		[
			'labels before times',
			'<div><span>更新：</span><time>2019-08-25</time></div><div><span>出版：</span><time>2019-08-22</time></div>',
			' / 2019-08-22',
		],
		[
			'labels and names without spaces',
			'<div class="post-author"><span>文字</span><a href="/1">何某</a> <span>攝影</span><a href="/2">潘某</a></div>',
			'何某 / ',
		],
		[
			'a name beside a time',
			'<div><span class="author">山田太郎</span><time datetime="2019-08-22T10:00+09:00">2019年8月22日 19時00分</time></div>',
			'山田太郎 / 2019-08-22',
		],
		[
			'a source beside a date',
			'<p>2019年08月22日10:30 | 来源：<a href="/">海港时报</a></p><p>(责编：潘某、李明)</p>',
			'潘某、李明 / 2019-08-22',
		],
		['full-width digits', '<p>２０１９年８月２２日</p>', ' / 2019-08-22'],
	] as const) {
		it(`reads ${what}`, () => assert.equal(facts(`${head}${TEXT}`), expected));
	}

	for (const [what, foot, expected] of [
		['correspondents', '<p>李明/张华 (综合报道)</p><p>© 2019 All rights reserved by the Courier.</p>', '李明、张华 / '],
		[
			'a byline before comments',
			'<p>责编：潘某　作者：何某</p><div id="comments"><p class="comment-author">By Bo Lund</p><time datetime="2019-09-01">x</time></div>',
			'何某 / ',
		],
		[
			'a published date by class',
			'<div class="entry-footer"><span class="posted-on">Posted on <time class="entry-date published" datetime="2019-08-22">22 August 2019</time></span></div>',
			' / 2019-08-22',
		],
		[
			'author and date by rel and itemprop',
			'<footer>Written by <a rel="author" href="/mh">Marta Hollis</a> on <span itemprop="datePublished" content="2019-08-22">Thursday</span></footer>',
			BOTH,
		],
	] as const) {
		it(`reads ${what} at the end`, () => assert.equal(facts(`${TEXT.repeat(20)}${foot}`), expected));
	}

	for (const [what, body] of [
		[
			'a date in a sentence',
			'<p>An adviser warned of it.</p><p>In a post of <strong>4 March 2019</strong> he had shown clear signs.</p>',
		],
		['a date in a Chinese sentence', '<p>顾问说过。</p><p>他在<strong>2019年3月4日</strong>写的文章中已经说明。</p>'],
		['a time in a sentence', '<p>On <time datetime="2019-03-04">4 March</time> he had shown clear signs.</p>'],
		[
			'a timeline of days',
			'<p>From the archives:</p><p>2002-11-01</p><p>The first dike breaks.</p><p>2003-02-09</p><p>The second one breaks.</p>',
		],
		[
			'a timeline of headings',
			'<h3>1 November 2002</h3><p>The first dike breaks at night.</p><h3>9 February 2003</h3><p>The second one breaks.</p>',
		],
		[
			'a timeline of times',
			'<div class="e"><time>2002-11-01</time><p>The first dike breaks at night.</p></div><div class="e"><time>2003-02-09</time><p>The second one breaks.</p></div>',
		],
		[
			'a timeline of bold days',
			'<p><b>2002年11月1日</b><br>第一道堤坝在夜里垮了，没有人听见任何声音。</p><p><b>2003年2月9日</b><br>第二道堤坝也垮了。</p>',
		],
		['a timeline in a list', '<ul><li>1 November 2002</li><li>9 February 2003</li></ul>'],
		['only an update', '<p>Updated 25 August 2019</p>'],
		['a date at the end', `${TEXT.repeat(10)}<p>He left Harlow.</p><p>2016年5月19日</p>`],
		['a date further down', `${TEXT}<p>2016年5月19日</p>`],
		[
			'a tweet',
			'<blockquote class="twitter-tweet"><p>Low tide.</p>— Marta Hollis (@mh) <a href="https://t.example/1">August 22, 2019</a></blockquote>',
		],
		[
			'a credit',
			'<figure><img src="a.jpg"><figcaption>The quay. <span class="byline">By Ada Pell</span></figcaption></figure>',
		],
		[
			'comments',
			'<div id="comments"><ol><li class="comment"><cite class="fn">By Bo Lund</cite><time datetime="2019-09-01">1 September 2019</time></li></ol></div>',
		],
		[
			'a related list',
			'<div class="related-posts"><p class="byline">By Bo Lund</p><time datetime="2018-09-01">1 September 2018</time></div>',
		],
		[
			'an author box about somebody',
			'<div class="author-bio"><p>Marta Hollis has written about the sea for forty years. She lives in Harlow.</p></div>',
		],
		['interviews', '<p>记者：你好！</p><p>何某：你好。</p>'],
		['broken JSON-LD', '<script type="application/ld+json">{"@type":"NewsArticle","author":</script>'],
		['a sentence with By', '<p>By the river, nobody spoke.</p>'],
	] as const) {
		it(`does not take ${what} for facts of the article`, () => assert.equal(facts(`${body}${TEXT}`), ' / '));
	}

	it('does not take dates and authors of a list of articles at the end', () => {
		const card = (name: string, day: string): string =>
			`<div class="c"><h2><a href="/${name}">A title</a></h2><span class="authors">${name}</span><span class="date">${day}</span></div>`;
		assert.equal(facts(`${TEXT.repeat(20)}${card('Bo Lund', '1 May 2018')}${card('Ada Pell', '2 June 2018')}`), ' / ');
	});

	it('reads elements that nest deep', () => {
		for (const tag of ['<div class="byline">', '<div class="date">', '<span itemprop="author">', '<i>'])
			assert.doesNotThrow(() => facts(`${tag.repeat(20_000)}By Marta Hollis`));
	});

	it('names all contributors', () => {
		const { contributors } = article('<p>By Marta Hollis; translated by Ada Pell</p><p>Edited by Bo Lund</p>').byline;
		assert.deepEqual(contributors, [
			{ name: 'Marta Hollis', contribution: 'author' },
			{ name: 'Ada Pell', contribution: 'translator' },
			{ name: 'Bo Lund', contribution: 'other' },
		]);
	});

	it('says which nodes are nothing but such lines', () => {
		const { byline, nodes, text } = article(
			`<h1>A dry title</h1><p>By Marta Hollis</p><p>22 August 2019</p>${TEXT.repeat(20)}<p>李明/张华 (综合报道)</p>`,
		);
		assert.deepEqual(
			byline.lines.map(index => text.slice(nodes[index]?.start, nodes[index]?.end)),
			['<p>By Marta Hollis</p>', '<p>22 August 2019</p>', '<p>李明/张华 (综合报道)</p>'],
		);
		assert.deepEqual(article(TEXT).byline.lines, []);
	});

	it('says where a date comes from, and of which kind it is', () => {
		const date = (body: string): unknown => {
			const found = article(body + TEXT).byline.date;
			return found && [found.from, found.attribute, found.dayOnly, found.zoned, found.shown];
		};
		assert.deepEqual(date('<time datetime="2019-08-22T10:00:00Z">x</time>'), [
			'time element',
			'datetime',
			false,
			true,
			true,
		]);
		assert.deepEqual(date('<p>22 August 2019</p>'), ['byline', undefined, true, false, true]);
		assert.deepEqual(date('<meta itemprop="datePublished" content="2019-08-22">'), [
			'metadata',
			'content',
			true,
			false,
			false,
		]);
	});
});
