import assert from 'node:assert/strict';
import { MarkupKind } from 'vscode-languageserver';
import { createFiles, FOLDER, HEAD, hoverAt, png } from './harness.ts';

/** The lines of a Markdown hover. */
function lines(...parts: string[]): string {
	return parts.join('\n\n');
}

/** 34,650 bytes; the last ones are not read. */
const PICTURE = Buffer.concat([png(800, 500), Buffer.alloc(34_650 - png(800, 500).length)]);
const files = createFiles({
	[`${FOLDER}/pictures/quay.png`]: PICTURE,
	[`${FOLDER}/pictures/tall.txt`]: png(300, 900),
	[`${FOLDER}/pictures/icon.png`]: png(16, 16),
	[`${FOLDER}/pictures/notes.png`]: 'not a picture at all, but three lines of text',
	[`${FOLDER}/pictures/lfs.jpg`]:
		'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 34650\n',
	[`${FOLDER}/pictures/annex.jpg`]: '/annex/objects/SHA256E-s34650--4d7a214614ab2935c943f9e0ff69d22e.jpg\n',
	[`${FOLDER}/pictures/plan.svg`]:
		'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 56"></svg>',
	[`${FOLDER}/pictures/free.svg`]: '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
	[`${FOLDER}/pictures/%E6%B8%AF%20%7C%20a%20%28b%29.png`]: png(20, 10),
});

const LOCAL = lines(
	`**800 × 500** · 35 kB · PNG · [quay.png](${FOLDER}/pictures/quay.png)`,
	'The quay at low tide. *Ines Okafor*',
	`![A quay](${FOLDER}/pictures/quay.png|width=256)`,
);
const IMG = '<img src="pictures/quay.png" alt="A quay">';
const CITE = '<cite>Ines Okafor</cite>';
const CAPTION = `<figcaption>The quay at low tide. ${CITE}</figcaption>`;
const FIGURE = `<figure>${IMG}${CAPTION}</figure>`;

/** Returns the image section of a hover. */
async function picture(body: string): Promise<{ on: string | undefined; says: string | undefined }> {
	const hover = await hoverAt(HEAD + body, { files });
	return { on: hover?.on, says: hover?.says.split('\n\n---\n\n')[0] };
}

