import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { createIndex } from '../../../server/src/archive/archive.ts';
import { indexDocument } from '../../../server/src/archive/entry.ts';
import { fileArticle } from '../../../server/src/archive/filing.ts';
import { parseDocument } from '../../../server/src/article/article.ts';
import { detect } from '../../../server/src/article/detect.ts';
import { displayName, folderOf, joinUri, pathBelow } from '../../../server/src/util/uri.ts';

const ROOT = 'file:///archive';
const TODAY = Date.UTC(2026, 10, 30, 20);

interface Given {
	readonly title?: string;
	readonly source?: string;
	readonly near?: string;
}

/** Files an article in an archive with some articles, by path: title, URL, time. Returns its path. */
function filed(
	articles: Readonly<Record<string, readonly [title: string, source: string, published?: number]>>,
	{ title = '', source, near = '' }: Given,
): string {
	const archive = createIndex(ROOT);
	for (const [path, [name, url, published = 1_639_640_221_000]] of Object.entries(articles)) {
		const text = `<!--${published}-->\n[${name}](${url})\n------\n\n<p>x</p>\n`;
		archive.set(indexDocument(joinUri(ROOT, path), ROOT, parseDocument(text)));
	}
	const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
	const { folder, name } = fileArticle(archive, { title, source, published: TODAY }, joinUri(ROOT, near), day);
	return pathBelow(ROOT, joinUri(folder, name)) ?? '';
}

