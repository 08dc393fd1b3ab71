import assert from 'node:assert/strict';
import { assertFindings, assertQuiet, check, fixed, fixes, inArticle } from './support.ts';

describe('rules: network checks', () => {
	describe('link/broken', () => {
		it('reports each link to a page that no longer exists', () => {
			assertFindings(
				'link/broken',
				inArticle('<a href="https://gone.example/a#b">甲</a> <a href=https://gone.example/a>乙</a>'),
				[
					['https://gone.example/a#b', 'The page https://gone.example/a#b is gone: 404 Not Found'],
					['https://gone.example/a', 'The page https://gone.example/a is gone: 404 Not Found'],
				],
			);
		});
		it('ignores pages that exist or were not checked', () => {
			assertQuiet(
				'link/broken',
				'<a href="https://page.example/">x</a>',
				'<a href="https://unknown.example/">x</a>',
				'<a href="#x" id="x">x</a>',
				'<img alt="" src="https://gone.example/1.png">',
			);
		});
		it('offers the Wayback Machine copy, but not in Fix All', () => {
			const text = inArticle("<a href='https://gone.example/a?b=1&amp;c=2'>甲</a>");
			assert.equal(
				fixed('link/broken', text),
				inArticle("<a href='https://web.archive.org/web/20211216073701/https://gone.example/a?b=1&amp;c=2'>甲</a>"),
			);
			assert.ok(fixes('link/broken', text).every(({ preferred }) => !preferred));
		});
		it('ignores local files', () => {
			assert.deepEqual(
				check(inArticle('<a href="pictures/bridge.png">x</a>')).filter(({ rule }) => rule.id === 'link/broken'),
				[],
			);
		});
	});

	describe('link/moved', () => {
		it('keeps the fragment', () => {
			const text = inArticle('<a href="https://moved.example/a#b">甲</a>');
			assertFindings('link/moved', text, [
				['https://moved.example/a#b', 'The page https://moved.example/a#b has moved to https://news.example/a#b'],
			]);
			assert.equal(fixed('link/moved', text), inArticle('<a href="https://news.example/a#b">甲</a>'));
		});
	});

	describe('image/broken and image/not-an-image', () => {
		it('distinguish a missing image from a response that is not an image', () => {
			const text = inArticle(
				'<img alt="" src="https://gone.example/1.png"><img alt="" data-src="https://page.example/2.png">',
			);
			assertFindings('image/broken', text, [
				['https://gone.example/1.png', 'The image https://gone.example/1.png is gone: 404 Not Found'],
			]);
			assertFindings('image/not-an-image', text, [
				['https://page.example/2.png', 'https://page.example/2.png is not an image'],
			]);
			assert.equal(
				fixed('image/not-an-image', text),
				text.replace('https://page', 'https://web.archive.org/web/20211216073701im_/https://page'),
			);
		});
		it('offer no fix in a srcset', () => {
			const text = inArticle('<img alt="" srcset="https://gone.example/1.png 1x, https://gone.example/2.png 2x">');
			assert.deepEqual(fixes('image/broken', text), []);
			assert.equal(check(text).length, 1);
		});
	});

	describe('image/size', () => {
		it('compares with the size of the remote image, but not in Fix All', () => {
			const text = inArticle('<img alt="" src="https://picture.example/1.png" width="640" height="640">');
			assertFindings('image/size', text, [
				['height="640"', 'The image is declared as 640 × 640, but its file is 640 × 480'],
			]);
			assert.deepEqual(
				fixes('image/size', text).map(({ preferred }) => preferred),
				[false],
			);
		});
	});
});