describe('hover: images', () => {
	it('shows a scaled local image below its file facts, on all parts of its figure', async () => {
		assert.deepEqual(await picture(FIGURE.replace('quay.png', 'qu‸ay.png')), { on: IMG, says: LOCAL });
		assert.deepEqual(await picture(FIGURE.replace('quay at', 'qu‸ay at')), { on: CAPTION, says: LOCAL });
		assert.deepEqual(await picture(FIGURE.replace('Ines', 'In‸es')), { on: CITE, says: LOCAL });
		assert.deepEqual(await picture(FIGURE.replace('<figure', '‸<figure')), { on: FIGURE, says: LOCAL });
	});

	it('supports other forms of figures', async () => {
		const said = lines(
			`**16 × 16** · ${png(16, 16).length} bytes · PNG · [icon.png](${FOLDER}/pictures/icon.png)`,
			'A caption',
			`![A caption](${FOLDER}/pictures/icon.png|width=16)`,
		);
		const img = '<img src="pictures/icon.png">';
		const small = '<small style="color: #999;">A caption</small>';
		for (const body of [
			`<p>${img}${small}</p>`,
			`<p>${img}</p><div>${small}</div>`,
			`<div class="Figure">${img}<div class="Caption">A caption</div></div>`,
		]) {
			assert.equal((await picture(body.replace('caption<', 'cap‸tion<'))).says, said, body);
			assert.deepEqual(await picture(body.replace('<img', '<im‸g')), { on: 'img', says: said }, body);
		}
	});

	it('scales tall images by height, and detects the format from the content', async () => {
		const { says } = await picture('<figure><img src="pictures/ta‸ll.txt"></figure>');
		assert.equal(
			says,
			lines(
				`**300 × 900** · ${png(300, 900).length} bytes · PNG · [tall.txt](${FOLDER}/pictures/tall.txt)`,
				`![](${FOLDER}/pictures/tall.txt|width=53)`,
			),
		);
	});

	it('reports that an image was not fetched, and how to fetch it', async () => {
		const said = (name: string, keeper: string, command: string): string =>
			lines(
				`**Not fetched** · [${name}](${FOLDER}/pictures/${name})`,
				`The image is stored in ${keeper} and has not been fetched (35 kB). To fetch it, run \`${command}\``,
				'Alternative text: A quay',
			);
		assert.equal(
			(await picture('<img src="pictures/lf‸s.jpg" alt="A quay" width="800" height="500">')).says,
			said('lfs.jpg', 'Git LFS', 'git lfs pull'),
		);
		assert.equal(
			(await picture('<img src="pictures/ann‸ex.jpg" alt="A quay">')).says,
			said('annex.jpg', 'git-annex', 'git annex get'),
		);
	});

	it('supports SVG with and without a size', async () => {
		assert.match((await picture('<img src="pictures/pl‸an.svg">')).says ?? '', /^\*\*90 × 56\*\* · 87 bytes · SVG · /);
		assert.match((await picture('<img src="pictures/fr‸ee.svg">')).says ?? '', /^46 bytes · SVG · [\s\S]*free\.svg\)$/);
	});

	it('finds files with special characters in their name', async () => {
		const name = `${FOLDER}/pictures/%E6%B8%AF%20%7C%20a%20%28b%29.png`;
		for (const src of ['pictures/港 | a (b).png', 'pictures/%E6%B8%AF%20%7C%20a%20(b).png'])
			assert.match(
				(await picture(`<img src="${src.replace('p', 'p‸')}">`)).says ?? '',
				new RegExp(`!\\[\\]\\(${name.replace(/[()]/g, '\\$&')}\\|width=20\\)$`),
			);
	});

	it('reports that a file is missing, or not an image', async () => {
		assert.equal((await picture('<img src="pictures/b‸oat.png">')).says, '**Missing file** · `pictures/boat.png`');
		assert.equal(
			(await picture('<img src="pictures/n‸otes.png">')).says,
			lines(
				`**Not an image** · 45 bytes · [notes.png](${FOLDER}/pictures/notes.png)`,
				`![](${FOLDER}/pictures/notes.png)`,
			),
		);
	});

	it('shows a remote image with its declared size', async () => {
		const body = '<figure><img src="https://img.example/a_(1)|2.jpg" width="1050" h‸eight="700"></figure>';
		assert.deepEqual(await picture(body), {
			on: 'height',
			says: lines(
				'**1050 × 700** declared · [img.example](https://img.example/a_%281%29%7C2.jpg)',
				'![](https://img.example/a_%281%29%7C2.jpg|width=240)',
			),
		});
	});

	it('names the origin of a proxied image', async () => {
		const src = 'https://images.weserv.nl/?url=static.example/a.jpg';
		assert.equal(
			(await picture(`<img s‸rc="${src}">`)).says,
			lines('[static.example](https://static.example/a.jpg) · via images.weserv.nl', `![](${src})`),
		);
	});

	it('resolves a relative URL against the source if there is no local file', async () => {
		assert.equal(
			(await picture('<img src="/im‸g/a.jpg">')).says,
			lines(
				'[news.example](https://news.example/img/a.jpg)',
				'`/img/a.jpg` resolved against the source',
				'![](https://news.example/img/a.jpg)',
			),
		);
	});

	it('does not show images that the editor cannot load', async () => {
		assert.equal(
			(await picture('<img src="http://img.ex‸ample/a.jpg">')).says,
			lines('[img.example](http://img.example/a.jpg)', 'Not shown because its URL is not HTTPS'),
		);
		assert.equal(
			(await picture('<img src="https://im‸g example/a.jpg">')).says,
			lines('**No image** · `https://img example/a.jpg`', 'Because the host img example contains a space'),
		);
	});

	it('finds the source of lazy-loaded images, also in noscript', async () => {
		const twin = '<img src="https://img.example/a.jpg">';
		const body = `<p><img src="data:image/gif;base64,R0lGOD" data-src="https://img.example/a.jpg"><noscript>${twin}</noscript></p>`;
		const says = lines(
			'[img.example](https://img.example/a.jpg)',
			'Loaded by a script from `data-src`',
			'![](https://img.example/a.jpg)',
		);
		assert.deepEqual(await picture(body.replace('data-src', 'data-s‸rc')), {
			on: body.slice(3, body.indexOf('<noscript>')),
			says,
		});
		assert.deepEqual(await picture(body.replace('<img src="https', '‸<img src="https')), { on: twin, says });
	});

	it('finds the image in picture and srcset', async () => {
		const body =
			'<picture><so‸urce srcset="https://a.example/1.jpg 1x, https://a.example/2.jpg 2x"><img alt="x"></picture>';
		assert.match((await picture(body)).says ?? '', /^\[a\.example\]\(https:\/\/a\.example\/2\.jpg\)/);
	});

	it('describes embedded images, and recognises placeholders', async () => {
		const data = `data:image/png;base64,${Buffer.from(png(30, 20)).toString('base64')}`;
		assert.equal(
			(await picture(`<img al‸t="x" src="${data}">`)).says,
			lines(
				`**30 × 20** · ${png(30, 20).length} bytes · PNG · embedded in the article`,
				'Alternative text: x',
				`![x](${data}|width=30)`,
			),
		);
		const dot = `data:image/png;base64,${Buffer.from(png(1, 1)).toString('base64')}`;
		assert.match((await picture(`<img s‸rc="${dot}">`)).says ?? '', /embedded in the article\n\nOnly a placeholder/);
		assert.equal(
			(await picture('<img s‸rc="about:blank">')).says,
			lines('**No image**', '`about:blank` is only a placeholder'),
		);
		assert.equal((await picture('<img a‸lt="">')).says, lines('**No image**', 'The image has no URL'));
		assert.match((await picture('<img s‸rc="data:image/png;base64,%%%">')).says ?? '', /^\*\*No image\*\*/);
	});

	it('numbers the images of a figure', async () => {
		const body = '<figure><img src="https://a.example/1.jpg"><img src="https://a.example/2‸.jpg"></figure>';
		assert.match((await picture(body)).says ?? '', /\/2\.jpg\)\n\nImage 2 of 2\n\n/);
		assert.match(
			(await picture(body.replace('‸', '').replace('<figure', '<fig‸ure'))).says ?? '',
			/\/1\.jpg\)\n\nImage 1 of 2\n\n/,
		);
	});

	it('shows the surrounding link above the image', async () => {
		const hover = await hoverAt(`${HEAD}<a href="https://a.example/large"><img src="pictures/ic‸on.png"></a>`, {
			files,
		});
		assert.match(hover?.says ?? '', /^\*\*a\.example\*\*[\s\S]*---[\s\S]*\*\*16 × 16\*\*/);
		assert.equal(hover?.on, '<img src="pictures/icon.png">');
	});

	it('omits the size for clients that cannot scale, and the image in plain text', async () => {
		const text = `${HEAD}${FIGURE.replace('quay at', 'qu‸ay at')}`;
		assert.ok((await hoverAt(text, { files, scalesPictures: false }))?.says.endsWith('quay.png)'));
		assert.equal(
			(await hoverAt(text, { files, kind: MarkupKind.PlainText }))?.says,
			`800 × 500 · 35 kB · PNG · quay.png (${FOLDER}/pictures/quay.png)\nThe quay at low tide. Ines Okafor`,
		);
	});

	it('uses only the URL if files cannot be read', async () => {
		const hover = await hoverAt(`${HEAD}<img src="pictures/qu‸ay.png">`);
		assert.match(hover?.says ?? '', /^\[news\.example\]\(https:\/\/news\.example\/2021\/tide\/pictures\/quay\.png\)/);
	});
});
