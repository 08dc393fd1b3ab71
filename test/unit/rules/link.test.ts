import assert from 'node:assert/strict';
import { parseArticle } from '../../../server/src/article/article.ts';
import { checkArticle } from '../../../server/src/rules/check.ts';
import { show } from '../../../server/src/rules/write.ts';
import { assertFindings, assertFixed, assertQuiet, check, contextOf, fixed, fixes, inArticle } from './support.ts';

describe('rules: link', () => {
	describe('link/missing-href', () => {
		it('reports a link without href', () => {
			assertFixed(
				'link/missing-href',
				inArticle('<p>看<a title="Link: null">这里</a>。</p>'),
				[['<a title="Link: null">', 'The link has no href']],
				inArticle('<p>看这里。</p>'),
			);
		});
		it('ignores link targets, image maps, and misspelt attributes', () => {
			assertQuiet(
				'link/missing-href',
				'<a id="note-1">1</a><a name="two">2</a>',
				'<map name="m"><area alt="x"></map>',
				'<a hfer="https://a.example/">a</a>',
			);
		});
	});

	describe('link/empty', () => {
		it('reports an empty href, quoted or not', () => {
			assertFixed(
				'link/empty',
				inArticle('<p><a href="">甲</a><a href=" &#9; ">乙</a><a class="c" href>丙</a></p>'),
				[
					['href=""', 'The link has an empty href'],
					['href=" &#9; "', 'The link has an empty href'],
					['href', 'The link has an empty href'],
				],
				inArticle('<p>甲乙丙</p>'),
			);
		});
		it('accepts a link to the top of the page', () => assertQuiet('link/empty', '<a href="#">top</a>'));
	});

	describe('link/invalid-url', () => {
		const cases: readonly (readonly [written: string, meant: string])[] = [
			['ttps://a.example/x', 'https://a.example/x'],
			['htps://a.example', 'https://a.example'],
			['htp://a.example/', 'http://a.example/'],
			['ttp://a.example/', 'http://a.example/'],
			['hhttps://a.example/', 'https://a.example/'],
			['htttps://a.example/', 'https://a.example/'],
			['httpss://a.example/', 'https://a.example/'],
			['httsp://a.example/', 'https://a.example/'],
			['http//a.example/x', 'http://a.example/x'],
			['https//a.example/x', 'https://a.example/x'],
			['https:/a.example/x', 'https://a.example/x'],
			['https:a.example/x', 'https://a.example/x'],
			['https:\\\\a.example/x', 'https://a.example/x'],
			['https：//a.example/x', 'https://a.example/x'],
			['https:／／a.example/x', 'https://a.example/x'],
			['https;//a.example/x', 'https://a.example/x'],
			['https ://a.example/x', 'https://a.example/x'],
			['https:// a.example/x', 'https://a.example/x'],
			['https://www. a.example/x', 'https://www.a.example/x'],
			['http://https://a.example/x', 'https://a.example/x'],
			['https://http//a.example/x', 'http://a.example/x'],
			['www.a.example/新闻', 'https://www.a.example/新闻'],
			['https%3A%2F%2Fa.example%2Fx%3Fy%3D1', 'https://a.example/x?y=1'],
			['\u200bhttps://a.example/', 'https://a.example/'],
			['https://a.example/x\u200b', 'https://a.example/x'],
			['“https://a.example/x”', 'https://a.example/x'],
			['：https://a.example/x', 'https://a.example/x'],
			['[甲](https://a.example/x)', 'https://a.example/x'],
			['https://a.example，见下文', 'https://a.example'],
			['http://a.example/>text</a>', 'http://a.example/'],
			['http://a.example>', 'http://a.example'],
			['maito:desk@a.example', 'mailto:desk@a.example'],
			['mailto：desk@a.example', 'mailto:desk@a.example'],
			['desk@a.example', 'mailto:desk@a.example'],
			['http://desk@a.example', 'mailto:desk@a.example'],
		];
		for (const [written, meant] of cases) {
			it(`proposes ${meant} for ${written}`, () => {
				assertFixed(
					'link/invalid-url',
					inArticle(`<p><a href="${written}">甲</a></p>`),
					[[written, `The URL ${written} is not valid. Did you mean ${meant}?`]],
					inArticle(`<p><a href="${meant}">甲</a></p>`),
				);
			});
		}
		it('escapes the URL for the attribute', () => {
			assert.equal(
				fixed('link/invalid-url', inArticle("<a href='ttps://a.example/?a=1&b=it&#39;s'>a</a>")),
				inArticle("<a href='https://a.example/?a=1&amp;b=it&#39;s'>a</a>"),
			);
			assert.equal(
				fixed('link/invalid-url', inArticle('<a href=ttps://a.example/?a=1&amp;b>a</a>')),
				inArticle('<a href="https://a.example/?a=1&amp;b">a</a>'),
			);
			assert.equal(
				fixed('link/invalid-url', inArticle('<a href="http://a.example/x&quot;&gt;text&lt;/a&gt;">a</a>')),
				inArticle('<a href="http://a.example/x">a</a>'),
			);
		});
		it('proposes no URL if the intended one is unclear', () => {
			const body =
				'<a href="http://">甲</a><a href="https://a b/">乙</a><a href="undefined">丙</a><a href="http://a.example:99999/">丁</a>';
			assertFindings('link/invalid-url', inArticle(body), [
				['http://', 'The URL http:// is not valid'],
				['https://a b/', 'The URL https://a b/ is not valid'],
				['undefined', 'The URL undefined is not valid'],
				['http://a.example:99999/', 'The URL http://a.example:99999/ is not valid'],
			]);
			assert.deepEqual(fixes('link/invalid-url', inArticle(body)), []);
		});
		it('reports hosts with names that cannot exist', () => {
			const [label, name] = ['a'.repeat(64), `${'a'.repeat(59)}.`.repeat(5)];
			const cases = [
				[`https://${label}.example/x`, 'a part of its host name is longer than 63 characters'],
				[`//www.${label}.example`, 'a part of its host name is longer than 63 characters'],
				[`https://news.${'潮'.repeat(60)}水.example/`, 'a part of its host name is longer than 63 characters'],
				[`http://${name}example/`, 'its host name is longer than 253 characters'],
				['https://news..example/', 'a part of its host name is empty'],
			] as const;
			for (const [url, reason] of cases) {
				const link = `<p><a href="${url}">潮</a></p>`;
				assertFindings('link/invalid-url', inArticle(link), [[url, `The URL ${show(url)} is not valid: ${reason}`]]);
			}
			const longest = `${'a'.repeat(63)}.`;
			assertQuiet('link/invalid-url', `<a href="https://${longest}example./">a</a>`);
			assertQuiet('link/invalid-url', `<a href="https://${longest.repeat(3)}${'b'.repeat(53)}.example/">a</a>`);
			assert.deepEqual(fixes('link/invalid-url', inArticle(`<a href="ttps://${label}.example/x">a</a>`)), []);
		});
		it('accepts unusual but valid URLs', () => {
			assertQuiet(
				'link/invalid-url',
				...[
					'https://a.example/wiki/Tide_(sea)',
					' https://a.example/x ',
					'https://a.example/a b',
					'https://新闻.example/路径?q=潮#水',
					'http://192.0.2.1:8080/',
					'http://localhost:3000/x',
					'https://user:word@a.example/',
					'https://web.archive.org/web/2020/https://a.example/',
					'//cdn.example/x',
					'/2021/12/16/',
					'story.html',
					'http.html',
					'./www.html',
					'#note',
					'mailto:desk@a.example?subject=x',
					'tel:+861012345678',
					'javascript:void(0)',
					'file:///C:/x.html',
					'https://a.example/?q=a&gt;b',
				].map(href => `<a href="${href}">a</a>`),
			);
		});
	});

	describe('link/scheme', () => {
		it("reports URLs that work only on the author's computer, or nowhere", () => {
			assertFindings(
				'link/scheme',
				inArticle(
					'<a href="file:///C:/Users/li/稿.docx">甲</a><a href="data:text/plain,x">乙</a><a href="htptp2://a.example/">丙</a><a href="about:blank">丁</a>',
				),
				[
					['file:///C:/Users/li/稿.docx', "The URL file:///C:/Users/li/稿.docx works only on its author's computer"],
					['data:text/plain,x', 'Browsers do not open links to data: URLs such as data:text/plain,x'],
					['htptp2://a.example/', 'The URL htptp2://a.example/ has the unknown scheme htptp2'],
					['about:blank', "The URL about:blank works only on its author's computer"],
				],
			);
		});
		it('ignores mail, telephone and other shared schemes, scripts and typos', () => {
			assertQuiet(
				'link/scheme',
				...[
					'mailto:a@a.example',
					'tel:110',
					'ftp://a.example/',
					'magnet:?xt=urn',
					'javascript:;',
					'ttps://a.example',
					'x.html',
					'HTTPS://A.EXAMPLE/',
				].map(href => `<a href="${href}">a</a>`),
			);
		});
	});

	describe('link/no-text', () => {
		it('reports links without an accessible name', () => {
			assertFindings(
				'link/no-text',
				inArticle('<p><a href="/a"></a><a href="/b"> &nbsp;<br></a><a href="/c"><img src="x.jpg" alt=""></a></p>'),
				[
					['<a href="/a">', 'The link has no text'],
					['<a href="/b">', 'The link has no text'],
					['<a href="/c">', 'The link has no text, and its image has no alt text'],
				],
			);
		});
		it('accepts alt text, a title, a label, a player', () => {
			assertQuiet(
				'link/no-text',
				'<a href="/a"><span><img src="x.jpg" alt="潮"></span></a>',
				'<a href="/a" title="back"></a><a href="/a" aria-label="back"></a>',
				'<a href="/a"><video src="x.mp4"></video></a>',
				'<a id="here"></a>',
			);
		});
	});

	describe('link/nested', () => {
		it('reports a nested link once', () => {
			const text = inArticle('<p>读<a href="/a">一<a href="/b">二</a>三</a>。</p>');
			assertFixed(
				'link/nested',
				text,
				[['<a href="/b">', 'The link is nested in another link, which browsers close here']],
				inArticle('<p>读<a href="/a">一</a><a href="/b">二</a>三。</p>'),
			);
			const [problem] = check(text).filter(({ rule }) => rule.id === 'link/nested');
			assert.deepEqual(
				problem?.related?.map(({ span, message }) => [text.slice(span.start, span.end), message]),
				[['<a href="/a">', 'The outer link']],
			);
			assertFindings('html/syntax', text, []);
		});
		it('reports links nested in blocks, and several levels deep', () => {
			assertFindings('link/nested', inArticle('<a href="/a"><div>x<a href="/b">y</a>z</div></a>'), [
				['<a href="/b">', 'The link is nested in another link, which browsers close here'],
			]);
			assertFindings('link/nested', inArticle('<a href="/1">1<a href="/2">2<a href="/3">3</a></a></a>'), [
				['<a href="/2">', 'The link is nested in another link, which browsers close here'],
				['<a href="/3">', 'The link is nested in another link, which browsers close here'],
			]);
		});
		it('reports nested links in a table cell, where the parser allows them', () => {
			assertFindings(
				'link/nested',
				inArticle('<a href="/a"><table><tr><td><a href="/b">x</a></td></tr></table></a><a href="/c">y</a>'),
				[['<a href="/b">', 'The link is nested in another link']],
			);
		});
		it('distinguishes a nested link from an unclosed one', () => {
			const text = inArticle('<p><a href="/a">一<a href="/b">二</a></p>');
			assertFindings('link/nested', text, []);
			assertFindings('html/syntax', text, [['<a href="/a">', '<a> has no end tag']]);
		});
	});

	describe('link/fragment', () => {
		it('reports a fragment that does not exist', () => {
			assertFindings(
				'link/fragment',
				inArticle('<p><a href="#注2">2</a><a href="#%E6%B3%A83">3</a></p><p id="注1">一</p>'),
				[
					['#注2', 'No element in the article has the id 注2'],
					['#%E6%B3%A83', 'No element in the article has the id 注3'],
				],
			);
		});
		it('proposes a similar id', () => {
			assertFixed(
				'link/fragment',
				inArticle('<a href="#Note-1">1</a><p id="user-content-note_1">One.</p>'),
				[['#Note-1', 'No element in the article has the id Note-1']],
				inArticle('<a href="#user-content-note_1">1</a><p id="user-content-note_1">One.</p>'),
			);
		});
		it('accepts the top, text fragments, names, and encoded ids', () => {
			assertQuiet(
				'link/fragment',
				'<a href="#">a</a><a href="#top">b</a><a href="#TOP">c</a><a href="#:~:text=潮水">d</a>',
				'<a href="#n">a</a><a name="n">b</a>',
				'<a href="#%E6%B3%A8">a</a><p id="注">b</p>',
				'<a href="#a%20b">a</a><p id="a%20b">b</p>',
				'<a href="https://a.example/#none">a</a><a href="/x#none">b</a>',
			);
		});
	});

	describe('link/relative', () => {
		it('resolves a URL against the source', () => {
			assertFixed(
				'link/relative',
				inArticle('<a href="../15/ebb/?a=1&amp;b=&quot;">甲</a><a href="/tag/潮">乙</a>'),
				[
					['../15/ebb/?a=1&amp;b=&quot;', 'The URL ../15/ebb/?a=1&b=" is relative to the source of the article'],
					['/tag/潮', 'The URL /tag/潮 is relative to the source of the article'],
				],
				inArticle(
					'<a href="https://news.example/2021/12/16/15/ebb/?a=1&amp;b=%22">甲</a><a href="https://news.example/tag/%E6%BD%AE">乙</a>',
				),
			);
		});
		it('ignores fragments, other hosts and invalid URLs', () => {
			assertQuiet(
				'link/relative',
				'<a href="#n">a</a><a href="//a.example/x">b</a><a href="www.a.example">c</a><a href=" ">d</a>',
			);
		});
		it('ignores articles without a source', () => {
			assertFindings('link/relative', '<!--1639640221000-->\n[潮](无)\n------\n\n<a href="/x">甲</a>\n', []);
		});
	});

	describe('link/insecure', () => {
		it('reports http, and changes only the scheme', () => {
			assertFixed(
				'link/insecure',
				inArticle('<a href=" HTTP://a.example/?a&b">甲</a><a href=http://a.example>乙</a>'),
				[
					[' HTTP://a.example/?a&b', 'The URL HTTP://a.example/?a&b uses http, which is not encrypted'],
					['http://a.example', 'The URL http://a.example uses http, which is not encrypted'],
				],
				inArticle('<a href=" HTTPs://a.example/?a&b">甲</a><a href=https://a.example>乙</a>'),
			);
		});
		it('ignores onion services, local hosts and invalid URLs', () => {
			assertQuiet(
				'link/insecure',
				...[
					'http://abc.onion/x',
					'http://localhost:80/',
					'http://127.0.0.1/',
					'https://a.example/',
					'http://https://a.example/',
					'//a.example/',
				].map(href => `<a href="${href}">a</a>`),
			);
		});
	});

	it('reports each URL under only one rule', () => {
		for (const href of [
			'ttps://a.example',
			'www.a.example',
			'javascript:;',
			'file:///x',
			'',
			'/x',
			'http://a.example',
			'#x',
			'undefined',
		]) {
			const text = inArticle(`<a href="${href}">甲</a>`);
			assert.equal(check(text).length, 1, href);
		}
	});

	it('uses the source as base URL', () => {
		const article = parseArticle(inArticle('<a href="x">x</a>'));
		const [problem] = checkArticle({ ...contextOf(article), localFile: () => undefined });
		assert.equal(problem?.fixes?.()[0]?.title, 'Change the URL to https://news.example/2021/12/16/tide/x');
	});
});
