import assert from 'node:assert/strict';
import { assertFindings, assertFixed, assertQuiet, check, findings, fixed, fixes, inArticle } from './support.ts';

const BLANK = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

describe('rules: image', () => {
	describe('image/missing-src', () => {
		it('reports an image without a URL', () => {
			assertFindings(
				'image/missing-src',
				inArticle('<img alt="潮"><img src="" alt="浪"><img src=" " srcset=" " alt="岸">'),
				[
					['<img alt="潮">', 'The image has no src'],
					['<img src="" alt="浪">', 'The image has an empty src'],
					['<img src=" " srcset=" " alt="岸">', 'The image has an empty src'],
				],
			);
		});
		it('recognises the URL in any attribute or element', () => {
			assertQuiet(
				'image/missing-src',
				'<img data-src="a.jpg" alt="a">',
				'<img srcset="a.jpg 1x, b.jpg 2x" alt="a">',
				'<picture><source srcset="a.webp"><img alt="a"></picture>',
				'<img alt="a"><noscript><img src="a.jpg" alt="a"></noscript>',
				'<img scr="a.jpg" alt="a">',
				`<img src="${BLANK}" alt="a">`,
			);
		});
	});

	describe('image/invalid-url', () => {
		it('fixes an obvious typo in the affected attribute', () => {
			assertFixed(
				'image/invalid-url',
				inArticle(
					`<img src="ttps://i.example/a.jpg?x=1&amp;y" alt="潮"><img src="${BLANK}" data-src='https:/i.example/b.jpg' alt="浪">`,
				),
				[
					[
						'ttps://i.example/a.jpg?x=1&amp;y',
						'The URL ttps://i.example/a.jpg?x=1&y is not valid. Did you mean https://i.example/a.jpg?x=1&y?',
					],
					[
						'https:/i.example/b.jpg',
						'The URL https:/i.example/b.jpg is not valid. Did you mean https://i.example/b.jpg?',
					],
				],
				inArticle(
					`<img src="https://i.example/a.jpg?x=1&amp;y" alt="潮"><img src="${BLANK}" data-src='https://i.example/b.jpg' alt="浪">`,
				),
			);
		});
		it('reports host names that cannot exist', () => {
			const url = `https://${'a'.repeat(64)}.example/a.png`;
			assertFindings('image/invalid-url', inArticle(`<img src="${url}" alt="潮">`), [
				[url, `The URL ${url} is not valid: a part of its host name is longer than 63 characters`],
			]);
		});
		it("reports URLs that work only on the author's computer", () => {
			assertFindings(
				'image/invalid-url',
				inArticle(
					'<img src="file:///C:/a.jpg" alt="a"><img src="cid:a@b" alt="b"><img src="https://" alt="c"><img src="undefined" alt="d">',
				),
				[
					['file:///C:/a.jpg', "The URL file:///C:/a.jpg works only on its author's computer"],
					['cid:a@b', "The URL cid:a@b works only on its author's computer"],
					['https://', 'The URL https:// is not valid'],
					['undefined', 'The URL undefined is not valid'],
				],
			);
		});
		it('does not rewrite a srcset', () => {
			const text = inArticle('<img srcset="ttps://i.example/a.jpg 2x" alt="a">');
			assert.deepEqual(fixes('image/invalid-url', text), []);
			assertFindings('image/invalid-url', text, [
				[
					'ttps://i.example/a.jpg 2x',
					'The URL ttps://i.example/a.jpg is not valid. Did you mean https://i.example/a.jpg?',
				],
			]);
		});
		it('accepts valid URLs', () => {
			assertQuiet(
				'image/invalid-url',
				...[
					'https://i.example/潮 水.jpg',
					'//i.example/a.jpg',
					'/a.jpg',
					'pictures/bridge.png',
					BLANK,
					'https://images.weserv.nl/?url=i.example/a.jpg',
				].map(src => `<img src="${src}" alt="a">`),
			);
		});
	});

	describe('image/missing-file', () => {
		it('reports a missing file in an existing folder', () => {
			assertFindings('image/missing-file', inArticle('<img src="pictures/tide.png" alt="潮">'), [
				['pictures/tide.png', 'The file pictures/tide.png does not exist in the archive'],
			]);
		});
		it('resolves other URLs against the source', () => {
			assertQuiet(
				'image/missing-file',
				'<img src="pictures/bridge.png" alt="a">',
				'<img src="images/tide.png" alt="a">',
				'<img src="/pictures/tide.png" alt="a">',
			);
		});
	});

	describe('image/placeholder', () => {
		it('reports a placeholder without a real image', () => {
			assertFindings(
				'image/placeholder',
				inArticle(
					`<img class="lazy" src="${BLANK}" alt="潮"><img src="/static/placeholder.png?v=2" alt="浪"><img src="about:blank" alt="岸">`,
				),
				[
					[BLANK, `The image has only the placeholder ${BLANK}, not the URL of the real image`],
					[
						'/static/placeholder.png?v=2',
						'The image has only the placeholder /static/placeholder.png?v=2, not the URL of the real image',
					],
					['about:blank', 'The image has only the placeholder about:blank, not the URL of the real image'],
				],
			);
		});
		it('recognises the real image', () => {
			assertQuiet(
				'image/placeholder',
				`<img src="${BLANK}" data-src="https://i.example/a.jpg" alt="a">`,
				`<img src="${BLANK}" alt="a"><noscript><img src="https://i.example/a.jpg" alt="a"></noscript>`,
				`<img src="loading.gif" data-original="a.jpg" alt="a">`,
				`<img src="${BLANK}" width="1" height="1" alt="">`,
				`<img src="data:image/png;base64,${'iVBORw0K'.repeat(100)}" alt="a">`,
				'<img src="/loading-dock.jpg" alt="a"><img src="/blank-verse/cover.png" alt="a">',
			);
		});
	});

	describe('image/missing-alt', () => {
		it('reports an image without alt text', () => {
			assertFixed(
				'image/missing-alt',
				inArticle('<p><img src="a.jpg"><IMG SRC="b.jpg"/></p>'),
				[
					['<img src="a.jpg">', 'The image has no alt text'],
					['<IMG SRC="b.jpg"/>', 'The image has no alt text'],
				],
				inArticle('<p><img alt="" src="a.jpg"><IMG alt="" SRC="b.jpg"/></p>'),
			);
		});
		it('accepts an empty alt, a caption, a label, and tracking pixels', () => {
			assertQuiet(
				'image/missing-alt',
				'<img src="a.jpg" alt=""><img src="a.jpg" aria-label="潮"><img src="a.jpg" title="潮">',
				'<figure><img src="a.jpg"><figcaption>潮水</figcaption></figure>',
				'<img src="https://c.example/count" width="1" height="1">',
			);
		});
	});

	describe('image/srcset', () => {
		it('reports ambiguous and malformed lists', () => {
			const cases: readonly (readonly [string, string])[] = [
				['a.jpg 1x, b.jpg 1x', 'two images have the descriptor 1x'],
				['a.jpg 640w, b.jpg 640w', 'two images have the descriptor 640w'],
				['a.jpg, b.jpg 1x', 'two images have the descriptor 1x or none'],
				['a.jpg, bb.jpg', 'two images have the descriptor 1x or none'],
				['a.jpg 640w, b.jpg 2x', 'only some of its images have a width'],
				['a.jpg wide', 'wide is not a descriptor'],
				['a.jpg 0w', 'an image has a width or density of zero'],
				['a.jpg 1.5w', '1.5w is not a descriptor'],
				['潮汐 水.jpg 640w', 'an image has several descriptors, or a space in its URL: 水.jpg 640w'],
				[', ,', 'it lists no images'],
			];
			for (const [value, fault] of cases)
				assertFindings('image/srcset', inArticle(`<img src="a.jpg" srcset="${value}" alt="a">`), [
					[value, `Invalid srcset: ${fault}`],
				]);
			assertFindings(
				'image/srcset',
				inArticle('<picture><source data-srcset="a.jpg 2q"><img src="a.jpg" alt="a"></picture>'),
				[['a.jpg 2q', 'Invalid data-srcset: 2q is not a descriptor']],
			);
		});
		it('accepts lists from real articles', () => {
			assertQuiet(
				'image/srcset',
				...[
					'',
					'a.jpg',
					'a.jpg 1x, b.jpg 2x',
					'a.jpg, b.jpg 1.5x',
					'https://i.example/w_200,h_100/a.jpg 200w, https://i.example/w_400,h_200/a.jpg 400w',
					'\n\ta.jpg 200w,\n\tb.jpg 400w\n',
					'a.jpg 200w,b.jpg 400w',
					'潮\u00a0水.jpg 1x, 浪\u3000水.jpg 2x',
				].map(value => `<img src="a.jpg" srcset="${value}" alt="a">`),
			);
		});
	});

	describe('image/size', () => {
		it('reports an aspect ratio that differs from the file', () => {
			assertFixed(
				'image/size',
				inArticle('<img src="pictures/bridge.png" width="320" height="320" alt="桥">'),
				[['height="320"', 'The image is declared as 320 × 320, but its file is 640 × 480']],
				inArticle('<img src="pictures/bridge.png" width="320" height="240" alt="桥">'),
			);
		});
		it('allows for rounding, scaling and missing sides', () => {
			assertQuiet(
				'image/size',
				'<img src="pictures/bridge.png" width="1280" height="960" alt="a">',
				'<img src="pictures/bridge.png" width="13" height="10" alt="a">',
				'<img src="pictures/bridge.png" width="320" alt="a">',
				'<img src="pictures/bridge.png" width="100%" height="320" alt="a">',
				'<img src="https://i.example/bridge.png" width="320" height="320" alt="a">',
			);
		});
	});

	describe('image/tracking-pixel', () => {
		const rule = 'image/tracking-pixel';
		for (const pixel of [
			'<img src="https://stats.example/view?post=7" width="1" height="1" alt="">',
			'<img src="https://stats.example/a.gif" width="0" height="0">',
			'<img src="//stats.example/a" style="width: 1px; height:1px !important">',
			'<img src="https://pixel.wp.com/b.gif?v=noscript" alt="">',
			'<img src="https://hm.baidu.com/hm.gif?si=1" style="display:none">',
		])
			it(`reports ${pixel}`, () => {
				const text = inArticle(`<p>潮水</p>${pixel}`);
				assert.equal(findings(rule, text)[0]?.[0], pixel);
				assert.equal(fixed(rule, text), inArticle('<p>潮水</p>'));
			});
		it('says whom the image tells of the reader', () =>
			assertFindings(rule, inArticle('<img src="https://stats.example/view" width="1" height="1">'), [
				[
					'<img src="https://stats.example/view" width="1" height="1">',
					'The image shows nothing, and tells stats.example who opens the article',
				],
			]));
		it('ignores pictures, spacers, data and lazy images', () =>
			assertQuiet(
				rule,
				'<img src="https://a.example/x.png" width="1" height="600">',
				'<img src="https://a.example/x.png" width="100%" height="1">',
				'<img src="https://a.example/spacer.gif" width="1" height="1">',
				'<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="1" height="1">',
				'<img src="https://a.example/blank.gif" data-src="https://a.example/x.png" width="1" height="1">',
				'<img src="https://a.example/pixel-art.gif" style="max-width: 1px">',
				'<img src="https://a.example/facebook.com/tr.png">',
			));
	});
});

