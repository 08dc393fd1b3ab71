import assert from 'node:assert/strict';
import { type Article, parseArticle } from '../../../server/src/article/article.ts';

const article = (body: string): Article =>
	parseArticle(`<!--1639640221000-->\n[T](https://news.example/a/)\n------\n\n${body}\n`);

/** Returns each figure's shape, image URLs, caption, credit, and source text. */
function figures(body: string): unknown[] {
	const parsed = article(body);
	return parsed.figures.map(({ shape, images, caption, credit, span }) => [
		shape,
		images.map(image => image.source?.value).join(' '),
		caption?.label ?? '',
		credit?.label ?? '',
		parsed.text.slice(span.start, span.end),
	]);
}

describe('figures', () => {
	it('finds a figure element with its caption and credit', () => {
		const figure = '<figure><img src="a.jpg"><figcaption>港口的早晨。 <cite>李明</cite></figcaption></figure>';
		assert.deepEqual(figures(`<p>x</p>${figure}`), [['figure', 'a.jpg', '港口的早晨。', '李明', figure]]);
	});

	it('finds a small after the image', () => {
		const block = '<p><img src="a.jpg"><small style="color: #999;">Harbour</small></p>';
		assert.deepEqual(figures(block), [['small', 'a.jpg', 'Harbour', '', block]]);
	});

	it('finds a small in the div after the image', () => {
		const pair = '<img src="a.jpg"><div><small>Harbour</small></div>';
		assert.deepEqual(figures(`<section>${pair}<p>Text</p></section>`), [['small-after', 'a.jpg', 'Harbour', '', pair]]);
		const wrapped = '<p><a href="b"><img src="a.jpg"></a></p> <div><small>Harbour</small></div>';
		assert.deepEqual(figures(`<section>${wrapped}</section>`), [['small-after', 'a.jpg', 'Harbour', '', wrapped]]);
	});

	it('finds divs with figure classes', () => {
		const block =
			'<div class="ArticleFigure"><div class="inner"><img src="a.jpg"></div><div class="caption">Harbour <span class="Copyright">M. Lee</span></div></div>';
		assert.deepEqual(figures(`<div>${block}<p>Text</p></div>`), [['classes', 'a.jpg', 'Harbour', 'M. Lee', block]]);
		const apart =
			'<div class="image"><img src="a.jpg"><p class="caption-text">Harbour</p><p class="credit">M. Lee</p></div>';
		assert.deepEqual(figures(apart), [['classes', 'a.jpg', 'Harbour', 'M. Lee', apart]]);
	});

	it('finds an image alone in any wrapper', () => {
		for (const block of [
			'<p><img src="a.jpg"></p>',
			'<p><a href="b"><img src="a.jpg"></a></p>',
			'<div><picture><source srcset="b.webp"><img src="a.jpg"></picture></div>',
			'<img src="a.jpg">',
		]) {
			assert.deepEqual(figures(`${block}<p>Text</p>`), [['alone', 'a.jpg', '', '', block]]);
		}
	});

	it('treats each image of a block without text as a figure', () => {
		assert.deepEqual(
			figures('<p><img src="a.jpg"><br><img src="b.jpg"></p>').map(figure => (figure as string[])[1]),
			['a.jpg', 'b.jpg'],
		);
	});

	it('keeps the images of a figure together, and those of a gallery apart', () => {
		assert.deepEqual(
			figures('<figure><img src="a.jpg"><img src="b.jpg"><figcaption>Two</figcaption></figure>').map(figure =>
				(figure as string[]).slice(0, 3),
			),
			[['figure', 'a.jpg b.jpg', 'Two']],
		);
		assert.deepEqual(
			figures('<figure><figure><img src="a.jpg"></figure><figure><img src="b.jpg"></figure></figure>').map(figure =>
				(figure as string[]).slice(0, 2),
			),
			[
				['figure', 'a.jpg'],
				['figure', 'b.jpg'],
			],
		);
	});

	it('ignores images in running text and tracking pixels', () => {
		assert.deepEqual(
			figures('<p>A smile <img src="smile.png"> and more.</p><img src="https://count.example/x" width="1" height="1">'),
			[],
		);
	});

	it('keeps a figure without images', () => {
		assert.deepEqual(
			figures('<figure></figure><figure><pre>x</pre></figure>').map(figure => (figure as string[]).slice(0, 2)),
			[
				['figure', ''],
				['figure', ''],
			],
		);
	});
});

