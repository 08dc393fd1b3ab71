import assert from 'node:assert/strict';
import { LSPErrorCodes, MarkupKind } from 'vscode-languageserver';
import { cancelled, createFiles, FOLDER, HEAD, hoverAt, open, VSCODE } from './harness.ts';

/** The lines of a Markdown hover. */
function lines(...parts: string[]): string {
	return parts.join('\n\n');
}

const SOURCE = lines('**news.example**', '<https://news.example/2021/tide/>');

describe('hover: dates', () => {
	it('shows the time comment in the local time zone and in UTC, with its age', async () => {
		assert.deepEqual(await hoverAt(HEAD.replace('1639', '16‸39'), { timeZone: 'Asia/Shanghai' }), {
			on: '<!--1639640221000-->',
			says: lines(
				'**Thursday 16 December 2021, 15:37:01** Asia/Shanghai, UTC+8',
				'Thursday 16 December 2021, 07:37:01 UTC',
				'`2021-12-16T07:37:01.000Z` · 2 years ago',
			),
		});
	});

	it('shows the time once if the local time zone is UTC', async () => {
		const hover = await hoverAt(`‸${HEAD}`);
		assert.equal(
			hover?.says,
			lines('**Thursday 16 December 2021, 07:37:01** UTC', '`2021-12-16T07:37:01.000Z` · 2 years ago'),
		);
	});

	it('names a time zone that has the same offset as UTC', async () => {
		const hover = await hoverAt(`‸${HEAD}`, { timeZone: 'Europe/London' });
		assert.equal(
			hover?.says,
			lines('**Thursday 16 December 2021, 07:37:01** Europe/London, UTC+0', '`2021-12-16T07:37:01.000Z` · 2 years ago'),
		);
	});

	it('applies half-hour offsets and daylight saving time as of that date', async () => {
		const summer = HEAD.replace('1639640221000', '‸1656569221000');
		const says = async (timeZone: string): Promise<string | undefined> =>
			(await hoverAt(summer, { timeZone }))?.says.split('\n')[0];
		assert.equal(await says('Asia/Kolkata'), '**Thursday 30 June 2022, 11:37:01** Asia/Kolkata, UTC+5:30');
		assert.equal(await says('Europe/Berlin'), '**Thursday 30 June 2022, 08:07:01** Europe/Berlin, UTC+2');
	});

	it('suggests that the time may be in seconds', async () => {
		const hover = await hoverAt(HEAD.replace('1639640221000', '‸1639640221'));
		assert.equal(
			hover?.says,
			lines(
				'**Monday 19 January 1970, 23:27:20** UTC',
				'`1970-01-19T23:27:20.221Z` · 54 years ago',
				'Seconds instead of milliseconds? That would be Thursday 16 December 2021, 07:37:01 UTC',
			),
		);
	});

	it('falls back to other dates if the time comment is invalid', async () => {
		const text = `${HEAD.replace('1639640221000', 'N‸aN')}<time datetime="2021-12-16 03:19:18">x</time><p>y</p>`;
		assert.deepEqual(await hoverAt(text), {
			on: '<!--NaN-->',
			says: lines(
				'**No time: the date in the feed could not be parsed**',
				'The body says Thursday 16 December 2021, 03:19:18 UTC',
			),
		});
		const huge = await hoverAt(HEAD.replace('1639640221000', '‸99999999999999999'));
		assert.equal(huge?.says, '**Invalid time: 99999999999999999 is not a number of milliseconds**');
	});

	it('describes dates in the date line, the front matter and time elements', async () => {
		const dated = '[Tide](https://news.example/)\n------\n\n日期：Sun, 28 Jun 2020 ‸12:53:23 +0800\n\n<p>x</p>\n';
		assert.deepEqual(await hoverAt(dated), {
			on: 'Sun, 28 Jun 2020 12:53:23 +0800',
			says: lines('**Sunday 28 June 2020, 04:53:23** UTC', '`2020-06-28T04:53:23.000Z` · 4 years ago'),
		});
		const matter = `---\ntitle: Tide\ndate: 2023-0‸5-14\nfrom: https://news.example/\n---\n\n<p>x</p>\n`;
		assert.deepEqual(await hoverAt(matter), {
			on: '2023-05-14',
			says: lines(
				'**Sunday 14 May 2023, 00:00:00** UTC',
				'`2023-05-14T00:00:00.000Z` · 1 year ago',
				'No time zone given; UTC is assumed',
			),
		});
		const element = await hoverAt(`${HEAD}<p>On <time>2021年12月‸17日</time> it rained.</p>`);
		assert.equal(element?.on, '<time>2021年12月17日</time>');
		assert.match(element?.says ?? '', /^\*\*Friday 17 December 2021, 00:00:00\*\* UTC/);
	});
});

