import assert from 'node:assert/strict';
import { CancellationToken } from 'vscode-languageserver';
import type { HttpAnswer, HttpRequest } from '../../../server/src/platform.ts';
import { createService } from '../../../server/src/service.ts';
import type { ReaderService } from '../../../server/src/services/reader.ts';
import { documentOf, openIn } from '../../support/document.ts';
import { createFiles, FOLDER, HEAD, NOW, png } from '../languageFeatures/harness.ts';

describe('images requested by a reader', () => {
	/** The reader of an article, and the requests made for it. */
	function reading(text: string, trusted = true): { fetched: (url: string) => Promise<string>; asked: string[] } {
		const asked: string[] = [];
		const exchange = async ({ url, headers }: HttpRequest): Promise<HttpAnswer> => {
			asked.push(`${url.href} for ${headers.referer}`);
			return { kind: 'response', status: 200, header: () => undefined, body: png(2, 2) };
		};
		const service = createService({
			files: createFiles({ [`${FOLDER}/here.png`]: png(2, 2) }),
			now: () => NOW,
			network: {
				connect: async () => ({ exchange, close() {} }),
				wait: async () => {},
				userAgent: 'Marginalia tests',
				cacheFolder: async () => undefined,
			},
		});
		service.links.checks.configure({
			mode: 'off',
			trusted,
			http: { allowPrivate: false, systemCertificates: false, proxy: undefined },
			timeout: 1000,
			concurrency: 1,
			furniture: false,
		});
		const document = documentOf(`${FOLDER}/1.md`, text);
		return {
			async fetched(url) {
				const picture: Awaited<ReturnType<ReaderService['picture']>> = await service.reader.picture(document, url);
				return picture.kind === 'picture' ? picture.type : picture.reason;
			},
			asked,
		};
	}

	const ARTICLE = `${HEAD}<p><img src="quay.png"><img data-src="https://images.weserv.nl/?url=img.example/a.jpg" src="data:image/gif;base64,R0"><a href="https://news.example/secret">潮</a><!-- note: https://news.example/note.png --></p>\n`;
	const PAGE = 'https://news.example/2021/tide/';

	it('are fetched from the URLs in the article, with its page as referrer', async () => {
		const { fetched, asked } = reading(ARTICLE);
		for (const url of [
			`${PAGE}quay.png`,
			'https://images.weserv.nl/?url=img.example/a.jpg',
			'https://img.example/a.jpg',
		])
			assert.equal(await fetched(url), 'image/png', url);
		assert.deepEqual(asked, [
			`${PAGE}quay.png for ${PAGE}`,
			`https://images.weserv.nl/?url=img.example/a.jpg for ${PAGE}`,
			`https://img.example/a.jpg for ${PAGE}`,
		]);
	});

	it('are not fetched from URLs that are not in the article', async () => {
		const { fetched, asked } = reading(ARTICLE);
		for (const url of [
			'http://169.254.169.254/latest/meta-data/',
			'http://localhost:8080/',
			'https://news.example/secret',
			'https://news.example/note.png',
			PAGE,
			`${PAGE}quay.png?`,
			`${PAGE}quay.png#x`,
			`${PAGE}quay.PNG`,
			`${PAGE}QUAY.png`,
			'quay.png',
			`${FOLDER}/here.png`,
			'data:image/gif;base64,R0',
			'',
		])
			assert.equal(await fetched(url), 'The article has no such image', url);
		assert.deepEqual(asked, []);
	});

	it('are not fetched for a list', async () => {
		const { fetched, asked } = reading('Harbour\n------\n\n9-1 [A](https://news.example/a.png)\n');
		assert.equal(await fetched('https://news.example/a.png'), 'The article has no such image');
		assert.deepEqual(asked, []);
	});

	it('are not fetched in an untrusted workspace', async () => {
		const { fetched, asked } = reading(ARTICLE, false);
		assert.equal(
			await fetched(`${PAGE}quay.png`),
			'Network requests are disabled because the workspace is not trusted',
		);
		assert.deepEqual(asked, []);
	});

	it('are fetched without a referrer if the source is not a page', async () => {
		for (const source of ['file:///home/me/tide.html', 'tide', 'mailto:a@news.example']) {
			const { fetched, asked } = reading(
				`<!--1639640221000-->\n[Tide](${source})\n------\n\n<img src="https://news.example/a.png">\n`,
			);
			assert.equal(await fetched('https://news.example/a.png'), 'image/png', source);
			assert.deepEqual(asked, ['https://news.example/a.png for undefined'], source);
		}
	});

	it('do not reveal the fragment of the page', async () => {
		const { fetched, asked } = reading(
			'<!--1639640221000-->\n[Tide](https://news.example/tide?a=1#section)\n------\n\n<img src="https://news.example/a.png">\n',
		);
		assert.equal(await fetched('https://news.example/a.png'), 'image/png');
		assert.deepEqual(asked, ['https://news.example/a.png for https://news.example/tide?a=1']);
	});
});

