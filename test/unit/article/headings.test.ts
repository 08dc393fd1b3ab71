import assert from 'node:assert/strict';
import { type Article, parseArticle } from '../../../server/src/article/article.ts';

function article(body: string, title = 'A dry title'): Article {
	return parseArticle(`<!--1577182863000-->\n[${title}](https://courier.example/2019/story/)\n------\n\n${body}\n`);
}

function headings(body: string, title?: string): readonly string[] {
	return article(body, title).headings.map(({ label }) => label);
}

function levels(body: string, title?: string): readonly string[] {
	return article(body, title).headings.map(({ level, label }) => `${level} ${label}`);
}

/** A paragraph of running text. */
const TEXT = '<p>The dike was built in spring, when the water was low, and it held.</p>';
const ZH = '<p>堤坝是春天修的，那时候水位很低，后来一直没有出事。</p>';

/** Puts a paragraph where a heading can stand: between paragraphs, in an article with another heading. */
const between = (paragraph: string): readonly string[] =>
	headings(`${TEXT}${paragraph}${TEXT}<h2>Other</h2>${TEXT}`).filter(label => label !== 'Other');

describe('headings', () => {
	it('are h1 to h6 and paragraphs that are entirely bold', () => {
		assert.deepEqual(
			levels(
				`<h2>One <em>two</em></h2>${TEXT}<p><strong>三月</strong></p>${TEXT}<p> <b>four</b> <br></p>${TEXT}<h3></h3>`,
			),
			['2 One two', '7 三月', '7 four'],
		);
	});

	it('are bold paragraphs however the bold is written', () => {
		for (const paragraph of [
			'<p><strong>The dike</strong></p>',
			'<div><b>The dike</b></div>',
			'<section><b>The dike</b></section>',
			'<center><b>The dike</b></center>',
			'<p><u><b>The dike</b></u></p>',
			'<p><em><strong>The dike</strong></em></p>',
			'<p><strong><em>The</em> dike</strong></p>',
			'<p><strong>The</strong> <strong>dike</strong></p>',
			'<p><strong><strong>The </strong></strong><b>dike</b><strong> </strong></p>',
			'<p><font color="red"><b>The dike</b></font></p>',
			'<p><a id="dike"></a><b>The dike</b><br></p>',
			'<p>&nbsp;<b>The dike</b>&nbsp;</p>',
			'<p><span style="font-weight: bold">The dike</span></p>',
			'<p><span style="color: #333; font-weight:700">The dike</span></p>',
			'<p style="text-align: center; font-weight: 600">The dike</p>',
			'<p><span style="font: bold 16px serif">The dike</span></p>',
			'<p class="article-subhead">The dike</p>',
			'<b><p>The dike</p></b>',
			'<p><strong>The dike</strong><sup>1</sup></p>',
		])
			assert.deepEqual(between(paragraph), [paragraph.includes('sup') ? 'The dike1' : 'The dike'], paragraph);
		assert.deepEqual(between('<p><strong>“</strong><strong>The dike</strong>”</p>'), ['“The dike”']);
	});

	it('are not paragraphs with bold words, or with bold that is switched off', () => {
		for (const paragraph of [
			'<p><b>The</b> dike</p>',
			'<p>The <b>dike</b></p>',
			'<p><b style="font-weight: normal">The dike</b></p>',
			'<b style="font-weight:normal" id="document"><p>The dike</p></b>',
			'<p><strong><span style="font-weight: 400">The dike</span></strong></p>',
			'<p><b><img src="a.jpg"></b></p>',
			'<p><b>&nbsp;</b></p>',
			'<div><b>The dike</b><ul><li>It held</li></ul></div>',
		])
			assert.deepEqual(between(paragraph), [], paragraph);
	});

	it('are not bold sentences, however short their script makes them', () => {
		for (const text of [
			'long '.repeat(40),
			'The dike held for forty years.',
			'It held, she said;',
			'“The dike held. Nobody knew why it did so in the storm of that year, or in the one after it.”',
			'堤坝守住了小城。',
			'守灯人说，',
			'借助网络，这场名叫新堤坝的行动从春天开始，已经扩散到邻近的许多城镇，也让越来越多的居民开口说话',
			'他们问了一年，谁来修这座堤坝，修好以后又由谁来养护它呢？',
			'堤防は春に造られ、その頃は水位が低く、その後もずっと事故は起きていないと町の人は話している',
		])
			assert.deepEqual(between(`<p><b>${text}</b></p>`), [], text);
	});

	it('are not what stands in quotes, lists, tables and figures', () => {
		for (const paragraph of [
			'<blockquote><p><b>The dike</b></p></blockquote>',
			'<ul><li><p><b>The dike</b></p></li></ul>',
			'<table><tr><td><p><b>The dike</b></p></td></tr></table>',
			'<figure><p><b>The dike</b></p></figure>',
			'<figure><h3>The dike</h3><img src="a.jpg"></figure>',
			'<img src="a.jpg"><div><small><b>The dike at low tide</b></small></div>',
		])
			assert.deepEqual(between(paragraph), [], paragraph);
	});

	it('are bold lines between line breaks', () => {
		const line = 'The dike was built in spring, when the water was low, and it held.';
		assert.deepEqual(headings(`${TEXT}<p><strong>The dike</strong><br>${line}</p>${TEXT}`), ['The dike']);
		assert.deepEqual(headings(`${TEXT}<p><strong>The dike<br></strong>${line}</p>${TEXT}`), ['The dike']);
		assert.deepEqual(
			headings(
				`<div>${line}<br><br><b>The dike</b><br>${line} <b>Salt</b> is <b>here</b><br><br><b>大海</b><br><br>${line}</div>`,
			),
			['The dike', '大海'],
		);
		for (const paragraph of [
			`<p><strong>The dike held<br>and held</strong> ${line}</p>`,
			`<p><strong>The dike</strong> held<br>${line}</p>`,
			'<p><strong>Salt</strong><br><strong>Wind</strong><br>Water</p>',
			`<p>${line}<br><strong>The dike</strong></p>`,
		])
			assert.deepEqual(headings(`${TEXT}${paragraph}${TEXT}`), [], paragraph);
	});

	it('are found in a table that lays out the page', () => {
		assert.deepEqual(headings(`<table><tr><td>${TEXT}<p><b>The dike</b></p>${TEXT}</td></tr></table>`), ['The dike']);
	});

	it('are not bylines, dates, notes, credits, links to read on, or marks', () => {
		for (const text of [
			'By Marta Hollis; translated by Ada Pell',
			'撰稿丨何某；翻译丨潘某',
			'文/ 何某某',
			'This article was first published in The Courier.',
			'Originally published in 2019',
			'© 2019 The Courier',
			'Copyright The Courier',
			'本文首发于《信使报》',
			'原文链接：信使报',
			'来源：信使报',
			'编者按',
			'版权声明',
			'Photo: Ada Pell',
			'图/何某某',
			'▲ 落潮时的堤坝',
			'Read more: The other dike',
			'Related articles',
			'Sign up for our newsletter',
			'延伸阅读',
			'相关阅读：另一座堤坝',
			'点击订阅',
			'以下为网友评论：',
			'She made the following points:',
			'守灯人的时间表是这样的：',
			'https://courier.example/dike',
			'#dike #sea',
			'Q:',
			'答：',
			'何=何某某',
			'* * *',
			'***',
			'—',
			'1',
			'三',
			'（完）',
		])
			assert.deepEqual(between(`<p><b>${text}</b></p>`), [], text);
		assert.deepEqual(between('<p><b><a href="https://courier.example/dike">The other dike</a></b></p>'), []);
		assert.deepEqual(between('<p><b><a href="#dike">The dike</a></b></p>'), ['The dike']);
		assert.deepEqual(between('<h2>* * *</h2>'), []);
		assert.deepEqual(between('<h4>By Marta Hollis</h4>'), []);
	});

	it('may begin with the words of other lines', () => {
		for (const text of [
			'By the sea',
			'Who is to blame?',
			'Photography and memory',
			'Sources of income',
			'The article that changed the town',
			'Related by blood',
			'Note to self',
			'记者的一天',
			'图书馆',
			'文学与堤坝',
			'来源成谜',
			'要点：',
			'What to know:',
			'权力=事实？',
			'「来学修堤坝吧」',
			'2019年3月',
		])
			assert.deepEqual(between(`<p><b>${text}</b></p>`), [text]);
	});

	it('are not the title again, the date or a lead at the top', () => {
		for (const [title, line] of [
			['A dry title', '<h1>A dry title</h1>'],
			['A dry title', '<h2>A Dry Title!</h2>'],
			['A dry title', '<p><b>A dry title</b></p>'],
			['A dry title - The Courier', '<h1>A dry title</h1>'],
			['A dry title', '<h1>A dry title | The Courier</h1>'],
			['信使报｜堤坝为什么没有倒', '<p><b>堤坝为什么没有倒？</b></p>'],
			['（图）堤坝２０１９', '<h1>(图)堤坝2019</h1>'],
			['A dry title', '<p><b>16 December 2019</b></p>'],
			['A dry title', '<p><b>2019年12月16日 星期一 08:03</b></p>'],
			['A dry title', '<h2>In a small town by the sea, an action has made people think again.</h2>'],
			['A dry title', '<p><b>How a town by the sea fought the water</b></p>'],
		] as const) {
			assert.deepEqual(headings(`${line}${TEXT}`, title), [], line);
			assert.deepEqual(headings(`<img src="a.jpg">${line}${TEXT}`, title), [], line);
			const after = headings(`${line}${TEXT}<h2>The dike</h2>${TEXT}`, title);
			assert.deepEqual(after.slice(line.includes('fought') ? 1 : 0), ['The dike'], line);
		}
	});

	it('are never hidden', () => {
		for (const hidden of [
			'<h2 class="element-invisible">Seen by nobody</h2>',
			'<h2 class="screen-reader-text">Seen by nobody</h2>',
			'<h2 hidden>Seen by nobody</h2>',
			'<div style="display:none"><div><h2>Seen by nobody</h2></div></div>',
			'<div class="sr-only"><p><b>Seen by nobody</b></p>x</div>',
		]) {
			const body = `${TEXT}<h2>The dike</h2>${TEXT}${hidden}${TEXT}`;
			assert.deepEqual(headings(body), ['The dike'], hidden);
			const all = parseArticle(article(body).text, { furniture: false });
			assert.deepEqual(
				all.headings.map(({ label }) => label),
				['The dike'],
				hidden,
			);
		}
	});

	it('are not several bold paragraphs in a row, nor one with nothing below it', () => {
		const three = '<p><b>Salt</b></p><p><b>Wind</b></p><p><b>Water</b></p>';
		assert.deepEqual(between(three), []);
		assert.deepEqual(headings(`${TEXT}<p><b>Salt</b></p>${TEXT}<p><b>Ada Pell, Tidetown</b></p>`), ['Salt']);
		assert.deepEqual(headings(`${TEXT}<p><b>Salt</b></p><p><img src="a.jpg"></p>`), ['Salt']);
	});
});