describe('hover: header', () => {
	it('shows title and source', async () => {
		assert.deepEqual(await hoverAt(HEAD.replace('Tide', 'Ti‸de *now* [live]')), {
			on: '[Tide *now* [live]](https://news.example/2021/tide/)',
			says: lines('**Tide \\*now\\* &#x5B;live]**', SOURCE),
		});
		assert.deepEqual(await hoverAt(HEAD.replace('news.', 'ne‸ws.')), {
			on: 'https://news.example/2021/tide/',
			says: SOURCE,
		});
	});

	it('explains why the source is invalid', async () => {
		const says = async (url: string): Promise<string | undefined> =>
			(await hoverAt(HEAD.replace('https://news.example/2021/tide/', `‸${url}`)))?.says;
		assert.equal(
			await says('https://news example/'),
			lines('**Invalid URL**', '`https://news example/`', 'Because the host news example contains a space'),
		);
		assert.equal(
			await says('https://news.example:port/'),
			lines('**Invalid URL**', '`https://news.example:port/`', 'Because port is not a valid port'),
		);
		assert.equal(await says('ttps://news.example/'), lines('**Unknown scheme ttps:**', '`ttps://news.example/`'));
		assert.equal(await says(''), lines('**No target**', 'The URL is empty'));
	});

	it('describes a URL in the front matter', async () => {
		const hover = await hoverAt('---\ntitle: "Tide"\nfrom: https://news.ex‸ample/a\n---\n\n<p>x</p>\n');
		assert.equal(hover?.on, 'https://news.example/a');
		assert.equal((await hoverAt('---\ntitle: "Ti‸de"\nfrom: https://news.example/a\n---\n\n<p>x</p>\n'))?.on, '"Tide"');
	});
});

describe('hover: links', () => {
	it('shows the decoded URL of a link', async () => {
		const text = `${HEAD}<p>See <a href="https://xn--fiqs8s.example/%E6%B8%AF?a=1&amp;copy=2">the ‸port</a>.</p>`;
		assert.deepEqual(await hoverAt(text), {
			on: '<a href="https://xn--fiqs8s.example/%E6%B8%AF?a=1&amp;copy=2">the port</a>',
			says: lines(
				'**中国.example**',
				'[https://中国.example/港?a=1\\&copy=2](https://xn--fiqs8s.example/%E6%B8%AF?a=1\\&copy=2)',
				'Host in ASCII: `xn--fiqs8s.example`',
			),
		});
	});

	it('does not decode deceptive characters', async () => {
		const says = async (href: string): Promise<string> =>
			(await hoverAt(`${HEAD}<a href="${href}">‸x</a>`))?.says ?? '';
		assert.match(await says('https://аррӏе.com/'), /^\*\*xn--80ak6aa92e\.com\*\*/);
		assert.match(await says('https://a.example/%E2%80%AEgpj.exe'), /<https:\/\/a\.example\/%E2%80%AEgpj\.exe>/);
		assert.match(await says('https://a.example/x%2Fy%20z/%ff'), /<https:\/\/a\.example\/x%2Fy%20z\/%ff>/);
	});

	it('highlights only the URL if the pointer is on it', async () => {
		const text = `${HEAD}<p><a class="x" href='/a ‸b'>x</a></p>`;
		assert.deepEqual(await hoverAt(text), {
			on: '/a b',
			says: lines(
				'**news.example**',
				'<https://news.example/a%20b>',
				'Relative: `/a b` resolved against the source `https://news.example/2021/tide/`',
			),
		});
	});

	it('describes the target of a fragment', async () => {
		const says = async (id: string, more = ''): Promise<string | undefined> =>
			(
				await hoverAt(
					`${HEAD}<h2 id="storm">The storm</h2><p>a<a name="n"></a>fter</p><p><a href="#${id}">‸x</a></p>${more}`,
				)
			)?.says;
		assert.equal(await says('storm'), lines('**In this article**', 'The storm'));
		assert.equal(await says('n'), lines('**In this article**', 'fter'));
		assert.equal(await says('%E6%BD%AE', '<p id="潮">潮水</p>'), lines('**In this article**', '潮水'));
		assert.equal(await says('none'), lines('**No target**', 'No element in this article has the id `none`'));
		assert.equal(await says(''), lines('**Top of this article**'));
		assert.equal(await says('top'), lines('**Top of this article**'));
	});

	it('distinguishes links without a target from anchors', async () => {
		const says = async (tag: string): Promise<string | undefined> =>
			(await hoverAt(`${HEAD}<p>${tag}‸x</a></p>`))?.says;
		assert.equal(await says('<a title="Link: null">'), lines('**No target**', 'The link has no `href`'));
		assert.equal(await says('<a name="here">'), undefined);
		assert.equal(await says('<a href="mailto:a@b.example">'), lines('**E-mail address**', '<mailto:a@b.example>'));
		assert.equal(
			await says('<a href="javascript:alert(1)">'),
			lines('**Script, not a page**', '`javascript:alert(1)`'),
		);
	});

	it('does not resolve relative URLs without a source', async () => {
		const hover = await hoverAt('<!--1-->\n[Tide](nowhere)\n------\n\n<p><a href="/a">‸x</a></p>\n');
		assert.equal(
			hover?.says,
			lines('**No target**', '`/a` is relative, but the article has no valid source to resolve it against'),
		);
	});

	it('finds the link in a mis-nested tag', async () => {
		const hover = await hoverAt(`${HEAD}<a href="https://a.example/"><p>one</a>t‸wo</p>`);
		assert.equal(hover, undefined);
		assert.match(
			(await hoverAt(`${HEAD}<a href="https://a.example/"><p>o‸ne</a>two</p>`))?.says ?? '',
			/^\*\*a\.example/,
		);
	});
});

