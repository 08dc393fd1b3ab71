import assert from 'node:assert/strict';
import { parseDocument } from '../../server/src/article/article.ts';
import { detect } from '../../server/src/article/detect.ts';
import { type GeneratedFile, generateArchive, REALISTIC } from '../bench/generate.ts';
import { median } from '../bench/table.ts';

describe('the generated archive', () => {
	let files: GeneratedFile[];
	before(() => {
		files = generateArchive(REALISTIC);
	});
	const articles = (): GeneratedFile[] => files.filter(({ path }) => path.startsWith('articles/'));

	it('is deterministic for each seed', () => {
		assert.deepEqual(generateArchive(REALISTIC), files);
		assert.notDeepEqual(generateArchive({ ...REALISTIC, seed: 1 }), files);
	});

	it('contains articles and lists, and they are recognised as such', () => {
		for (const { path, text } of files) {
			assert.equal(detect(text), path.startsWith('lists/') ? 'list' : 'article', path);
		}
		assert.equal(articles().length, REALISTIC.articles + 1);
	});

	it('has the file sizes of real archives', () => {
		const sizes = articles()
			.map(({ text }) => Buffer.byteLength(text))
			.sort((a, b) => a - b);
		const within = (size: number | undefined, expected: number): void =>
			assert.ok(size !== undefined && Math.abs(size - expected) < expected / 10, `${size} is not about ${expected}`);
		within(median(sizes), REALISTIC.median);
		within(sizes.at(-4), REALISTIC.percentile99);
		within(sizes.at(-1), REALISTIC.largest);
	});

	it('has its largest article on one line', () => {
		const largest = articles().reduce((a, b) => (b.text.length > a.text.length ? b : a));
		assert.equal(largest.text.trimEnd().split('\n').length, 5);
	});

	it('has the typical contents of bodies in both languages', () => {
		const all = articles().map(({ text }) => text);
		const share = (pattern: RegExp): number => all.filter(text => pattern.test(text)).length / all.length;
		assert.ok(share(/[\u4e00-\u9fff]{9}/) > 0.4 && share(/[\u4e00-\u9fff]{9}/) < 0.8);
		for (const pattern of [
			/^---\n/,
			/^<!--NaN-->/,
			/^日期：/m,
			/<noscript><img /,
			/<picture><source srcset=/,
			/images\.weserv\.nl/,
			/<small style=/,
			/pudate=/,
			/<a title="Link: null">/,
			/href="ttps:/,
			/<\/a><a href/,
			/&nbsp;/,
		]) {
			assert.ok(share(pattern) > 0, String(pattern));
		}
		for (const text of all) {
			const parsed = parseDocument(text);
			assert.ok(parsed.kind === 'article' && parsed.title && parsed.blocks.length > 0);
		}
	});
});