describe('headings of an interview', () => {
	it('are all the questions, and none of the answers', () => {
		const [why, low] = ['Why was the dike built so late, and who paid for it in the end?', 'Why was it so low?'];
		const table: readonly (readonly [body: string, expected: readonly string[]])[] = [
			[
				`<p><strong>Courier: ${why}</strong></p><p><strong>Pell:</strong> Nobody knew.</p><p><strong>Courier: Why was it</strong> (page 318) <strong>so low?</strong></p><p><strong>Pell:</strong> Money.</p>`,
				[`Courier: ${why}`, 'Courier: Why was it (page 318) so low?'],
			],
			[
				`<p><strong>Q: ${why}</strong></p><p><strong>A: Nobody knew.</strong></p><p><strong>Q: Tell us about it.</strong></p><p><strong>A: Money.</strong></p>`,
				[`Q: ${why}`, 'Q: Tell us about it.'],
			],
			[`<p>Q: ${why}</p><p>A: Nobody knew.</p><p>Q: ${low}</p><p>A: Money.</p>`, [`Q: ${why}`, `Q: ${low}`]],
			[
				'<p>问：堤坝为什么修得这么晚？</p><p>答：没有人知道。</p><p>问：说说看。</p><p>答：因为钱。</p>',
				['问：堤坝为什么修得这么晚？', '问：说说看。'],
			],
			[
				`<p>Courier: ${why}</p><p>Pell: No.</p><p>Courier: ${low}</p><p>Pell: Yes.</p><p>Courier: Why?</p><p>Pell: Money.</p>`,
				[`Courier: ${why}`, `Courier: ${low}`, 'Courier: Why?'],
			],
			[
				`<p><b>${why} ${'And then? '.repeat(20)}</b></p><p>Nobody knew.</p><p><b>${low}</b></p><p>Money.</p><p><b>And now?</b></p><p>Wait.</p><p><b>So you wait.</b></p><p>Yes.</p>`,
				[`${why} ${'And then? '.repeat(20)}`.trim(), low, 'And now?', 'So you wait.'],
			],
			[
				`<p><b>信使报：</b>堤坝为什么修得这么晚？</p><p><b>何某：</b>没有人知道。</p><p><b>信使报：</b>那么谁来付钱？</p><p><b>何某：</b>还不知道。</p>`,
				['信使报：堤坝为什么修得这么晚？', '信使报：那么谁来付钱？'],
			],
		];
		for (const [body, expected] of table) assert.deepEqual(headings(`${TEXT}${body}`), expected);
	});

	it('are not the lines of a conversation, nor labels before colons', () => {
		for (const body of [
			'<p><b>何某：堤坝守住了。</b></p><p><b>潘某：是啊，守住了。</b></p><p><b>何某：真好。</b></p><p><b>潘某：真好。</b></p>',
			'<p>Note: The dike is closed.</p><p>Address: Harbour Road 1</p><p>Open: daily?</p>',
			'<p><b>Height:</b> two metres</p><p><b>Length:</b> one mile</p>',
		])
			assert.deepEqual(headings(`${TEXT}${body}${TEXT}`), [], body);
	});

	it('are grouped by its other headings', () => {
		assert.deepEqual(
			levels(
				`<h2>堤坝</h2>${ZH}<p><b>信使报：为什么？</b></p>${ZH}<p><b>信使报：真的吗？</b></p>${ZH}<p><b>何去何从</b></p>${ZH}`,
			),
			['2 堤坝', '8 信使报：为什么？', '8 信使报：真的吗？', '7 何去何从'],
		);
	});
});