describe('hover: notes', () => {
	it('shows kind, text, tags, people and date', async () => {
		const note = '<!-- question: whose *words* are these? #source @ines 2021-12-17 -->';
		const text = `${HEAD}<p>They said <mark>it was time</mark>‸${note}.</p>`;
		const details = lines('whose *words* are these?', '`#source` · @ines · 2021-12-17');
		assert.deepEqual(await hoverAt(text), {
			on: note,
			says: lines('**Question** on “it was time”', details),
		});
		assert.deepEqual(await hoverAt(text.replace('‸', '').replace('was', 'w‸as')), {
			on: '<mark>it was time</mark>',
			says: lines('**Question**', details),
		});
	});

	it('does not load images in the text of a note', async () => {
		const text = `${HEAD}<p><mark>a‸b</mark><!-- note: see ![x](https://a.example/x.png) --></p>`;
		assert.equal((await hoverAt(text))?.says, lines('**Note**', 'see [x](https://a.example/x.png)'));
	});

	it('shows suggested edits', async () => {
		assert.deepEqual(await hoverAt(`${HEAD}<p>a <del>bi‸g</del> ship</p>`), {
			on: '<del>big</del>',
			says: '**Suggested deletion**',
		});
		const noted = await hoverAt(`${HEAD}<p>a <ins>bi‸g</ins><!-- edit: is it? --><!-- note: yes --> ship</p>`);
		assert.equal(noted?.says, '**Suggested insertion**\n\n---\n\n**Edit**\n\nis it?\n\n---\n\n**Note**\n\nyes');
	});

	it('ignores other comments and plain highlights', async () => {
		assert.equal(await hoverAt(`${HEAD}<p>a<!-- to‸do: b --></p>`), undefined);
		assert.equal(await hoverAt(`${HEAD}<p><mark>a‸b</mark></p>`), undefined);
	});
});

