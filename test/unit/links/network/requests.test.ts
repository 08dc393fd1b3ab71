import assert from 'node:assert/strict';
import { parseArticle } from '../../../../server/src/article/article.ts';
import { requestsOf } from '../../../../server/src/links/network/requests.ts';
import { createResolver } from '../../../../server/src/links/resolve.ts';

/** What is requested for an article with some source, as `use written → address (referrer)`. */
function requested(source: string, body: string, files: readonly string[] = []): string[] {
	const article = parseArticle(`<!--1639640221000-->\n[Tide](${source})\n------\n\n${body}\n`);
	const resolve = createResolver(article.source?.value);
	const localFile = (value: string) =>
		files.includes(value) ? { uri: `file:///a/${value}`, exists: true, meant: true } : undefined;
	return [...requestsOf({ article, resolve, localFile })].map(({ use, value, span, url, referrer }) => {
		assert.equal(article.text.slice(span.start, span.end), value.replaceAll('&', '&amp;'));
		return `${use} ${value} → ${url}${referrer === undefined ? '' : ` (${referrer})`}`;
	});
}

describe('requestsOf', () => {
	it('yields the URLs of links and images on the web, with duplicates', () => {
		assert.deepEqual(
			requested(
				'https://news.example/tide/',
				'<p><a href="/b#c">b</a><a href="/b">b</a><a>c</a><a href="http://a.example/?x&amp;y">潮</a></p><img src="i.png"><img alt="x">',
			),
			[
				'link /b#c → https://news.example/b',
				'link /b → https://news.example/b',
				'link http://a.example/?x&y → http://a.example/?x&y',
				'image i.png → https://news.example/tide/i.png (https://news.example/tide/)',
			],
		);
	});

	it('skips the page around the article if it is told to', () => {
		const article = parseArticle(
			`<!--1639640221000-->\n[Tide](https://news.example/tide/)\n------\n\n<p>The water left <a href="/early">early</a>. <img src="a.png"></p><ul class="related-posts"><li><a href="/ebb"><img src="b.png">The ebb</a></li></ul>\n`,
		);
		const leading = { article, resolve: createResolver(article.source?.value), localFile: () => undefined };
		const written = (withFurniture: boolean) => [...requestsOf(leading, withFurniture)].map(({ value }) => value);
		assert.deepEqual(written(true), ['/early', '/ebb', 'a.png', 'b.png']);
		assert.deepEqual(written(false), ['/early', 'a.png']);
	});

	it('skips URLs that are local, invalid or not on the web', () => {
		const body =
			'<a href="#top">a</a><a href="mailto:a@b.example">b</a><a href="javascript:x()">c</a><a href="file:///etc/passwd">d</a><a href="ftp://a.example/">e</a><a href="https://">f</a><a href="">g</a><a href="b.md">h</a><img src="i.png"><img src="data:image/gif;base64,R0">';
		assert.deepEqual(requested('https://news.example/tide/', body, ['b.md', 'i.png']), []);
		const host = `www.${'a'.repeat(64)}.example`;
		const unknown = `<a href="https://${host}/">a</a><a href="//${host}">b</a><img src="https://${host}/i.png">`;
		assert.deepEqual(requested('https://news.example/tide/', unknown), []);
		assert.deepEqual(requested(`https://${host}/`, '<a href="/b">b</a><img src="i.png">'), []);
		assert.deepEqual(requested('', '<a href="/b">b</a><img src="i.png">'), []);
	});

	it('sends the page as the referrer, without credentials and fragment', () => {
		const image = '<img src="https://img.example/i.png">';
		const told = (source: string): string | undefined => / \((.*)\)$/.exec(requested(source, image)[0] ?? '')?.[1];
		assert.equal(told('https://me:secret@news.example/tide?a=1#section'), 'https://news.example/tide?a=1');
		assert.equal(told('file:///home/me/tide.html'), undefined);
		assert.equal(told('tide'), undefined);
	});
});
