import assert from 'node:assert/strict';
import { assertFindings, assertQuiet, check, fixed, fixes, inArticle } from './support.ts';

describe('rules: what the network says', () => {
	describe('link/broken', () => {
		it('marks each link to a page that is gone', () => {
			assertFindings(
				'link/broken',
				inArticle('<a href="https://gone.example/a#b">甲</a> <a href=https://gone.example/a>乙</a>'),
				[
					['https://gone.example/a#b', 'The page https://gone.example/a#b is gone: 404 Not Found'],
					['https://gone.example/a', 'The page https://gone.example/a is gone: 404 Not Found'],
				],
			);
		});
		it('says nothing of pages that are there, or of which nothing is known', () => {
			assertQuiet(
				'link/broken',
				'<a href="https://page.example/">x</a>',
				'<a href="https://unknown.example/">x</a>',
				'<a href="#x" id="x">x</a>',
				'<img alt="" src="https://gone.example/1.png">',
			);
		});
		it('leads to the Wayback Machine by its fix, which “fix all” leaves alone', () => {
			const text = inArticle("<a href='https://gone.example/a?b=1&amp;c=2'>甲</a>");
			assert.equal(
				fixed('link/broken', text),
				inArticle("<a href='https://web.archive.org/web/20211216073701/https://gone.example/a?b=1&amp;c=2'>甲</a>"),
			);
			assert.ok(fixes('link/broken', text).every(({ preferred }) => !preferred));
		});
		it('is for files of the archive no more than for anything else that lies here', () => {
			assert.deepEqual(
				check(inArticle('<a href="pictures/bridge.png">x</a>')).filter(({ rule }) => rule.id === 'link/broken'),
				[],
			);
		});
	});

	describe('link/moved', () => {
		it('keeps the place in the page', () => {
			const text = inArticle('<a href="https://moved.example/a#b">甲</a>');
			assertFindings('link/moved', text, [
				['https://moved.example/a#b', 'The page https://moved.example/a#b has moved to https://news.example/a#b'],
			]);
			assert.equal(fixed('link/moved', text), inArticle('<a href="https://news.example/a#b">甲</a>'));
		});
	});

	describe('image/broken and image/not-an-image', () => {
		it('tell a picture that is gone from something else in its place', () => {
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
		it('have no fix for one of several addresses', () => {
			const text = inArticle('<img alt="" srcset="https://gone.example/1.png 1x, https://gone.example/2.png 2x">');
			assert.deepEqual(fixes('image/broken', text), []);
			assert.equal(check(text).length, 1);
		});
	});

	describe('image/size', () => {
		it('compares with the picture that was seen, and leaves the fix to the user', () => {
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
