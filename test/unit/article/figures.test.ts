import assert from 'node:assert/strict';
import { type Article, parseArticle } from '../../../server/src/article/article.ts';
import { buildOutline } from '../../../server/src/article/outline.ts';

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

	/** Returns the caption and credit of each figure, as labels and as the text at their places. */
	function words(body: string): unknown[] {
		const parsed = article(body);
		return parsed.figures.map(({ images, caption, credit }) => [
			images.map(image => image.source?.value).join(' '),
			...[caption, credit].map(part => part?.label ?? ''),
			...[caption, credit].map(part => (part ? parsed.text.slice(part.span.start, part.span.end) : '')),
		]);
	}
	const labels = (body: string): unknown[] => words(body).map(figure => (figure as unknown[]).slice(0, 3));

	for (const [what, body] of [
		[
			'a figure beside it that has only the caption',
			'<div class="wide img"><div><img src="a.jpg"></div><div><figure><figcaption><p class="cap-desc">The quay.</p><p class="cap-cred">Lu Wei</p></figcaption></figure></div></div>',
		],
		[
			'the credit first',
			'<div class="field"><div><a href="big.jpg"><img src="a.jpg"></a></div><div><div class="photo-credit">Lu Wei</div></div><div><div class="photo-caption"><p>The quay.</p></div></div></div>',
		],
		[
			'the caption before the image',
			'<div class="photo"><p class="photo-caption">The quay.</p><img src="a.jpg"><p class="photo-credit">Lu Wei</p></div>',
		],
		[
			'a grid, with the caption in a cell of its own',
			'<div class="Figure-sc-1"><div class="Cell-sc-2"><img src="a.jpg"><p role="text" class="Copyright-sc-3"><span class="VisuallyHiddenText-sc-4">Image source, </span><span>Lu Wei</span></p></div><div class="Cell-sc-2"><p>The quay.</p></div></div>',
		],
		[
			'hidden words that say what follows',
			'<figure><div><img src="a.jpg"></div><span role="text"><span class="visually-hidden">Image source, </span>Lu Wei</span><figcaption><span class="visually-hidden">Image caption, </span><p>The quay.</p></figcaption></figure>',
		],
		[
			'a credit after the caption',
			'<figure><img src="a.jpg"><figcaption>The quay.</figcaption><span class="credit">Photo: Lu Wei</span></figure>',
		],
		[
			'a credit in the caption',
			'<figure><img src="a.jpg"><figcaption><span>The quay.</span> <span class="media__credit">Lu Wei</span></figcaption></figure>',
		],
		[
			'a credit behind a word',
			'<figure><img src="a.jpg"><figcaption><span aria-hidden="true">The quay.</span><span class="css-credit"><span class="css-label visually-hidden">Credit...</span><span>Lu Wei</span></span></figcaption></figure>',
		],
		['words at the end', '<figure><img src="a.jpg"><figcaption>The quay. Photo: Lu Wei</figcaption></figure>'],
		['a paragraph in the figure', '<figure><img src="a.jpg"><p>The quay.</p><cite>Lu Wei</cite></figure>'],
		[
			'WordPress',
			'<div class="wp-caption alignnone" style="width: 310px"><a href="b.jpg"><img src="a.jpg"></a><p class="wp-caption-text">The quay. Photo by Lu Wei</p></div>',
		],
		[
			'a shortcode of WordPress',
			'<p>[caption id="attachment_1" align="alignnone" width="300"]<img src="a.jpg"> The quay. © Lu Wei[/caption]</p>',
		],
		[
			'Blogger',
			'<table class="tr-caption-container"><tbody><tr><td><img src="a.jpg"></td></tr><tr><td class="tr-caption">The quay. (Lu Wei/The Ferry)</td></tr></tbody></table>',
			'Lu Wei/The Ferry',
		],
		[
			'Substack',
			'<div class="captioned-image-container"><figure><a class="image-link" href="b"><div class="image2-inset"><img src="a.jpg"></div></a><figcaption class="image-caption">The quay. Photograph: Lu Wei</figcaption></figure></div>',
		],
		[
			'Ghost',
			'<figure class="kg-card kg-image-card kg-card-hascaption"><img class="kg-image" src="a.jpg"><figcaption><span>The quay. Photo by Lu Wei</span></figcaption></figure>',
		],
		[
			'Drupal',
			'<div class="field--name-field-image"><img src="a.jpg"><div class="field--name-field-caption">The quay.</div><div class="field--name-field-photo-credit">Photo: Lu Wei</div></div>',
		],
		[
			'schema.org',
			'<div itemprop="image"><img src="a.jpg"><p itemprop="caption">The quay.</p><p itemprop="copyrightHolder">Lu Wei</p></div>',
		],
		[
			'elements after the image',
			'<div><p><img src="a.jpg"></p><p class="image-caption">The quay.</p><p class="image-credit">Lu Wei</p><p>Text of the article.</p></div>',
		],
		[
			'an element after the figure',
			'<figure><img src="a.jpg"></figure><p class="caption">The quay. Photo: Lu Wei</p><p>Text.</p>',
		],
		[
			'arrows and marks',
			'<p><img src="a.jpg"></p><p>▲ The quay. Photo: Lu Wei</p><p>Text.</p>',
			undefined,
			'▲ The quay.',
		],
	] as readonly (readonly [string, string, string?, string?])[])
		it(`finds caption and credit: ${what}`, () =>
			assert.deepEqual(labels(`<p>Before.</p>${body}`), [
				[
					'a.jpg',
					body.includes('▲') ? '▲ The quay.' : 'The quay.',
					body.includes('The Ferry') ? 'Lu Wei/The Ferry' : 'Lu Wei',
				],
			]));

	it('places parts of a text in the source, whatever is encoded in it', () => {
		assert.deepEqual(
			words(
				'<figure><img src="a.jpg"><figcaption>\n Quay &amp; sea.&nbsp;Photo: <b>Lu</b> &amp; Wei&#46;\n</figcaption></figure>',
			),
			[['a.jpg', 'Quay & sea.', 'Lu & Wei', 'Quay &amp; sea.', 'Lu</b> &amp; Wei']],
		);
		assert.deepEqual(words('<figure><img src="a.jpg"><figcaption>港口的早晨。（图源：渡口报）</figcaption></figure>'), [
			['a.jpg', '港口的早晨。', '渡口报', '港口的早晨。', '渡口报'],
		]);
	});

	it('leaves the credit of a picture in the article', () => {
		for (const body of [
			'<div class="Figure-1"><div><img src="a.jpg"><p class="Copyright-2">Lu Wei</p></div><div><p>The quay.</p></div></div>',
			'<figure><img src="a.jpg"><figcaption>The quay. <span class="copyright">Lu Wei</span></figcaption></figure>',
		])
			assert.deepEqual(
				article(`<p>Nobody was at the quay, and the boats were gone.</p>${body}`).regions.furniture,
				[],
				body,
			);
	});

	it('finds the captions of a gallery', () => {
		assert.deepEqual(
			labels(
				'<h3>灯</h3><div><img src="a.jpg"><b>灯之一：早</b>：早上的灯还亮着。</div><div><img src="b.jpg"><b>灯之二：晚</b>：晚上的灯很多。</div>',
			),
			[
				['a.jpg', '灯之一：早：早上的灯还亮着。', ''],
				['b.jpg', '灯之二：晚：晚上的灯很多。', ''],
			],
		);
		assert.deepEqual(
			labels(
				'<div class="gallery"><dl class="gallery-item"><dt class="gallery-icon"><a href="x"><img src="a.jpg"></a></dt><dd class="wp-caption-text gallery-caption">One</dd></dl><dl class="gallery-item"><dt><img src="b.jpg"></dt><dd class="wp-caption-text gallery-caption">Two</dd></dl></div>',
			),
			[
				['a.jpg', 'One', ''],
				['b.jpg', 'Two', ''],
			],
		);
	});

	it('finds one caption of several pictures', () => {
		for (const body of [
			'<figure class="gallery"><figure><img src="a.jpg"></figure><figure><img src="b.jpg"></figure><figcaption>Both</figcaption></figure>',
			'<div class="photos"><div><img src="a.jpg"></div><div><img src="b.jpg"></div><p class="photo-caption">Both</p></div>',
			'<p><img src="a.jpg"><br><img src="b.jpg"></p><p class="wp-caption-text">Both</p>',
		])
			assert.deepEqual(labels(`<p>Text</p>${body}<p>Text</p>`), [['a.jpg b.jpg', 'Both', '']], body);
	});

	for (const [what, body] of [
		['the next paragraph', '<p><img src="a.jpg"></p><p>The ferry left at nine.</p>'],
		[
			'a paragraph that begins with an image',
			'<div><img src="a.jpg"> The ferry left at nine, and nobody was on it.</div>',
		],
		['a bold paragraph', '<p><img src="a.jpg"></p><p><strong>The ferry</strong></p>'],
		['a paragraph in italics', '<p><img src="a.jpg"></p><p><em>This story was written by the harbour.</em></p>'],
		[
			'the byline of the page',
			'<div><img src="a.jpg"></div><div class="post-meta caption">By the ferry</div><p>Nobody was at the quay, and the boats were gone.</p>',
		],
		['a heading', '<div class="photo"><img src="a.jpg"><h2>The ferry</h2></div>'],
		['text with an image', '<div class="text-with-image"><img src="a.jpg"><p>The ferry left at nine.</p></div>'],
		['a teaser', '<div class="thumbnail"><img src="a.jpg"><p>The ferry left at nine.</p></div>'],
		[
			'a card',
			'<div class="media"><img src="a.jpg"><div class="media-body"><p>The ferry left at nine.</p><p>Nobody was on it.</p></div></div>',
		],
		[
			'the caption of another image',
			'<figure><img src="b.jpg"><figcaption>The quay</figcaption></figure><p><img src="a.jpg"></p>',
		],
		['a link', '<div class="image"><img src="a.jpg"><a href="x">Read more about the ferry</a></div>'],
		[
			'a video',
			'<div class="image"><img src="a.jpg"><p class="caption">The quay</p><p>The ferry.</p><iframe src="x"></iframe></div><p>Text.</p>',
		],
	] as const)
		it(`takes no caption: ${what}`, () => {
			const found = JSON.stringify(labels(body));
			assert.ok(!found.includes('ferry'), found);
		});

	for (const [what, body] of [
		['a share icon', '<a href="https://twitter.com/share?url=x"><img src="/icons/twitter.png" alt="Twitter logo"></a>'],
		[
			'a large share icon',
			'<div class="service-links"><a href="https://www.facebook.com/sharer.php?u=x"><img src="/f.png"></a></div>',
		],
		['the logo of an account', '<p><a href="https://weibo.com/courier"><img src="/img/weibo-logo.png"></a></p>'],
		['an avatar', '<div class="author-photo"><img src="/lu.jpg" width="96" height="96"></div>'],
		['an avatar of Gravatar', '<p><img src="https://secure.gravatar.com/avatar/1?s=96"></p>'],
		['an emoji', '<p><img class="wp-smiley" src="https://s.w.org/images/core/emoji/1.png" alt="😀"></p>'],
		['a tracking pixel by style', '<img src="https://count.example/x" style="width:1px;height:1px">'],
		['a counter', '<p><img src="https://feeds.feedburner.com/~r/courier/1"></p>'],
		['a spacer', '<p><img src="/img/spacer.gif" width="600" height="10"></p>'],
		['an icon', '<p><img src="/arrow.png" width="16" height="16"></p>'],
	] as const)
		it(`is no figure: ${what}`, () => assert.deepEqual(labels(`<p>Text</p>${body}`), []));

	it('keeps small images in a figure, and pictures of what could be an icon', () => {
		assert.equal(
			labels('<figure><img src="/stamp.png" width="30" height="30"><figcaption>A stamp</figcaption></figure>').length,
			1,
		);
		assert.equal(labels('<p><img src="/2021/twitter.png"></p>').length, 1);
	});

	it('names a figure in the outline by its caption, which is no paragraph', () => {
		const names = (body: string): readonly string[] =>
			(buildOutline(article(body))[0]?.children ?? []).map(
				({ kind, name, children }) => `${kind} ${name} ${children.length}`,
			);
		for (const body of [
			'<div class="photo"><div><img src="a.jpg"></div><div class="photo-caption"><p>The quay.</p></div><div class="photo-credit">Lu Wei</div></div>',
			'<div class="img"><div><img src="a.jpg"></div><div><figure><figcaption>The quay.</figcaption></figure></div></div>',
			'<img src="a.jpg"><div><small>The quay.</small></div>',
			'<p><img src="a.jpg"></p><div class="caption"><p>The quay.</p></div>',
			'<div class="caption"><p>The quay.</p></div><p><img src="a.jpg"></p>',
		])
			assert.deepEqual(names(`${body}<p>Text.</p>`), ['figure The quay. 0', 'paragraph Text. 0'], body);
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
		[
			'the mark of a loader on the same URL',
			'src="/a.jpg?w=9&ssl=1" data-lazy-src="/a.jpg?w=9&is-pending-load=1#038;ssl=1"',
			'src',
		],
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