describe('rules: figure', () => {
	describe('figure/empty', () => {
		it('reports a figure that shows nothing', () => {
			assertFixed(
				'figure/empty',
				inArticle('<p>一</p><figure class="x"><div> <figcaption></figcaption></div></figure><p>二</p>'),
				[['<figure class="x">', 'The figure is empty']],
				inArticle('<p>一</p><p>二</p>'),
			);
			assert.equal(check(inArticle('<p>一</p><figure></figure>'))[0]?.tag, 'unnecessary');
		});
		it('accepts an image, a lazy-loaded image, a table, code, an embed, a quote, a drawing', () => {
			assertQuiet(
				'figure/empty',
				'<figure><img src="a.jpg" alt="a"></figure>',
				'<figure><noscript><img src="a.jpg" alt="a"></noscript></figure>',
				'<figure><table></table></figure><figure><pre>x</pre></figure>',
				'<figure><iframe src="https://v.example/1"></iframe></figure><figure><video src="a.mp4"></video></figure>',
				'<figure><blockquote>潮</blockquote></figure><figure><svg></svg></figure>',
				'<figure><figure><img src="a.jpg" alt="a"></figure></figure>',
			);
		});
	});

	describe('figure/missing-caption', () => {
		it('reports a figure without a caption', () => {
			assertFindings(
				'figure/missing-caption',
				inArticle(
					'<figure><img src="a.jpg" alt="潮"></figure><figure><img src="b.jpg" alt="浪"><figcaption> </figcaption></figure>',
				),
				[
					['<figure>', 'The figure has no caption'],
					['<figure>', 'The figure has no caption'],
				],
			);
		});
		it('accepts a caption or a credit, and images outside figures', () => {
			assertQuiet(
				'figure/missing-caption',
				'<figure><img src="a.jpg" alt="a"><figcaption>潮水</figcaption></figure>',
				'<figure><img src="a.jpg" alt="a"><figcaption><cite>Li Wen</cite></figcaption></figure>',
				'<p><img src="a.jpg" alt="a"></p>',
				'<figure><pre>x</pre></figure>',
			);
		});
	});
});
