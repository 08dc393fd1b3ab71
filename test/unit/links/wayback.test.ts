import assert from 'node:assert/strict';
import { waybackAddress } from '../../../server/src/links/wayback.ts';

describe('the copy in the Wayback Machine', () => {
	const at = (url: string, published: number | undefined, use: 'link' | 'image' = 'link'): string | undefined =>
		waybackAddress(new URL(url), published, use);
	const PUBLISHED = Date.UTC(2021, 11, 16, 7, 37, 1);

	it('is that of the time of the article, in UTC', () => {
		assert.equal(
			at('https://a.example/潮?x=1#y', PUBLISHED),
			'https://web.archive.org/web/20211216073701/https://a.example/%E6%BD%AE?x=1#y',
		);
	});

	it('is the picture itself for a picture', () => {
		assert.equal(
			at('http://a.example/1.png', PUBLISHED, 'image'),
			'https://web.archive.org/web/20211216073701im_/http://a.example/1.png',
		);
	});

	it('is the latest where the time is none', () => {
		for (const published of [undefined, Number.NaN, 9e15, -9e13])
			assert.equal(at('https://a.example/', published), 'https://web.archive.org/web/https://a.example/');
	});

	it('is none for what is a copy itself', () => {
		assert.equal(at('https://web.archive.org/web/2021/https://a.example/', PUBLISHED), undefined);
	});
});
