import assert from 'node:assert/strict';
import { assertFixed, assertQuiet, check, findings, fixes, inArticle } from './support.ts';

describe('rules: link, from what pages leave behind', () => {
	describe('link/split', () => {
		it('merges a phrase split into three links', () => {
			assertFixed(
				'link/split',
				inArticle('<p>要求<a href="/a">保留其</a><a href="/a">在东欧</a> <a href="/a">的势力</a>。</p>'),
				[
					[
						'<a href="/a">保留其</a><a href="/a">在东欧</a> <a href="/a">的势力</a>',
						'One link is split into 3 adjacent links to /a',
					],
				],
				inArticle('<p>要求<a href="/a">保留其在东欧 的势力</a>。</p>'),
			);
		});
		it('prefers the fix only if all attributes are equal', () => {
			const [fix] = fixes('link/split', inArticle('<a href="/a" class="x">one</a><a href="/a">two</a>'));
			assert.equal(fix?.preferred, false);
		});
		it('ignores links that are separate', () => {
			assertQuiet(
				'link/split',
				'<a href="/a">甲</a>、<a href="/a">乙</a>',
				'<a href="/a">甲</a><br><a href="/a">乙</a>',
				'<a href="/a">甲</a><a href="/b">乙</a>',
				'<p><a href="/a">甲</a></p><p><a href="/a">乙</a></p>',
				'<a href="/a"><img src="p.jpg"></a><a href="/a">Li Wen</a>',
				'<a href="">甲</a><a href="">乙</a>',
				'<a>甲</a><a>乙</a>',
			);
		});
		it('ignores the parts of a card, and links of different kinds', () =>
			assertQuiet(
				'link/split',
				'<div><a href="/b/"><h2>Second story</h2></a><a href="/b/"><p>What it is about.</p></a></div>',
				'<div><a href="/b/">Second<br>story</a> <a href="/b/">What it is about</a></div>',
				'<p><a class="title" href="/b/">Second story</a> <a class="more" href="/b/">Read more</a></p>',
				'<p><a href="/b/">Story<div>x</div></a><a href="/b/">two</a></p>',
			));
	});

	describe('link/tracking', () => {
		const cases: readonly (readonly [written: string, clean: string, message: string])[] = [
			['https://a.example/?utm_source=mail', 'https://a.example/', 'a tracking parameter: utm_source'],
			['https://a.example/x?fbclid=IwAR0&amp;page=2', 'https://a.example/x?page=2', 'a tracking parameter: fbclid'],
			[
				'https://a.example/x?page=2&UTM_Source=a&utm_medium=b#end',
				'https://a.example/x?page=2#end',
				'tracking parameters: UTM_Source, utm_medium',
			],
			['/x?mc_cid=1&amp;mc_eid=2', '/x', 'tracking parameters: mc_cid, mc_eid'],
			[
				'https://a.example/新闻?id=1&amp;amp;utm_term=a',
				'https://a.example/新闻?id=1',
				'a tracking parameter: utm_term',
			],
			['https://medium.com/p/1?source=rss-a1------2', 'https://medium.com/p/1', 'a tracking parameter: source'],
			['https://item.example/?spm=a.b.c&amp;id=7', 'https://item.example/?id=7', 'a tracking parameter: spm'],
		];
		for (const [written, clean, message] of cases)
			it(`reports ${written}`, () =>
				assertFixed(
					'link/tracking',
					inArticle(`<a href="${written}">x</a>`),
					[[written, `The URL has ${message}`]],
					inArticle(`<a href="${clean}">x</a>`),
				));
		it('keeps all other parameters as they are, and in their order', () =>
			assertFixed(
				'link/tracking',
				inArticle('<a href="https://a.example/?b=%E6%BD%AE+x&amp;gclid=1&amp;a&amp;c=">x</a>'),
				[['https://a.example/?b=%E6%BD%AE+x&amp;gclid=1&amp;a&amp;c=', 'The URL has a tracking parameter: gclid']],
				inArticle('<a href="https://a.example/?b=%E6%BD%AE+x&amp;a&amp;c=">x</a>'),
			));
		it('ignores parameters of a page, of URLs in a URL or fragment, and of web archives', () =>
			assertQuiet(
				'link/tracking',
				'<a href="https://a.example/?source=wikipedia&amp;ref=2&amp;from=1&amp;utm=3">x</a>',
				'<a href="https://a.example/?u=https%3A%2F%2Fb.example%2F%3Futm_source%3Da">x</a>',
				'<a href="https://a.example/#?utm_source=a">x</a>',
				'<a href="https://web.archive.org/web/2021/https://a.example/?utm_source=a">x</a>',
				'<a href="mailto:a@b.example?subject=x&amp;utm_source=a">x</a>',
			));
	});

	describe('link/wrapped', () => {
		const cases: readonly (readonly [wrapped: string, target: string, host: string])[] = [
			[
				'https://www.google.com/url?q=https%3A%2F%2Fa.example%2F%3Fx%3D1&amp;sa=D',
				'https://a.example/?x=1',
				'www.google.com',
			],
			['https://www.google.com.hk/url?sa=t&amp;url=http://a.example/', 'http://a.example/', 'www.google.com.hk'],
			['https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F&amp;h=AT', 'https://a.example/', 'l.facebook.com'],
			['https://t.umblr.com/redirect?z=https%3A%2F%2Fa.example%2Fb&amp;t=x', 'https://a.example/b', 't.umblr.com'],
			['https://link.zhihu.com/?target=https%3A//a.example/%E6%BD%AE', 'https://a.example/%E6%BD%AE', 'link.zhihu.com'],
			['https://href.li/?https://a.example/?b=1', 'https://a.example/?b=1', 'href.li'],
			[
				'https://out.reddit.com/t3_a?url=https%3A%2F%2Fa.example%2F&amp;token=b',
				'https://a.example/',
				'out.reddit.com',
			],
			['https://links.jianshu.com/go?to=https%3A%2F%2Fa.example%2F', 'https://a.example/', 'links.jianshu.com'],
			[
				'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2F&amp;data=b',
				'https://a.example/',
				'eur01.safelinks.protection.outlook.com',
			],
			[
				'https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_b-2Dc-3Fd-3De&amp;d=D',
				'https://a.example/b-c?d=e',
				'urldefense.proofpoint.com',
			],
			['https://urldefense.com/v3/__https:/a.example/b__;!!c!d$', 'https://a.example/b', 'urldefense.com'],
			[
				'https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fa.example%252F',
				'https://a.example/',
				'www.google.com',
			],
		];
		for (const [wrapped, target, host] of cases)
			it(`reports ${wrapped}`, () =>
				assertFixed(
					'link/wrapped',
					inArticle(`<a href="${wrapped}">x</a>`),
					[[wrapped, `The link leads to ${target} through a redirect of ${host}`]],
					inArticle(`<a href="${target}">x</a>`),
				));
		it('ignores other pages of these sites, and targets that are not valid http(s) URLs', () =>
			assertQuiet(
				'link/wrapped',
				'<a href="https://www.google.com/search?q=https://a.example/">x</a>',
				'<a href="https://www.facebook.com/sharer.php?u=https://a.example/">x</a>',
				'<a href="https://www.google.com/url?q=javascript:alert(1)">x</a>',
				'<a href="https://www.google.com/url?q=https://a%20b/">x</a>',
				'<a href="https://www.google.com/url?q=/relative">x</a>',
				'<a href="https://l.facebook.com/l.php?u=">x</a>',
				'<a href="https://www.google.com/url?q=http://localhost/">x</a>',
				'<a href="https://link.zhihu.com/?target=ftp://a.example/">x</a>',
			));
		it('does not make spam of visitors work again', () =>
			assert.deepEqual(
				fixes('link/wrapped', inArticle('<a rel="ugc" href="https://href.li/?https://a.example/">x</a>')).map(
					({ preferred }) => preferred,
				),
				[false],
			));
	});

	describe('link/email', () => {
		const hide = (address: string, key = 0x4a): string =>
			[key, ...Buffer.from(address).map(byte => byte ^ key)].map(byte => byte.toString(16).padStart(2, '0')).join('');
		const at = '[email&#160;protected]';
		const email = 'desk@news.example';
		const shown = `The e-mail address ${email} is hidden behind “[email protected]”`;
		for (const [what, wrong, right] of [
			[
				'a text',
				`<a class="__cf_email__" data-cfemail="${hide(email)}" href="/cdn-cgi/l/email-protection">${at}</a>`,
				email,
			],
			[
				'a mailto link',
				`<a href="/cdn-cgi/l/email-protection#${hide(email)}"><span class="__cf_email__" data-cfemail="${hide(email)}">${at}</span></a>`,
				`<a href="mailto:${email}">${email}</a>`,
			],
			[
				'a link whose text has lost its code',
				`<a href="/cdn-cgi/l/email-protection#${hide(email)}">${at}</a>`,
				`<a href="mailto:${email}">${email}</a>`,
			],
			['a text with white space', `<span data-cfemail="${hide(email)}"> ${at}\n</span>`, ` ${email}\n`],
		] as const)
			it(`shows the address of ${what}`, () =>
				assertFixed(
					'link/email',
					inArticle(`<p>Write: ${wrong}.</p>`),
					[[at, shown]],
					inArticle(`<p>Write: ${right}.</p>`),
				));
		it('corrects a link with another text', () =>
			assertFixed(
				'link/email',
				inArticle(`<a href="/cdn-cgi/l/email-protection#${hide('desk@news.example?subject=Tide')}">Write</a>`),
				[
					[
						`/cdn-cgi/l/email-protection#${hide('desk@news.example?subject=Tide')}`,
						'The e-mail address desk@news.example?subject=Tide of the link is hidden',
					],
				],
				inArticle('<a href="mailto:desk@news.example?subject=Tide">Write</a>'),
			));
		it('says that an address is lost', () => {
			for (const body of [
				`<p>${at}</p>`,
				'<a href="https://news.example/cdn-cgi/l/email-protection">[email protected]</a>',
				`<a data-cfemail="zz">${at}</a>`,
				`<a data-cfemail="${hide('no address')}">${at}</a>`,
			]) {
				assert.deepEqual(
					findings('link/email', inArticle(body)).map(([, message]) => message),
					['The e-mail address is hidden behind “[email protected]”'],
					body,
				);
				assert.deepEqual(fixes('link/email', inArticle(body)), []);
			}
		});
		it('is what is said of such links: they are neither relative nor split', () => {
			const one = `<a class="__cf_email__" data-cfemail="${hide(email)}" href="/cdn-cgi/l/email-protection">${at}</a>`;
			assert.deepEqual(
				check(inArticle(`<p>${one}${one}</p>`)).map(({ rule }) => rule.id),
				['link/email', 'link/email'],
			);
		});
		it('ignores a text that only looks similar', () =>
			assertQuiet('link/email', '<p>[email] is protected]</p><p>Your [emails protected].</p>'));
	});
});