describe('images', () => {
	/** Returns the attribute and value of each image's URL, and the text at its span. */
	function images(body: string): unknown[] {
		const parsed = article(body);
		return parsed.images.map(({ source, lazy, span }) => [
			source?.attribute,
			source?.value,
			source && parsed.text.slice(source.span.start, source.span.end),
			lazy ? 'lazy' : 'plain',
			parsed.text.slice(span.start, span.end).slice(0, 4),
		]);
	}

	it('finds the real URL of a lazy image and counts its noscript twin once', () => {
		assert.deepEqual(
			images(
				'<img src="data:image/gif;base64,R0" data-src="a.jpg?x=1&amp;y=2"><noscript><img src="a.jpg?x=1&amp;y=2"></noscript>',
			),
			[['data-src', 'a.jpg?x=1&y=2', 'a.jpg?x=1&amp;y=2', 'lazy', '<img']],
		);
		assert.deepEqual(images('<noscript><img src="a.jpg"></noscript><img src="data:," data-lazy-src="a.jpg">'), [
			['data-lazy-src', 'a.jpg', 'a.jpg', 'lazy', '<img'],
		]);
		assert.deepEqual(images('<p><img src="data:,"></p><p><noscript><img src="a.jpg"></noscript></p>').length, 2);
	});

	const GIF = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

	for (const [what, body] of [
		[
			'in two noscripts, once as a lazy image',
			`<img data-lazy-src="/a.jpg?l=1" srcset="${GIF}"><noscript><img data-lazy-src="/a.jpg?l=1" src="/a.jpg"></noscript> <noscript><img src="/a.jpg"></noscript>`,
		],
		[
			'in three noscripts in other sizes',
			'<img data-src="//x.example/a.jpg"><noscript><img src="https://x.example/a.jpg?w=9"></noscript><!-- x --><noscript><img src="http://x.example/a.jpg"></noscript><noscript><img src="//x.example/a.jpg#x"></noscript>',
		],
		[
			'twice in one noscript',
			'<img data-src="/a.jpg"><noscript><img src="/a.jpg"><p><img src="/a.jpg?w=2"></p></noscript>',
		],
		['in nested noscripts', '<img data-src="/a.jpg"><noscript><noscript><img src="/a.jpg"></noscript></noscript>'],
		['in a noscript before it', '<noscript><img src="/a.jpg"></noscript><img src="/a.jpg" data-src="/a.jpg">'],
	] as const)
		it(`counts an image once that is ${what}`, () => {
			assert.equal(images(body).length, 1);
			assert.equal(figures(`<figure>${body}<figcaption>Cap</figcaption></figure>`).length, 1);
		});

	for (const [what, body] of [
		[
			'a different image in the second noscript',
			'<img data-src=/a.jpg><noscript><img src=/a.jpg></noscript><noscript><img src=/b.jpg></noscript>',
		],
		[
			'an image that differs only in its query',
			'<img data-src="/i?n=1"><noscript><img src="/i?n=1"></noscript><noscript><img src="/i?n=2"></noscript>',
		],
		[
			'the same image after text',
			'<img data-src=/a.jpg><noscript><img src=/a.jpg></noscript> again <noscript><img src=/a.jpg></noscript>',
		],
		['two images in one noscript', '<img data-src=/a.jpg><noscript><img src=/a.jpg><img src=/b.jpg></noscript>'],
	] as const)
		it(`counts ${what} separately`, () => assert.equal(images(body).length, 2));

	for (const [what, tag, attribute, value = '/p/a.jpg'] of [
		['the usual attributes', 'src="/x.gif" data-original="/p/a.jpg"', 'data-original'],
		['an attribute name for images', `src="${GIF}" data-img-src="/p/a.jpg"`, 'data-img-src'],
		[
			'any attribute with an image file',
			'data-x="https://x.example/a.webp?w=9"',
			'data-x',
			'https://x.example/a.webp?w=9',
		],
		[
			'an image file with a size suffix',
			'data-cover="https://x.example/a.png!w640"',
			'data-cover',
			'https://x.example/a.png!w640',
		],
		[
			'a URL without a file name',
			'data-image-url="https://x.example/i/12"',
			'data-image-url',
			'https://x.example/i/12',
		],
		['a placeholder file name', 'src="/img/blank.gif" data-full="/p/a.jpg"', 'data-full'],
		['several sizes', 'data-bgset="/p/s.jpg 1x, /p/a.jpg 2x"', 'data-bgset'],
		[
			'the best of several attributes',
			'data-thumb="/p/s.jpg" data-full="/p/a.jpg" data-medium-file="/p/m.jpg"',
			'data-full',
		],
		['a thumbnail if there is no other', 'data-thumb="/p/a.jpg"', 'data-thumb'],
		['a link to the image file', 'data-link="/p/a.jpg"', 'data-link'],
	] as const)
		it(`recognises a lazy image by ${what}`, () =>
			assert.deepEqual(
				images(`<img ${tag}>`).map(image => (image as unknown[]).slice(0, 2)),
				[[attribute, value]],
			));

	for (const [what, tag, source] of [
		['an image that loads anyway', 'src="/a.jpg" data-src="/a.jpg"', 'src'],
		['the same URL with a scheme', 'src="//x.example/a.jpg" data-src="https://x.example/a.jpg"', 'src'],
		['one of several sizes', 'src="/a.jpg" data-srcset="/a.jpg 1x, /b.jpg 2x"', 'src'],
		['a larger image of the same kind', 'src="/a.jpg" data-orig-file="/b.jpg" data-large-file="/c.jpg"', 'src'],
		[
			'the page of the image',
			'src="/a.jpg" data-permalink="https://x.example/a/" data-url="https://x.example/"',
			'src',
		],
		[
			'only the page',
			'data-permalink="https://x.example/a/" data-url="https://x.example/" data-link="/story"',
			undefined,
		],
		['an image for another site', 'data-pin-media="https://x.example/pin.jpg" data-share-image="/s.jpg"', undefined],
		['a title or name', 'data-image-title="photo.jpg" data-src="true" data-name="a/b.jpg"', undefined],
		['a value that is not a URL', `data-image-meta='{"file":"/a.jpg"}' data-full="false" data-img="12"`, undefined],
	] as const)
		it(`does not take ${what} for a lazy image`, () =>
			assert.deepEqual(
				images(`<img ${tag}>`).map(image => [(image as unknown[])[0], (image as unknown[])[3]]),
				[[source, 'plain']],
			));

	it('falls back to the twin if the image has no URL', () => {
		assert.deepEqual(images('<img class="lazy"><noscript><img src=a.jpg></noscript>'), [
			['src', 'a.jpg', 'a.jpg', 'lazy', '<img'],
		]);
	});

	it('keeps an image that is only in a noscript', () => {
		assert.deepEqual(images('<p>Text</p><noscript><img src="a.jpg"></noscript>'), [
			['src', 'a.jpg', 'a.jpg', 'plain', '<img'],
		]);
	});

	it('uses the largest image of a srcset if there is no src', () => {
		assert.deepEqual(images('<img srcset="s.jpg 300w, l.jpg 1200w">'), [
			['srcset', 'l.jpg', 's.jpg 300w, l.jpg 1200w', 'plain', '<img'],
		]);
		assert.deepEqual(images('<picture><source srcset="b.webp 2x, a.webp"><img></picture>'), [
			['srcset', 'b.webp', 'b.webp 2x, a.webp', 'plain', '<img'],
		]);
	});

	it('has no URL if the article names none', () => {
		assert.deepEqual(
			images('<img src="data:image/gif;base64,R0lGOD" class="lazy"><img alt="x"><img src="">').map(
				image => (image as unknown[])[1],
			),
			[undefined, undefined, undefined],
		);
	});
});