describe('images whose address is being typed', () => {
	/** Reads an article at each step, with the cursors where `‸` is; returns the URLs of its images, and whether the reader has to ask again. */
	async function urls(...steps: readonly string[]): Promise<readonly (readonly [urls: string, awaits: boolean])[]> {
		const service = createService({ files: createFiles({ [`${FOLDER}/here.png`]: png(2, 2) }), now: () => NOW });
		const answers: (readonly [string, boolean])[] = [];
		for (const [index, step] of steps.entries()) {
			const [first = '', ...others] = (step.startsWith('<!--') ? step : HEAD + step).split('‸');
			const cursors = others.map((_, at) => [first, ...others].slice(0, at + 1).join('').length);
			openIn(service, `${FOLDER}/1.md`, first + others.join(''), index + 1);
			const snapshot = service.documents.get(`${FOLDER}/1.md`)?.snapshot;
			assert.ok(snapshot);
			const answer = await service.reader.read(snapshot, 'r', { cursors }, CancellationToken.None);
			assert.equal(answer.kind, 'view');
			const pictures = answer.view.blocks.flatMap(({ content }) => content.pictures);
			const shown = pictures.flatMap(({ sources }) => sources.map(({ url }) => url.split('/').at(-1)));
			answers.push([shown.join(' '), answer.awaits === true]);
		}
		return answers;
	}

	it('are left out until the cursor has left it', async () => {
		assert.deepEqual(
			await urls(
				'<img src="https://img.example/a‸">',
				'<img src="https://img.example/a.p‸">',
				'<img src="https://img.example/a.png"‸>',
				'<img src="https://img.example/‸a.png">',
				'<img src="https://img.example/b‸a.png">',
				'<img src="https://img.example/‸a.png">',
			),
			[
				['', true],
				['', true],
				['a.png', false],
				['a.png', false],
				['', true],
				['a.png', false],
			],
		);
	});

	it('are left out whichever attribute it is in, and if it is that of the page', async () => {
		for (const image of [
			'<img data-src="https://img.example/a‸.png" src="https://img.example/b.png">',
			'<img data-src="https://img.example/a.png" src="https://img.example/b‸.png">',
			'<picture><source srcset="https://img.example/a‸.webp"><img></picture>',
			'<img src="data:image/gif;base64,R0" data-src="https://img.example/a.png"><noscript><img src="https://img.example/‸a.png"></noscript>',
			'<img src=https://img.example/a‸>',
		])
			assert.deepEqual(await urls(image), [['', true]], image);
		const page = HEAD.replace('/2021/tide/', '/2021/ti‸de/');
		assert.notEqual(page, HEAD);
		assert.deepEqual(await urls(`${page}<img src="a.png"><img src="https://img.example/b.png">`), [['b.png', true]]);
	});

	it('are shown if they are files of the archive', async () => {
		assert.deepEqual(await urls('<img src="here.png‸">'), [['here.png', false]]);
	});
});
