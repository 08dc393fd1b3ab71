import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ArchiveIndex, createIndex } from '../../../server/src/archive/archive.ts';
import { type IndexEntry, indexDocument } from '../../../server/src/archive/entry.ts';
import { parseDocument } from '../../../server/src/article/article.ts';
import { pageKey } from '../../../server/src/links/pageKey.ts';
import { runs } from '../../support/runs.ts';

const ROOT = 'file:///archive';

function article(source: string, title: string, body: string): string {
	return `<!--1639640221000-->\n[${title}](${source})\n------\n\n${body}\n`;
}

function indexed(files: Readonly<Record<string, string>>): ArchiveIndex {
	const index = createIndex(ROOT);
	for (const [path, text] of Object.entries(files)) index.set(entryOf(path, text));
	return index;
}

function entryOf(path: string, text: string): IndexEntry {
	return indexDocument(`${ROOT}/${path}`, ROOT, parseDocument(text));
}

describe('the key of a page', () => {
	const key = (address: string): string | undefined => pageKey(new URL(address));

	it('is the same for all spellings of a URL', () => {
		const ways = [
			'https://news.example/2021/tide',
			'http://news.example/2021/tide',
			'https://www.news.example/2021/tide/',
			'https://NEWS.example:443/2021/tide#at-sea',
			'https://news.example/2021/tide/?utm_source=mail&UTM_medium=x&fbclid=1',
			'https://news.example./2021/tide?',
		];
		assert.deepEqual([...new Set(ways.map(key))], ['//news.example/2021/tide']);
		assert.equal(key('https://a.example/%e6%bd%ae'), key('https://a.example/潮'));
		assert.equal(key('https://www.a.example'), key('http://a.example/'));
	});

	it('differs for URLs that may be different pages', () => {
		const others = [
			'https://news.example/2021/tide?id=1',
			'https://news.example/2021/tide?id=2&utm_source=x',
			'https://news.example/2021/Tide',
			'https://m.news.example/2021/tide',
			'https://news.example:8080/2021/tide',
		];
		assert.equal(new Set(others.map(key)).size, others.length);
	});

	it('does not exist for URLs that are not on the web', () => {
		assert.equal(key('mailto:a@b.example'), undefined);
		assert.equal(key('file:///archive/1.md'), undefined);
	});
});

