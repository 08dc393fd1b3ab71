import assert from 'node:assert/strict';
import { waybackAddress } from '../../../server/src/links/wayback.ts';

describe('waybackAddress', () => {
	const at = (url: string, published: number | undefined, use: 'link' | 'image' = 'link'): string | undefined =>
		waybackAddress(new URL(url), published, use);
	const PUBLISHED = Date.UTC(2021, 11, 16, 7, 37, 1);

	it('requests the copy of the time of the article, in UTC', () => {
		assert.equal(
			at('https://a.example/潮?x=1#y', PUBLISHED),
			'https://web.archive.org/web/20211216073701/https://a.example/%E6%BD%AE?x=1#y',
		);
	});

	it('requests the image itself for an image', () => {
		assert.equal(
			at('http://a.example/1.png', PUBLISHED, 'image'),
			'https://web.archive.org/web/20211216073701im_/http://a.example/1.png',
		);
	});

	it('requests the latest copy without a valid time', () => {
		for (const published of [undefined, Number.NaN, 9e15, -9e13])
			assert.equal(at('https://a.example/', published), 'https://web.archive.org/web/https://a.example/');
	});

	it('returns nothing for a URL in an archive', () => {
		assert.equal(at('https://web.archive.org/web/2021/https://a.example/', PUBLISHED), undefined);
	});
});