describe('numbered headings', () => {
	it('are short lines whose numbers go on, with text between them', () => {
		for (const lines of [
			['一、堤坝', '二、大海', '三、小城'],
			['（一）堤坝', '（二）大海'],
			['一', '二', '三'],
			['1', '2', '3'],
			['01 The dike', '02 The sea', '03 The town'],
			['1. The dike', '2. The sea', '3. The town'],
			['1、堤坝', '2、大海', '4、小城'],
			['I. The dike', 'II. The sea', 'III. The town'],
			['第一章 堤坝', '第二章 大海'],
			['Part 1', 'Part 2', 'Part 3'],
			['Step one: Look', 'Step two: Dig', 'Step three: Wait'],
			['■堤坝', '■大海'],
			['◎ 堤坝', '◎ 大海'],
			['【堤坝】', '【大海】'],
			['【1、堤坝】', '【2、大海】', '【3、小城】'],
		]) {
			const body = lines.map(line => `<p>${line}</p>${ZH}${ZH}`).join('');
			assert.deepEqual(headings(`${ZH}${body}`), lines);
		}
	});

	it('are bold or not in one sequence, and may be longer if they are bold', () => {
		const long = '2、如果没有办法把堤坝加高，请尝试在它的背后再修一座堤坝，并且在两座堤坝之间种上树，以后再看。';
		assert.deepEqual(
			headings(`${ZH}<p><b>1、堤坝</b></p>${ZH}<p><b>${long}</b></p>${ZH}<p>3、小城</p>${ZH}<p>04</p>${ZH}`),
			['1、堤坝', long, '3、小城', '04'],
		);
	});

	it('are not lists, sentences, or numbers that do not go on', () => {
		for (const lines of [
			['<p>1、堤坝</p><p>2、大海</p><p>3、小城</p>'],
			[`<p>1. The dike held.</p>${ZH}<p>2. The sea rose.</p>${ZH}<p>3. The town slept.</p>${ZH}`],
			[`<p>5</p>${ZH}<p>10</p>${ZH}<p>15</p>${ZH}`],
			[`<p>2019 was wet</p>${ZH}<p>2020 was dry</p>${ZH}`],
			[`<p>1.5 metres</p>${ZH}<p>2.5 metres</p>${ZH}<p>3.5 metres</p>${ZH}`],
			[`<p>一座堤坝</p>${ZH}<p>二十年</p>${ZH}`],
			[`<p>【堤坝】</p>${ZH}`],
			[`<p><b>1</b></p>${ZH}`],
		])
			assert.deepEqual(headings(`${ZH}${lines.join('')}`), [], lines.join(''));
	});
});

describe('levels of headings', () => {
	it('are those of their elements, and bold paragraphs below them', () => {
		assert.deepEqual(
			levels(`<h2>A</h2>${TEXT}<p><b>Aa</b></p>${TEXT}<h3>Ab</h3>${TEXT}<h2>B</h2>${TEXT}<p><b>Ba</b></p>${TEXT}`),
			['2 A', '7 Aa', '3 Ab', '2 B', '7 Ba'],
		);
	});

	it('are one where bold paragraphs stand beside heading elements', () => {
		assert.deepEqual(
			levels(
				`${ZH}<p><strong>认真画下的大海</strong></p>${ZH}<h3>小城的灯塔</h3>${ZH}<p><strong>从画室到展览馆</strong></p>${ZH}`,
			),
			['3 认真画下的大海', '3 小城的灯塔', '3 从画室到展览馆'],
		);
	});
});