describe('the index of an archive', () => {
	it('finds articles with the same text, in any form and from any page', () => {
		const words = 'The water went out at noon and did not come back. '.repeat(6);
		const index = indexed({
			'1.md': article('https://a.example/1', 'Ebb', `<div><p>${words}</p><p>潮水</p></div>`),
			'2.md': article('https://b.example/2', 'The ebb', `<div class="x">\n  <p>${words}</p>\n  <p>潮水</p>\n</div>`),
			'3.md': article('https://a.example/3', 'Ebb', `<p>${words}</p><p>潮汐</p>`),
			'4.md': article('https://a.example/4', 'Ebb', '<p>潮水</p>'),
			'5.md': article('https://a.example/5', 'Ebb', '<p>潮水</p>'),
		});
		const digest = (name: string): string | undefined => index.entry(`${ROOT}/${name}`)?.body;
		assert.deepEqual(index.withBody(digest('1.md') ?? ''), [`${ROOT}/1.md`, `${ROOT}/2.md`]);
		assert.deepEqual(index.withBody(digest('3.md') ?? ''), [`${ROOT}/3.md`]);
		assert.deepEqual([digest('4.md'), digest('5.md')], [undefined, undefined]);
		index.delete(`${ROOT}/2.md`);
		assert.deepEqual(index.withBody(digest('1.md') ?? ''), [`${ROOT}/1.md`]);
	});

	it('keeps titles, sources, links, images, ids and notes with their places', () => {
		const text = article(
			'https://www.news.example/1/?utm_source=x',
			'渡轮',
			'<p id="a">x<a href="/2#b">y</a><a href="other.md">z</a><a href="#a">up</a><img src="pictures/quay.png"><mark>m</mark><!-- note: n #潮 --></p>',
		);
		const entry = entryOf('articles/1 渡.md', text);
		const at = (span: { start: number; end: number }): string => text.slice(span.start, span.end);
		assert.equal(entry.uri, 'file:///archive/articles/1%20%E6%B8%A1.md');
		assert.deepEqual([entry.kind, entry.published, entry.title?.value], ['article', 1639640221000, '渡轮']);
		assert.equal(entry.source?.key, '//news.example/1');
		assert.deepEqual(
			entry.links.map(({ targets, fragment, span }) => [targets, fragment, at(span)]),
			[
				[['//news.example/2'], 'b', '/2#b'],
				[['file:///archive/articles/other.md', '//news.example/1/other.md'], undefined, 'other.md'],
			],
		);
		assert.deepEqual(
			entry.images.map(({ targets, span }) => [targets[0], at(span)]),
			[['file:///archive/articles/pictures/quay.png', 'pictures/quay.png']],
		);
		assert.deepEqual(
			[...entry.ids, ...entry.fragments, ...entry.tags].map(({ value, span }) => [value, at(span)]),
			[
				['a', 'a'],
				['a', '#a'],
				['潮', '潮'],
			],
		);
	});

	it('returns the copies of a page, and the files that refer to it', () => {
		const index = indexed({
			'articles/1.md': article('https://a.example/1', 'One', '<p><a href="http://www.a.example/2/">x</a></p>'),
			'articles/2.md': article('https://a.example/2', 'Two', '<p><a href="1.md">x</a></p>'),
			'articles/2 again.md': article('https://a.example/2?utm_id=1', 'Two', '<p>x</p>'),
			'lists/a.md': 'A\n------\n\n9-1 [One](/articles/1.md)\n',
		});
		assert.deepEqual(index.copiesOf('//a.example/2'), [`${ROOT}/articles/2%20again.md`, `${ROOT}/articles/2.md`]);
		assert.deepEqual(index.usersOf('//a.example/2'), [`${ROOT}/articles/1.md`]);
		assert.deepEqual(index.usersOf(`${ROOT}/articles/1.md`), [`${ROOT}/articles/2.md`, `${ROOT}/lists/a.md`]);
		index.delete(`${ROOT}/articles`);
		assert.equal(index.size, 1);
		assert.deepEqual(index.copiesOf('//a.example/2'), []);
	});

	it('finds articles by title and source, the best first', () => {
		const index = indexed({
			'1.md': article('https://a.example/tide', 'The tide gauge', '<p>x</p>'),
			'2.md': article('https://a.example/2', 'Yesterday', '<p>x</p>'),
			'3.md': article('https://b.example/3', '没有人关掉的验潮仪', '<p>x</p>'),
			'4.md': article('https://b.example/4', 'Café ｂｌｕｅ', '<p>x</p>'),
			'list.md': 'The tide\n------\n\n9-1 [The tide](/1.md)\n',
		});
		const found = (query: string): unknown[] => index.search(query, 9).map(entry => entry.title?.value);
		assert.deepEqual(found('gauge tide'), ['The tide gauge']);
		assert.deepEqual(found('ttg'), ['The tide gauge']);
		assert.deepEqual(found('验潮'), ['没有人关掉的验潮仪']);
		assert.deepEqual(found('潮验'), []);
		assert.deepEqual(found('b.example blue CAFE'), ['Café ｂｌｕｅ']);
		assert.equal(found('').length, 4);
		assert.equal(index.search('', 2).length, 2);
		assert.deepEqual(found('zzz'), []);
	});

	it('is the same after changes as a new one', () => {
		const page = fc.integer({ min: 0, max: 5 });
		const text = fc
			.record({ source: page, links: fc.array(page), images: fc.array(page), tags: fc.array(page) })
			.map(({ source, links, images, tags }) =>
				article(
					`https://a.example/${source}`,
					`Article ${source}`,
					[
						...links.map(to => `<a href="https://a.example/${to}">x</a><a href="${to}.md">y</a>`),
						...images.map(to => `<img src="pictures/${to}.png">`),
						...tags.map(tag => `<!-- note: x #t${tag} -->`),
					].join(''),
				),
			);
		const operation = fc.record({ file: page, text: fc.option(text) });
		fc.assert(
			fc.property(fc.array(operation, { maxLength: 30 }), operations => {
				const index = createIndex(ROOT);
				const files = new Map<string, string>();
				for (const { file, text } of operations) {
					const path = `articles/${file}.md`;
					if (text === null) {
						files.delete(path);
						index.delete(`${ROOT}/${path}`);
					} else {
						files.set(path, text);
						index.set(entryOf(path, text));
					}
				}
				const fresh = indexed(Object.fromEntries(files));
				assert.deepEqual(index.maps(), fresh.maps());
				assert.equal(index.size, fresh.size);
			}),
			{ numRuns: runs(100) },
		);
	});
});
