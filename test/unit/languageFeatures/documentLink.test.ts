import assert from 'node:assert/strict';
import { CancellationToken, LSPErrorCodes } from 'vscode-languageserver';
import type { FileSystem } from '../../../server/src/platform.ts';
import { cancelled, createFiles, FOLDER, HEAD, open, png } from './harness.ts';

const SOURCE = ['https://news.example/2021/tide/', 'https://news.example/2021/tide/'];

/** Returns the links of a document: text, target and tooltip, if any. */
async function links(text: string, files?: FileSystem, uri?: string): Promise<(string | undefined)[][]> {
	const { service, document, at } = open(text, { ...(files && { files }), ...(uri && { uri }) });
	const found = await service.documentLinks(document, false, CancellationToken.None);
	return found.map(({ range, target, tooltip }) => [at(range), target, ...(tooltip === undefined ? [] : [tooltip])]);
}

describe('document links', () => {
	it('cover the value of each URL attribute, and link to its target', async () => {
		const body =
			'<p><a href="https://a.example/?a=1&amp;copy=2">x</a> <a class=y href=/b>y</a> <A HREF = \' c \'>z</A><area href="//d.example/"></p>';
		assert.deepEqual(await links(HEAD + body), [
			SOURCE,
			['https://a.example/?a=1&amp;copy=2', 'https://a.example/?a=1&copy=2'],
			['/b', 'https://news.example/b'],
			[' c ', 'https://news.example/2021/tide/c'],
			['//d.example/', 'https://d.example/'],
		]);
	});

	it('show decoded URLs in tooltips', async () => {
		assert.deepEqual((await links(`${HEAD}<a href="https://a.example/%E6%BD%AE">x</a>`))[1], [
			'https://a.example/%E6%BD%AE',
			'https://a.example/%E6%BD%AE',
			'https://a.example/潮',
		]);
		assert.deepEqual((await links(`${HEAD}<img src="https://images.weserv.nl/?url=b.example/1.jpg">`))[1], [
			'https://images.weserv.nl/?url=b.example/1.jpg',
			'https://images.weserv.nl/?url=b.example/1.jpg',
			'https://b.example/1.jpg',
		]);
	});

	it('link from a fragment to its element in the document', async () => {
		const body =
			'<p>潮</p>\n<h2 id="潮">x</h2><p><a href="#%E6%BD%AE">y</a><a href="#none">z</a><a href="#">top</a></p>';
		assert.deepEqual(await links(HEAD + body), [SOURCE, ['#%E6%BD%AE', `${FOLDER}/1.md#L6,1`, 'Go to #潮']]);
	});

	it('exclude URLs that cannot be opened', async () => {
		const hrefs = [
			'javascript:x()',
			'data:text/html,x',
			'file:///etc/passwd',
			'ttps://a.example/',
			'https://a b/',
			'',
			'tel:1',
		];
		const body = hrefs.map(href => `<a href="${href}">x</a>`).join('');
		assert.deepEqual(await links(`${HEAD}${body}<a>x</a><a href="mailto:a@b.example">y</a>`), [
			SOURCE,
			['mailto:a@b.example', 'mailto:a@b.example'],
		]);
	});

	it('link from an image to the local file, otherwise to its URL', async () => {
		const files = createFiles({ [`${FOLDER}/pictures/quay.png`]: png(2, 2) });
		const body = '<img src="pictures/quay.png"><img src="pictures/none.png"><a href="pictures/quay.png">x</a>';
		assert.deepEqual(await links(HEAD + body, files), [
			SOURCE,
			['pictures/quay.png', `${FOLDER}/pictures/quay.png`],
			['pictures/none.png', 'https://news.example/2021/tide/pictures/none.png'],
			['pictures/quay.png', 'https://news.example/2021/tide/pictures/quay.png'],
		]);
	});

	it('include the source of a lazy-loaded image, and its copy in noscript', async () => {
		const body =
			'<img src="data:image/gif;base64,R0lG" data-src="https://a.example/1.jpg"><noscript><img src="https://a.example/1.jpg"></noscript>';
		assert.deepEqual(await links(HEAD + body), [
			SOURCE,
			['https://a.example/1.jpg', 'https://a.example/1.jpg'],
			['https://a.example/1.jpg', 'https://a.example/1.jpg'],
		]);
	});

	it('include embedded content', async () => {
		const body =
			'<iframe src="https://v.example/1"></iframe><video src="/2.mp4"></video><object data="3.swf"></object><svg><iframe src="/4"/></svg>';
		assert.deepEqual(
			(await links(HEAD + body)).map(([on]) => on),
			[SOURCE[0], 'https://v.example/1', '/2.mp4', '3.swf'],
		);
	});

	it('include the source in the front matter', async () => {
		assert.deepEqual(await links('---\ntitle: Tide\nfrom: https://a.example/1\n---\n\n<p><a href="/2">x</a></p>\n'), [
			['https://a.example/1', 'https://a.example/1'],
			['/2', 'https://a.example/2'],
		]);
	});

	it('link from a list to its articles', async () => {
		const list =
			'Harbour\n------\n\n9-1 [A](/articles/harbour/1%20渡轮.md)\n\n9-1 [B](beside.md)\n\n[C](https://a.example/)\n\n[More](/articles/harbour)\n';
		const files = createFiles({
			'file:///archive/articles/harbour/1.md': '',
			'file:///archive/lists/harbour.md': list,
		});
		assert.deepEqual(await links(list, files, 'file:///archive/lists/harbour.md'), [
			[
				'/articles/harbour/1%20渡轮.md',
				'file:///archive/articles/harbour/1%20%E6%B8%A1%E8%BD%AE.md',
				'file:///archive/articles/harbour/1%20渡轮.md',
			],
			['beside.md', 'file:///archive/lists/beside.md'],
			['https://a.example/', 'https://a.example/'],
		]);
	});

	it('are sorted in any text', async () => {
		const body = '<table><tr><td><a href="/1">x</a></td></tr><a href="/0">before</a></table><img src="/2">';
		assert.deepEqual(
			(await links(`\uFEFF${HEAD}${body}`.replaceAll('\n', '\r\n'))).map(([on]) => on),
			[SOURCE[0], '/1', '/0', '/2'],
		);
	});

	it('throw when they are cancelled', async () => {
		const { service, document } = open(`${HEAD}<p>x</p>`);
		await assert.rejects(service.documentLinks(document, false, cancelled()), { code: LSPErrorCodes.RequestCancelled });
	});
});
