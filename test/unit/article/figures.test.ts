import assert from 'node:assert/strict';
import { type Article, parseArticle } from '../../../server/src/article/article.ts';

const article = (body: string): Article =>
	parseArticle(`<!--1639640221000-->\n[T](https://news.example/a/)\n------\n\n${body}\n`);

/** Each figure as shape, its images' sources, caption, credit, and its source text. */
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
	it('finds the element, its caption and its credit', () => {
		const figure = '<figure><img src="a.jpg"><figcaption>港口的早晨。 <cite>李明</cite></figcaption></figure>';
		assert.deepEqual(figures(`<p>x</p>${figure}`), [['figure', 'a.jpg', '港口的早晨。', '李明', figure]]);
	});

	it('finds a small behind the image', () => {
		const block = '<p><img src="a.jpg"><small style="color: #999;">Harbour</small></p>';
		assert.deepEqual(figures(block), [['small', 'a.jpg', 'Harbour', '', block]]);
	});

	it('finds a small in the div after the image', () => {
		const pair = '<img src="a.jpg"><div><small>Harbour</small></div>';
		assert.deepEqual(figures(`<section>${pair}<p>Text</p></section>`), [['small-after', 'a.jpg', 'Harbour', '', pair]]);
		const wrapped = '<p><a href="b"><img src="a.jpg"></a></p> <div><small>Harbour</small></div>';
		assert.deepEqual(figures(`<section>${wrapped}</section>`), [['small-after', 'a.jpg', 'Harbour', '', wrapped]]);
	});

	it('finds divs that say what they are', () => {
		const block =
			'<div class="ArticleFigure"><div class="inner"><img src="a.jpg"></div><div class="caption">Harbour <span class="Copyright">M. Lee</span></div></div>';
		assert.deepEqual(figures(`<div>${block}<p>Text</p></div>`), [['classes', 'a.jpg', 'Harbour', 'M. Lee', block]]);
		const apart =
			'<div class="image"><img src="a.jpg"><p class="caption-text">Harbour</p><p class="credit">M. Lee</p></div>';
		assert.deepEqual(figures(apart), [['classes', 'a.jpg', 'Harbour', 'M. Lee', apart]]);
	});

	it('finds an image alone, however it is wrapped', () => {
		for (const block of [
			'<p><img src="a.jpg"></p>',
			'<p><a href="b"><img src="a.jpg"></a></p>',
			'<div><picture><source srcset="b.webp"><img src="a.jpg"></picture></div>',
			'<img src="a.jpg">',
		]) {
			assert.deepEqual(figures(`${block}<p>Text</p>`), [['alone', 'a.jpg', '', '', block]]);
		}
	});

	it('takes each image of a block without text as a figure', () => {
		assert.deepEqual(
			figures('<p><img src="a.jpg"><br><img src="b.jpg"></p>').map(figure => (figure as string[])[1]),
			['a.jpg', 'b.jpg'],
		);
	});

	it('keeps the images of one figure together, and a gallery apart', () => {
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

	it('has no figure for an image in running text or one that counts visits', () => {
		assert.deepEqual(
			figures('<p>A smile <img src="smile.png"> and more.</p><img src="https://count.example/x" width="1" height="1">'),
			[],
		);
	});

	it('keeps a figure that holds something else, or nothing', () => {
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
	/** Each image as the attribute and value of its true source, and the text at its place. */
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

	it('finds the true source of a lazy image and counts its noscript twin once', () => {
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
			'in two noscripts, one of them lazy itself',
			`<img data-lazy-src="/a.jpg?l=1" srcset="${GIF}"><noscript><img data-lazy-src="/a.jpg?l=1" src="/a.jpg"></noscript> <noscript><img src="/a.jpg"></noscript>`,
		],
		[
			'in three, of other sizes',
			'<img data-src="//x.example/a.jpg"><noscript><img src="https://x.example/a.jpg?w=9"></noscript><!-- x --><noscript><img src="http://x.example/a.jpg"></noscript><noscript><img src="//x.example/a.jpg#x"></noscript>',
		],
		['twice in one', '<img data-src="/a.jpg"><noscript><img src="/a.jpg"><p><img src="/a.jpg?w=2"></p></noscript>'],
		['in noscript in noscript', '<img data-src="/a.jpg"><noscript><noscript><img src="/a.jpg"></noscript></noscript>'],
		['before it too', '<noscript><img src="/a.jpg"></noscript><img src="/a.jpg" data-src="/a.jpg">'],
	] as const)
		it(`counts a picture once that stands ${what}`, () => {
			assert.equal(images(body).length, 1);
			assert.equal(figures(`<figure>${body}<figcaption>Cap</figcaption></figure>`).length, 1);
		});

	for (const [what, body] of [
		[
			'another picture in the second noscript',
			'<img data-src=/a.jpg><noscript><img src=/a.jpg></noscript><noscript><img src=/b.jpg></noscript>',
		],
		[
			'one that only the query tells apart',
			'<img data-src="/i?n=1"><noscript><img src="/i?n=1"></noscript><noscript><img src="/i?n=2"></noscript>',
		],
		[
			'the same picture behind words',
			'<img data-src=/a.jpg><noscript><img src=/a.jpg></noscript> again <noscript><img src=/a.jpg></noscript>',
		],
		['two in one noscript', '<img data-src=/a.jpg><noscript><img src=/a.jpg><img src=/b.jpg></noscript>'],
	] as const)
		it(`counts ${what} by itself`, () => assert.equal(images(body).length, 2));

	for (const [what, tag, attribute, value = '/p/a.jpg'] of [
		['the usual attributes', 'src="/x.gif" data-original="/p/a.jpg"', 'data-original'],
		['a name that speaks of a picture', `src="${GIF}" data-img-src="/p/a.jpg"`, 'data-img-src'],
		[
			'any name with a file of pictures',
			'data-x="https://x.example/a.webp?w=9"',
			'data-x',
			'https://x.example/a.webp?w=9',
		],
		[
			'a file with a size of a Chinese host',
			'data-cover="https://x.example/a.png!w640"',
			'data-cover',
			'https://x.example/a.png!w640',
		],
		[
			'an address without a file name',
			'data-image-url="https://x.example/i/12"',
			'data-image-url',
			'https://x.example/i/12',
		],
		['a stand-in by its name', 'src="/img/blank.gif" data-full="/p/a.jpg"', 'data-full'],
		['several sizes', 'data-bgset="/p/s.jpg 1x, /p/a.jpg 2x"', 'data-bgset'],
		['the best of several', 'data-thumb="/p/s.jpg" data-full="/p/a.jpg" data-medium-file="/p/m.jpg"', 'data-full'],
		['a small one where there is no other', 'data-thumb="/p/a.jpg"', 'data-thumb'],
		['a link to the file of the picture', 'data-link="/p/a.jpg"', 'data-link'],
	] as const)
		it(`knows a lazy picture by ${what}`, () =>
			assert.deepEqual(
				images(`<img ${tag}>`).map(image => (image as unknown[]).slice(0, 2)),
				[[attribute, value]],
			));

	for (const [what, tag, source] of [
		['what loads by itself', 'src="/a.jpg" data-src="/a.jpg"', 'src'],
		['the same with a scheme', 'src="//x.example/a.jpg" data-src="https://x.example/a.jpg"', 'src'],
		['one of several sizes', 'src="/a.jpg" data-srcset="/a.jpg 1x, /b.jpg 2x"', 'src'],
		['a larger one beside it', 'src="/a.jpg" data-orig-file="/b.jpg" data-large-file="/c.jpg"', 'src'],
		[
			'the page of the picture',
			'src="/a.jpg" data-permalink="https://x.example/a/" data-url="https://x.example/"',
			'src',
		],
		[
			'the page alone',
			'data-permalink="https://x.example/a/" data-url="https://x.example/" data-link="/story"',
			undefined,
		],
		['a picture for another site', 'data-pin-media="https://x.example/pin.jpg" data-share-image="/s.jpg"', undefined],
		['a name', 'data-image-title="photo.jpg" data-src="true" data-name="a/b.jpg"', undefined],
		['what is no address', `data-image-meta='{"file":"/a.jpg"}' data-full="false" data-img="12"`, undefined],
	] as const)
		it(`takes no lazy picture from ${what}`, () =>
			assert.deepEqual(
				images(`<img ${tag}>`).map(image => [(image as unknown[])[0], (image as unknown[])[3]]),
				[[source, 'plain']],
			));

	it('falls back to the twin where the image has no source', () => {
		assert.deepEqual(images('<img class="lazy"><noscript><img src=a.jpg></noscript>'), [
			['src', 'a.jpg', 'a.jpg', 'lazy', '<img'],
		]);
	});

	it('keeps an image that stands in noscript alone', () => {
		assert.deepEqual(images('<p>Text</p><noscript><img src="a.jpg"></noscript>'), [
			['src', 'a.jpg', 'a.jpg', 'plain', '<img'],
		]);
	});

	it('takes the largest picture of a srcset where there is no src', () => {
		assert.deepEqual(images('<img srcset="s.jpg 300w, l.jpg 1200w">'), [
			['srcset', 'l.jpg', 's.jpg 300w, l.jpg 1200w', 'plain', '<img'],
		]);
		assert.deepEqual(images('<picture><source srcset="b.webp 2x, a.webp"><img></picture>'), [
			['srcset', 'b.webp', 'b.webp 2x, a.webp', 'plain', '<img'],
		]);
	});

	it('has no source where the file names none', () => {
		assert.deepEqual(
			images('<img src="data:image/gif;base64,R0lGOD" class="lazy"><img alt="x"><img src="">').map(
				image => (image as unknown[])[1],
			),
			[undefined, undefined, undefined],
		);
	});
});
