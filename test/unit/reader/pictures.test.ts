import assert from 'node:assert/strict';
import { HEAD } from '../languageFeatures/harness.ts';
import { draw } from './support.ts';

/** Returns the images that a reader shows for a body. */
const picturesIn = (body: string) => draw(`${HEAD}${body}\n`).blocks.flatMap(({ content }) => content.pictures);
const sourcesIn = (image: string): string[] =>
	picturesIn(image).flatMap(({ sources }) => sources.map(({ kind, url }) => `${kind} ${url}`));

describe('URLs of an image in the reader', () => {
	it('are http or https only', () => {
		assert.deepEqual(sourcesIn('<img src="http://a.example/潮.png">'), ['remote http://a.example/%E6%BD%AE.png']);
		assert.deepEqual(sourcesIn('<img src=" a.png ">'), ['remote https://news.example/2021/tide/a.png']);
		for (const src of [
			'ftp://a.example/i.png',
			'file:///etc/i.png',
			'javascript:x()',
			'blob:https://a.example/1',
			'xhttp://a/',
			'https://',
		])
			assert.deepEqual(sourcesIn(`<img src="${src}">`), [], src);
	});

	it('are data URLs only for images that are not short placeholders', () => {
		const data = (type: string, length: number): string => `data:${type};base64,`.padEnd(length, 'A');
		for (const type of ['image/png', 'image/jpeg', 'image/svg+xml', 'IMAGE/GIF']) {
			assert.deepEqual(sourcesIn(`<img src="${data(type, 500)}">`), [`data ${data(type, 500)}`], type);
			assert.deepEqual(sourcesIn(`<img src="\n${data(type, 499)}\n">`), [], type);
		}
		for (const type of ['text/html', 'image/x-unknown', 'application/xhtml+xml'])
			assert.deepEqual(sourcesIn(`<img src="${data(type, 600)}">`), [], type);
	});

	it('are deduplicated', () => {
		assert.deepEqual(
			sourcesIn(
				'<img data-src="a.png" src="a.png"><noscript><img src="https://news.example/2021/tide/a.png"></noscript>',
			),
			['remote https://news.example/2021/tide/a.png'],
		);
	});
});

describe('image in the reader', () => {
	it('has the declared size if both dimensions are declared', () => {
		const sizeOf = (attributes: string) =>
			picturesIn(`<img src="a.png" ${attributes}>`).map(({ width, height }) => [width, height]);
		assert.deepEqual(sizeOf('width=30 height=20'), [[30, 20]]);
		assert.deepEqual(sizeOf('width=30'), [[undefined, undefined]]);
		assert.deepEqual(sizeOf('height=20'), [[undefined, undefined]]);
	});

	it('is not a visit counter', () => {
		const isShown = (attributes: string): boolean =>
			picturesIn(`<p>潮<img src="a.png" ${attributes}></p>`).length === 1;
		for (const counter of ['width=1 height=1', 'width=2 height=2', 'width=0 height=0'])
			assert.equal(isShown(counter), false, counter);
		for (const picture of ['width=3 height=2', 'width=2 height=3', 'width=1', 'height=1', ''])
			assert.equal(isShown(picture), true, picture);
	});

	it('has its place in the block and its alternative text', () => {
		const [first, second] = picturesIn('<p>x</p>\n<p>潮<img alt=" A boat " src="a.png"><img src="b.png"></p>');
		assert.deepEqual([first?.at, first?.alt], ['<p>潮'.length, 'A boat']);
		assert.deepEqual([second?.at, second?.alt], ['<p>潮<img alt=" A boat " src="a.png">'.length, '']);
	});
});