describe('hover: HTML', () => {
	it('shows the reference for tags and attributes, with exact ranges', async () => {
		const tag = await hoverAt(`${HEAD}<p>潮<block‸quote cite="x">a</blockquote></p>`);
		assert.equal(tag?.on, 'blockquote');
		assert.match(tag?.says ?? '', /^The blockquote element represents content that is quoted/);
		// The line on browser support begins with an icon, which is left out.
		assert.match(tag?.says ?? '', /\n\n\*Widely available/);
		const closing = await hoverAt(`${HEAD}<blockquote>a</block‸quote>`);
		assert.equal(closing?.on, 'blockquote');
		const attribute = await hoverAt(`${HEAD}<blockquote ci‸te="x">a</blockquote>`);
		assert.equal(attribute?.on, 'cite');
		assert.match(attribute?.says ?? '', /A URL that designates a source document/);
	});

	it('comes after the other sections, and the smallest range wins', async () => {
		const hover = await hoverAt(`${HEAD}<p><a hr‸ef="/x">y</a></p>`);
		assert.equal(hover?.on, 'href');
		assert.match(hover?.says ?? '', /^\*\*news\.example\*\*[\s\S]*\n\n---\n\nContains a URL or a URL fragment/);
	});

	it('stays fast in a deeply nested body', async () => {
		const deep = '<div>'.repeat(20_000);
		const hover = await hoverAt(`${HEAD}${deep}<p>a</p><blockq‸uote>b</blockquote>`);
		assert.equal(hover?.on, 'blockquote');
	});

	it('is plain text without images if the client requires it', async () => {
		const hover = await hoverAt(`${HEAD}<p><a hr‸ef="/x?*a*">y</a></p>`, { kind: MarkupKind.PlainText });
		assert.match(
			hover?.says ?? '',
			/^news\.example\nhttps:\/\/news\.example\/x\?\*a\*\nRelative: \/x\?\*a\* resolved against the source https:\/\/news\.example\/2021\/tide\/\n\nContains a URL/,
		);
		assert.doesNotMatch(hover?.says ?? '', /data:|!\[/);
	});
});

describe('hover: lists', () => {
	const LIST = 'Harbour\n------\n\n9-1 [渡轮 复航](/articles/harbour/1%20渡轮.md)\n\n[More](/articles/harbour)\n';
	const files = createFiles({
		'file:///archive/articles/harbour/1%20%E6%B8%A1%E8%BD%AE.md': 'x',
		'file:///archive/lists/harbour.md': LIST,
	});
	const uri = 'file:///archive/lists/harbour.md';

	it('shows the file of an entry', async () => {
		assert.deepEqual(await hoverAt(LIST.replace('复航', '复‸航'), { files, uri }), {
			on: '9-1 [渡轮 复航](/articles/harbour/1%20渡轮.md)',
			says: lines(
				'**渡轮 复航**',
				'Month and day in UTC+8: 9-1',
				'[articles/harbour/1%20渡轮.md](file:///archive/articles/harbour/1%20%E6%B8%A1%E8%BD%AE.md)',
			),
		});
	});

	it('describes folders, missing files and the list itself', async () => {
		const says = async (text: string): Promise<string | undefined> => (await hoverAt(text, { files, uri }))?.says;
		assert.equal(
			await says(LIST.replace('More', 'Mo‸re')),
			lines('**More**', '[articles/harbour](file:///archive/articles/harbour) · Folder in the archive'),
		);
		assert.equal(
			await says(LIST.replace('渡轮.md', '汽‸车.md')),
			lines('**渡轮 复航**', 'Month and day in UTC+8: 9-1', '`articles/harbour/1%20汽车.md` · File not found'),
		);
		assert.equal(await says(`‸${LIST}`), lines('**Harbour**', '2 entries'));
	});
});

describe('hover: page furniture', () => {
	const WORDS = '<p>The water left early, and three boats lay on the mud until noon.</p>';

	it('says which part of the page it is, once, behind all else', async () => {
		const hover = await hoverAt(
			`${HEAD}${WORDS}<ul class="jp-relatedposts"><li><a href="https://a.example/">An ‸ebb</a></li></ul>`,
		);
		assert.equal(hover?.on, 'An ebb');
		assert.equal(hover?.says.match(/Page furniture/g)?.length, 1);
		assert.match(hover?.says ?? '', /a\.example[\s\S]*Page furniture: related articles \(class “jp-relatedposts”\)$/);
	});

	it('says nothing in the article, and nothing at its byline', async () => {
		assert.equal(await hoverAt(`${HEAD}${WORDS.replace('boats', '‸boats')}<nav>News</nav>`), undefined);
		const byline = await hoverAt(`${HEAD}<address>Ann ‸Lee</address>${WORDS}`);
		assert.doesNotMatch(byline?.says ?? '', /furniture/);
	});
});

describe('hover', () => {
	it('returns nothing if there is nothing to describe', async () => {
		assert.equal(await hoverAt(`${HEAD}<p>plain ‸text</p>`), undefined);
		assert.equal(await hoverAt(HEAD.replace('------', '--‸----')), undefined);
		assert.equal(await hoverAt('‸'), undefined);
	});

	it('throws when it is cancelled', async () => {
		const { service, document } = open(`${HEAD}<p>x</p>`);
		await assert.rejects(service.hover(document, { line: 0, character: 6 }, VSCODE, cancelled()), {
			code: LSPErrorCodes.RequestCancelled,
		});
	});

	it('returns the same ranges with a byte order mark and CRLF', async () => {
		const text = `${HEAD}<p>a\n<a href="/x">‸y</a></p>\n`;
		const plain = await hoverAt(text);
		const windows = await hoverAt(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
		assert.deepEqual(windows, plain);
		assert.equal(plain?.on, '<a href="/x">y</a>');
		assert.equal((await hoverAt(`\uFEFF${HEAD.replace('1639', '16‸39')}`))?.on, '<!--1639640221000-->');
	});

	it('stays short for any article', async () => {
		const long = 'x'.repeat(300_000);
		for (const body of [
			`<p><a href="https://a.example/${long}">‸y</a></p>`,
			`<p><mark>‸y</mark><!-- note: ${long} --></p>`,
			`<figure><img src="https://a.example/${long}" alt="${long}‸"><figcaption>${long}</figcaption></figure>`,
			`<figure><img src="data:image/gif;base64,${btoa(long)}" al‸t="x"></figure>`,
			`<p><a href="#${long}">‸y</a></p>`,
		]) {
			const hover = await hoverAt(HEAD + body, { files: createFiles({ [`${FOLDER}/x`]: '' }) });
			assert.ok(hover && hover.says.length < 50_000, `${hover?.says.length}`);
		}
	});
});
