import assert from 'node:assert/strict';
import { parseDocument } from '../../server/src/article/article.ts';
import { detect } from '../../server/src/article/detect.ts';
import { type Marked, replace } from '../bench/anchoring/edits.ts';
import { type GeneratedFile, generateArchive, REALISTIC } from '../bench/generate.ts';
import { formatTable, median } from '../bench/table.ts';

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

describe('damage to quotes', () => {
	it('keeps track of where the quote is', () => {
		const damaged = (...replacements: readonly (readonly [start: number, end: number, text: string])[]): string => {
			const made = replacements.map(([start, end, text]) => ({ start, end, text }));
			const { text, place }: Marked = replace({ text: 'one two three four', place: { start: 4, end: 13 } }, made);
			return place
				? `${text.slice(0, place.start)}[${text.slice(place.start, place.end)}]${text.slice(place.end)}`
				: text;
		};
		assert.equal(damaged(), 'one [two three] four');
		assert.equal(damaged([0, 3, 'eleven'], [14, 18, '']), 'eleven [two three] ');
		assert.equal(damaged([4, 4, 'x '], [13, 13, ' y']), 'one x [two three] y four');
		assert.equal(damaged([4, 7, 'to'], [8, 13, 'tree']), 'one [to tree] four');
		assert.equal(damaged([7, 8, ' or ']), 'one [two or three] four');
		assert.equal(damaged([2, 5, '']), 'on[wo three] four');
		assert.equal(damaged([4, 13, '']), 'one  four');
		assert.equal(damaged([0, 18, 'all']), 'all');
	});
});

describe('the benchmark table', () => {
	it('computes the median', () => {
		assert.deepEqual([median([3, 1, 2]), median([4, 1, 3, 2]), median([])], [2, 2.5, Number.NaN]);
	});

	it('aligns columns', () => {
		const rows = [
			['', 'ms', 'target'],
			['parse5', '1.20', ''],
			['Marginalia', '10.5', '≤ 1.3'],
		];
		assert.equal(
			formatTable(rows),
			['              ms  target', 'parse5      1.20', 'Marginalia  10.5   ≤ 1.3'].join('\n'),
		);
	});
});
