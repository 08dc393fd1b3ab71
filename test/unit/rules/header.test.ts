import assert from 'node:assert/strict';
import { assertFindings, assertFixed, check, fixed, fixes, inArticle, NOW } from './support.ts';

const TIME = '<!--1639640221000-->';
const TITLE = '[潮水退去之后](https://news.example/2021/12/16/tide/)';
const DASHES = '------';
const BODY = '<p>浪。</p>\n';
const lines = (...all: readonly string[]): string => all.join('\n');
const GOOD = lines(TIME, TITLE, DASHES, '', BODY);

describe('rules: header', () => {
	it('accepts all valid forms', () => {
		for (const text of [
			GOOD,
			GOOD.replaceAll('\n', '\r\n'),
			`\ufeff${GOOD}`,
			lines('---', 'title: 潮水退去之后', 'date: 2021-12-16T07:37:01Z', '---', GOOD),
			lines('---', 'title: 潮水退去之后', 'from: https://news.example/2021/12/16/tide/', '---', BODY),
			lines(TITLE, DASHES, '日期：Thu, 16 Dec 2021 07:37:01 +0000', '', BODY),
			lines(TIME, '[[Video] What we know (so far)](https://news.example/a_(b))', DASHES, '', BODY),
		]) {
			assert.deepEqual(
				check(text).map(({ rule, message }) => `${rule.id} ${message}`),
				[],
			);
		}
	});

	describe('header/structure', () => {
		it('rewrites malformed lines', () => {
			const cases: readonly (readonly [written: string, at: string, message: string])[] = [
				[
					lines('<!-- 1639640221000 -->', TITLE, DASHES, '', BODY),
					'<!-- 1639640221000 -->',
					'The time comment must be written as <!--milliseconds-->',
				],
				[
					lines('<!--1639640221000', TITLE, DASHES, '', BODY),
					'<!--1639640221000',
					'The time comment must be written as <!--milliseconds-->',
				],
				[
					lines(TIME, '潮水退去之后 https://news.example/2021/12/16/tide/', DASHES, '', BODY),
					'潮水退去之后 https://news.example/2021/12/16/tide/',
					'The title line must be written as [title](url)',
				],
				[lines(TIME, TITLE, '—————', '', BODY), '—————', 'The line below the title must consist of dashes'],
				[lines(TIME, TITLE, '', BODY), TITLE, 'The line of dashes below the title is missing'],
				[lines('', TIME, TITLE, DASHES, '', BODY), '\n', 'The header contains an empty line'],
				[lines(TIME, '', TITLE, DASHES, '', BODY), '\n', 'The header contains an empty line'],
				[lines(TIME, TITLE, DASHES, BODY), '', 'The empty line between header and body is missing'],
				[
					lines(TITLE, DASHES, TIME, '', BODY),
					TIME,
					'The header lines are out of order: expected time comment, title, dashes',
				],
			];
			for (const [written, at, message] of cases) {
				assertFixed('header/structure', written, [[at, message]], GOOD);
				const windows = written.replaceAll('\n', '\r\n');
				assert.equal(fixed('header/structure', windows), GOOD.replaceAll('\n', '\r\n'), message);
			}
		});
		it('takes a missing title from the front matter or the first heading', () => {
			const front = lines('---', 'title: 潮水退去之后', 'from: https://news.example/2021/12/16/tide/', '---');
			assertFixed(
				'header/structure',
				lines(front, TIME, DASHES, '', BODY),
				[[TIME, 'The title line [title](url) is missing']],
				lines(front, GOOD),
			);
			assertFindings('header/structure', lines(TIME, DASHES, '', BODY), [
				[TIME, 'The title line [title](url) is missing'],
			]);
			assert.deepEqual(fixes('header/structure', lines(TIME, DASHES, '', BODY)), []);
			const [fix] = fixes('header/structure', lines(TIME, DASHES, '', '<h1>Low tide</h1>', BODY));
			assert.deepEqual([fix?.title, fix?.preferred], ['Insert [Low tide]()', false]);
		});
		it('inserts a missing header', () => {
			const body = '<h1>Low tide</h1><time datetime="2021-12-16T07:37:01Z">16 December</time><p>Waves.</p>\n';
			assertFixed(
				'header/structure',
				body,
				[[body.trimEnd(), 'The article has no header (time comment, [title](url), dashes)']],
				`<!--1639640221000-->\n[Low tide]()\n------\n\n${body}`,
			);
		});
		it('closes unclosed front matter', () => {
			assertFixed(
				'header/structure',
				lines('---', 'title: 潮水退去之后', 'tags:', '  - 海', '  - 岸', TIME, TITLE, DASHES, '', BODY),
				[['---', 'The front matter is missing its closing ---']],
				lines('---', 'title: 潮水退去之后', 'tags:', '  - 海', '  - 岸', '---', GOOD),
			);
		});
		it('reports problems without a fix', () => {
			const [finding] = check(lines('---', 'title: "潮', '---', GOOD));
			assert.match(finding?.message ?? '', /^The front matter is not valid YAML: /);
			assert.deepEqual(finding?.fixes?.(), []);
			assertFindings('header/structure', lines(TIME, TITLE, DASHES, '', ''), [['', 'The article has no body']]);
			const front = lines('---', 'title: 潮', '---', BODY);
			assertFindings('header/structure', front, [
				['title: 潮\n', 'The article has no header, and its front matter is missing “from”'],
			]);
		});
		it('says nothing of an empty file', () => {
			for (const text of ['', '\ufeff\r\n\n', ' \t']) assertFindings('header/structure', text, []);
		});
		it('moves a date line below the dashes', () => {
			assertFixed(
				'header/structure',
				lines(TITLE, '日期：Thu, 16 Dec 2021 07:37:01 +0000', DASHES, '', BODY),
				[[DASHES, 'The header lines are out of order: expected time comment, title, dashes']],
				lines(TITLE, DASHES, '日期：Thu, 16 Dec 2021 07:37:01 +0000', '', BODY),
			);
		});
	});

	describe('header/timestamp', () => {
		const timed = (value: string, body = BODY): string =>
			lines(`<!--${value}-->`, TITLE.replace('/2021/12/16', ''), DASHES, '', body);
		const find = (value: string, message: string): void =>
			assertFindings('header/timestamp', timed(value), [[value, message]]);

		it('reports implausible times', () => {
			find('NaN', 'The publication time is NaN: the date of the article could not be read');
			find('1639640221', 'The publication time 1639640221 is in seconds, not milliseconds');
			find('1639640221000000', 'The publication time 1639640221000000 is in microseconds, not milliseconds');
			find('0', 'The publication time 0 is 1970-01-01 00:00 UTC, before 1990');
			find(String(NOW + 90_000_000), `The publication time ${NOW + 90_000_000} is 2026-11-24 13:00 UTC, in the future`);
			find('99999999999999999999', 'The publication time 99999999999999999999 is out of range');
			find('2021-12-16', 'The publication time 2021-12-16 is not a number');
			find('now', 'The publication time now is not a number');
			assertFindings('header/timestamp', timed(String(NOW + 80_000_000)), []);
			assertFindings('header/structure', timed('2021-12-16'), []);
		});
		it('converts seconds to milliseconds', () => {
			assert.equal(fixed('header/timestamp', timed('1639640221')), timed('1639640221000'));
			assert.equal(fixed('header/timestamp', timed('1639640221000000')), timed('1639640221000'));
		});
		it('offers times from the body, the byline, the date line, the front matter and the source', () => {
			const title = (text: string): readonly string[] =>
				fixes('header/timestamp', text).map(fix => `${fix.preferred ? '* ' : ''}${fix.title}`);
			assert.deepEqual(title(timed('NaN', '<time datetime="2021-12-16T15:37:01+08:00">x</time>')), [
				'* Set the publication time to 2021-12-16 07:37 UTC (from the time element)',
			]);
			assert.deepEqual(title(timed('NaN', '<div><i>李雯<br>2021-12-16T07:37:01.000Z</i></div>')), [
				'* Set the publication time to 2021-12-16 07:37 UTC (from the byline)',
			]);
			assert.deepEqual(title(timed('NaN', '<span>2021年12月16日</span><p>浪。</p>')), [
				'Set the publication time to 2021-12-16 00:00 UTC (from the byline, assumed to be UTC)',
			]);
			assert.deepEqual(
				title(lines('---', 'date: 2021-12-16T07:37:01Z', '---', '<!--NaN-->', TITLE, DASHES, '', BODY)),
				[
					'* Set the publication time to 2021-12-16 07:37 UTC (from the front matter)',
					'Set the publication time to 2021-12-16 00:00 UTC (from the source URL, assumed to be UTC)',
				],
			);
			assert.deepEqual(title(lines('<!--NaN-->', TITLE, DASHES, '日期：Thu, 16 Dec 2021 07:37:01 +0000', '', BODY)), [
				'* Set the publication time to 2021-12-16 07:37 UTC (from the date line)',
				'Set the publication time to 2021-12-16 00:00 UTC (from the source URL, assumed to be UTC)',
			]);
			assert.deepEqual(title(timed('NaN')), []);
			assertFixed(
				'header/timestamp',
				timed('NaN', '<time datetime="2021-12-16T15:37:01+08:00">x</time>'),
				[['NaN', 'The publication time is NaN: the date of the article could not be read']],
				timed('1639640221000', '<time datetime="2021-12-16T15:37:01+08:00">x</time>'),
			);
		});
	});

	describe('header/title', () => {
		const titled = (title: string): string => lines(TIME, `[${title}](https://news.example/tide/)`, DASHES, '', BODY);
		it('reports an empty title', () => {
			assertFindings('header/title', titled(''), [['[](https://news.example/tide/)', 'The title is empty']]);
			assertFindings('header/title', titled(' \u3000'), [
				['[ \u3000](https://news.example/tide/)', 'The title is empty'],
			]);
		});
		it('removes HTML and control characters', () => {
			assertFixed(
				'header/title',
				titled('<b>Low tide</b> &amp; wind'),
				[['<b>Low tide</b> &amp; wind', 'The title contains HTML: <b>Low tide</b> &amp; wind']],
				titled('Low tide & wind'),
			);
			assertFixed(
				'header/title',
				titled('潮水&#8220;退去&#8221;'),
				[['潮水&#8220;退去&#8221;', 'The title contains character references: 潮水&#8220;退去&#8221;']],
				titled('潮水“退去”'),
			);
			assertFixed(
				'header/title',
				titled('潮水\b退\t去'),
				[['潮水\b退\t去', 'The title contains control characters']],
				titled('潮水 退 去'),
			);
			assertFindings('header/title', titled('潮\ufffd退'), [
				['潮\ufffd退', 'The title contains characters that could not be decoded: 潮\ufffd退'],
			]);
		});
		it('compares the title with the front matter', () => {
			const both = (title: string): string => lines('---', `title: ${title}`, '---', GOOD);
			assertFindings('header/title', both('涨潮'), [
				['涨潮', 'The title in the front matter, “涨潮”, differs from the title in line 2, “潮水退去之后”'],
			]);
			for (const title of [
				'潮水退去之后',
				'"潮水退去之后 - 新闻"',
				'《潮水退去之后》',
				'潮水退去',
				'潮水&#36864;去之后',
			])
				assertFindings('header/title', both(title), []);
		});
		it('accepts special characters in plain text', () => {
			for (const title of ['R&D: a < b > c', '[视频] 潮水 (2)', 'AT&T;', 'C++ <vector>', '“Tide” — 潮…🌊'])
				assertFindings('header/title', titled(title), []);
		});
	});

	describe('header/source', () => {
		const from = (url: string): string => lines(TIME, `[潮](${url})`, DASHES, '', BODY);
		it('reports a source that is not an http(s) URL', () => {
			for (const url of ['/2021/12/16/tide/', 'file:///C:/tide.html', 'tide', 'http://', 'mailto:a@news.example'])
				assertFindings('header/source', from(url), [[url, `The source ${url} is not an absolute http or https URL`]]);
			assertFindings('header/source', from(''), [['', 'The source URL of the article is missing']]);
			assertFindings('header/source', lines('---', 'title: 潮', 'from: tide', '---', BODY), [
				['tide', 'The source tide is not an absolute http or https URL'],
			]);
		});
		it('reports a host name that cannot exist', () => {
			const url = `https://www.${'a'.repeat(64)}.example/`;
			assertFindings('header/source', from(url), [
				[url, `The source ${url} is not valid: a part of its host name is longer than 63 characters`],
			]);
		});
		it('fixes a typo', () => {
			assertFixed(
				'header/source',
				from('ttps://news.example/?a=1&b=2'),
				[
					[
						'ttps://news.example/?a=1&b=2',
						'The source ttps://news.example/?a=1&b=2 is not an absolute http or https URL. Did you mean https://news.example/?a=1&b=2?',
					],
				],
				from('https://news.example/?a=1&b=2'),
			);
		});
		it('leaves a damaged line to header/structure', () => {
			assertFindings('header/source', lines(TIME, '潮水', DASHES, '', BODY), []);
		});
	});

	describe('header/date-mismatch', () => {
		it('reports dates that differ by more than a day', () => {
			assertFindings(
				'header/date-mismatch',
				lines(
					'---',
					'date: 2021-12-19T07:37:01Z',
					'---',
					TIME,
					TITLE,
					DASHES,
					'',
					'<time datetime="2020-12-16T07:37:01Z">x</time>',
					'',
				),
				[
					[
						'2021-12-19T07:37:01Z',
						'The date in the front matter is 3 days after the publication time, 2021-12-16 07:37 UTC',
					],
					[
						'2020-12-16T07:37:01Z',
						'The date in the time element is 365 days before the publication time, 2021-12-16 07:37 UTC',
					],
				],
			);
		});
		it('allows for time zones and for dates without a time', () => {
			for (const body of [
				'<time datetime="2021-12-17T07:00:00Z">x</time>',
				'<time datetime="2021-12-17 21:00:00">x</time>',
				'<time datetime="2021-12-15">x</time>',
				'<time datetime="gestern">x</time>',
				`<p>${'浪'.repeat(300)}</p><p>2016年5月19日</p>`,
				`<p>据报道（<a href="https://a.example/">2016年5月19日</a>），${'浪'.repeat(100)}</p>`,
			])
				assertFindings('header/date-mismatch', inArticle(body), []);
		});
		it('reads dates in words, of elements, lines and metadata', () => {
			const before = 'The date in the';
			const after = 'is 847 days before the publication time, 2021-12-16 07:37 UTC';
			for (const [body, place, from] of [
				['<time>August 22, 2019</time>', 'August 22, 2019', 'time element'],
				['<h1>潮</h1><div><time>Aug 22nd 2019</time></div>', 'Aug 22nd 2019', 'time element'],
				['<p><em> 22 August 2019 </em></p>', '22 August 2019', 'byline'],
				['<p>Posted on 22 August 2019 by Marta Hollis</p>', '22 August 2019', 'byline'],
				['<time>2019年8月22日</time>', '2019年8月22日', 'time element'],
				['<p>发表于 2019年8月22日</p>', '2019年8月22日', 'byline'],
				['<span property="dc:created" content="2019-08-22">x</span>', '2019-08-22', 'byline'],
				['<meta itemprop="datePublished" content="2019-08-22">', '2019-08-22', 'metadata'],
			] as const)
				assertFindings('header/date-mismatch', inArticle(`${body}<p>浪。</p>`), [
					[place, `${before} ${from} ${after}`],
				]);
		});
		it('says nothing of dates in sentences and timelines, and of updates', () => {
			for (const body of [
				'<p>In a post of <strong>4 March 2019</strong> he had shown clear signs.</p>',
				'<p>他在<strong>2019年3月4日</strong>写的文章中已经说明。</p>',
				'<p>From the archives:</p><p>2002-11-01</p><p>The first dike breaks.</p><p>2003-02-09</p><p>The second.</p>',
				'<time class="published" datetime="2021-12-16">x</time><time class="updated" datetime="2023-12-16">x</time>',
				'<p>更新时间：2023年12月16日</p>',
			])
				assertFindings('header/date-mismatch', inArticle(body), []);
		});
		it('ignores articles with an implausible publication time', () => {
			assertFindings(
				'header/date-mismatch',
				GOOD.replace('1639640221000', '1639640221').replace('<p>', '<time datetime="2020-01-01">x</time><p>'),
				[],
			);
		});
	});
});