describe('filing an article', () => {
	const harbour = {
		'articles/harbour/20211216_tide-gauge.md': ['The tide gauge', 'https://www.harbour.example/2021/12/16/tide-gauge/'],
		'articles/harbour/20211217_night-ferry.md': [
			'The night ferry sails again',
			'https://www.harbour.example/2021/12/17/night-ferry/',
			1_639_750_000_000,
		],
		'articles/river/7.md': ['洪水', 'https://blog.example/@river/7'],
		'articles/river/9.md': ['退潮', 'https://blog.example/@river/9'],
		'articles/dune/1.md': ['Sand', 'https://blog.example/@dune/1'],
	} as const;

	it('goes to the folder of the same source, and names it like the others there', () => {
		const source = 'http://harbour.example/2026/11/30/east-pier';
		assert.equal(filed(harbour, { title: 'The east pier', source }), 'articles/harbour/20261130_east-pier.md');
		assert.equal(filed(harbour, { source }), 'articles/harbour/20261130_east-pier.md');
		assert.equal(
			filed(harbour, { title: "What's left: the pier", source: 'https://m.harbour.example/?id=5' }),
			'articles/harbour/20261130_whats-left-the-pier.md',
		);
	});

	it('tells sources on one site apart by their paths', () => {
		assert.equal(filed(harbour, { source: 'https://blog.example/@dune/12' }), 'articles/dune/12.md');
		assert.equal(filed(harbour, { source: 'https://blog.example/@river/12' }), 'articles/river/12.md');
	});

	it('begins a folder for a new source, named after the site', () => {
		const at = (source: string): string => filed(harbour, { title: 'T', source }).split('/')[1] ?? '';
		assert.deepEqual(
			[
				'https://www.tide.co.uk/a',
				'https://cn.tide.com/a',
				'https://tide.io/',
				'http://con.example/',
				'http://10.0.0.7/a',
			].map(at),
			['tide', 'tide', 'tide', 'con_', '10.0.0.7'],
		);
		assert.equal(at('https://海港.example/'), '海港');
	});

	it('names those of a new source by day, as far as any are', () => {
		const others = {
			...harbour,
			'articles/essays/on-salt.md': ['On salt', 'https://essays.example/on-salt'],
			'articles/essays/on-sand.md': ['On sand', 'https://essays.example/on-sand'],
			'articles/essays/on-silt.md': ['On silt', 'https://essays.example/on-silt'],
		} as const;
		const given = { title: 'Low water', source: 'https://quay.example/1' };
		assert.equal(filed(others, given), 'articles/quay/20261130_low-water.md');
	});

	it('puts an article without a source into the folder at hand, if articles are kept there', () => {
		assert.equal(filed(harbour, { title: '涨潮', near: 'articles/harbour' }), 'articles/harbour/20261130_涨潮.md');
		assert.equal(filed({}, { title: '涨潮', near: 'articles/harbour' }), 'articles/harbour/2026-11-30_涨潮.md');
		assert.equal(filed(harbour, { title: 'T', near: 'lists' }), 'articles/20261130_t.md');
		assert.equal(
			filed({ 'notes/2020-01-01-a.md': ['a', 'https://a.example/'] }, { title: 'B' }),
			'notes/2026-11-30-B.md',
		);
	});

	it('names by title and day in an empty archive, and by the day alone without a title', () => {
		assert.equal(
			filed({}, { title: 'Who? Me: yes', source: 'https://a.example/' }),
			'articles/a/2026-11-30_Who？ Me： yes.md',
		);
		assert.equal(filed({}, {}), 'articles/2026-11-30.md');
		assert.equal(filed({}, { source: 'https://a.example/news/the-pier.html' }), 'articles/a/2026-11-30_the-pier.md');
	});

	it('takes the number from the URL if the others have theirs from it', () => {
		const pier = {
			'articles/pier/118_没有人关掉的验潮仪.md': ['没有人关掉的验潮仪', 'https://pier.example/p/118'],
			'articles/pier/131_灯灭之后.md': ['灯灭之后：最后一箱', 'https://pier.example/p/131'],
		} as const;
		const given = { title: '渡口，又见渡口', source: 'https://pier.example/p/140' };
		assert.equal(filed(pier, given), 'articles/pier/140_渡口.md');
	});

	it('counts on where a folder counts its articles', () => {
		const counted = {
			'articles/a/001-One.txt': ['One', 'https://a.example/one', 3],
			'articles/a/002-Two.txt': ['Two', 'https://a.example/two', 2],
			'articles/a/003-Three.txt': ['Three', 'https://a.example/three', 1],
		} as const;
		assert.equal(filed(counted, { title: 'Four', source: 'https://a.example/four' }), 'articles/a/004-Four.txt');
	});

	it('names by day in place of numbers that only the program that writes them can give', () => {
		const numbered = {
			'articles/a/1041907_潮水.md': ['潮水', 'https://a.example/chao'],
			'articles/a/1042013_码头.md': ['码头', 'https://a.example/matou'],
		} as const;
		const given = { title: '渡轮', source: 'https://a.example/dulun' };
		assert.equal(filed(numbered, given), 'articles/a/2026-11-30_渡轮.md');
		const mixed = { ...numbered, 'articles/a/2020-02-10-早市.md': ['早市', 'https://a.example/zaoshi'] } as const;
		assert.equal(filed(mixed, given), 'articles/a/2026-11-30-渡轮.md');
		const bare = { 'articles/a/1041907.md': ['潮水', 'https://a.example/chao'] } as const;
		assert.equal(filed(bare, given), 'articles/a/2026-11-30_渡轮.md');
	});

	it('cuts titles where the others are cut, and to the bytes that a name may have', () => {
		const title = (first: string): string => `${first} ${'the long water '.repeat(5)}`.trim();
		const name = (first: string): string => `articles/a/2020-01-01-${title(first).slice(0, 40)}.md`;
		const cut = {
			[name('Under')]: [title('Under'), 'https://a.example/1'],
			[name('Above')]: [title('Above'), 'https://a.example/2'],
			'articles/a/2020-01-01-Short.md': ['Short', 'https://a.example/3'],
		} as const;
		assert.equal(
			filed(cut, { title: title('Along'), source: 'https://a.example/4' }),
			`articles/a/2026-11-30-${title('Along').slice(0, 39)}.md`,
		);
		const long = filed({}, { title: '潮'.repeat(300), source: 'https://a.example/' });
		assert.match(long, /^articles\/a\/2026-11-30_潮{70,73}\.md$/);
	});

	it('uses the day at UTC+8 where the others do', () => {
		const late = Date.UTC(2021, 11, 16, 20);
		const east = {
			'articles/a/2021-12-17-潮.md': ['潮', 'https://a.example/1', late],
		} as const;
		assert.equal(filed(east, { title: '汐', source: 'https://a.example/2' }), 'articles/a/2026-12-01-汐.md');
	});

	it('never makes a name that a system does not take', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true }), (title, source) => {
				for (const articles of [{}, harbour]) {
					const path = filed(articles, { title, source });
					for (const name of path.split('/')) {
						assert.doesNotMatch(name, /["*:<>?\\|\p{Cc}]|[ .]$|^[ .]|^$/u, path);
						assert.ok(new TextEncoder().encode(`${name}.annotations.jsonld`).length <= 255, path);
					}
				}
			}),
		);
	});

	it('finds folder and list of every article of the example archive, and most names', () => {
		const examples = resolve(import.meta.dirname, '../../../examples/archive');
		const archive = createIndex(ROOT);
		for (const file of globSync('{articles,lists}/**/*.{md,txt}', { cwd: examples, absolute: true })) {
			const text = readFileSync(file, 'utf8');
			const uri = joinUri(ROOT, relative(examples, file));
			if (detect(text)) archive.set(indexDocument(uri, ROOT, parseDocument(text)));
		}
		const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
		const articles = [...archive.entries()].filter(({ kind, source }) => kind === 'article' && source);
		let same = 0;
		for (const entry of articles) {
			archive.delete(entry.uri);
			const { title, source, published, uri } = entry;
			const found = fileArticle(archive, { title: title?.value ?? '', source: source?.value, published }, ROOT, day);
			archive.set(entry);
			assert.equal(found.folder, folderOf(uri));
			assert.equal(found.list, join(ROOT, 'lists', `${displayName(folderOf(uri))}.md`).replace('file:/', 'file:///'));
			if (found.name === displayName(uri)) same++;
		}
		assert.ok(same >= 15, `${same} of ${articles.length} names are the same`);
	});
});
