import assert from 'node:assert/strict';
import type { IndexEntry } from '../../../server/src/archive/entry.ts';
import { openIndexCache } from '../../../server/src/archive/indexCache.ts';
import { readEntry } from '../../../server/src/archive/readEntry.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import { filesOver, HEAD } from '../languageFeatures/harness.ts';

const ROOT = 'file:///archive';
const PLACE = { folder: 'file:///cache', build: '1' };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An archive, and which of its files were read. */
function archive(): { content: Map<string, Uint8Array>; files: FileSystem; read: string[] } {
	const content = new Map([
		[`${ROOT}/articles/1.md`, bytes(`${HEAD}<p id="a"><a href="/2">潮</a></p>`)],
		[`${ROOT}/articles/%E6%BD%AE.md`, bytes('<!--1639640221000-->\n[潮](x)\n------\n\n<!-- note: x #海 -->')],
		[`${ROOT}/lists/a.md`, bytes('A\n------\n\n[1](/articles/1.md)\n')],
		[`${ROOT}/readme.md`, bytes('# Read me')],
	]);
	const read: string[] = [];
	const under = filesOver(content);
	const files: FileSystem = {
		...under,
		readHead(uri, length) {
			read.push(uri.slice(ROOT.length + 1));
			return under.readHead(uri, length);
		},
	};
	return { content, files, read };
}

/** Reads all files with what was kept, and keeps what was read. */
async function readAll(
	files: FileSystem,
	content: ReadonlyMap<string, Uint8Array>,
	{ place = PLACE, root = ROOT }: { place?: typeof PLACE; root?: string } = {},
): Promise<(IndexEntry | undefined)[]> {
	const cache = await openIndexCache({ ...place, files }, root, files);
	const entries: (IndexEntry | undefined)[] = [];
	for (const uri of [...content.keys()].filter(one => one.startsWith(`${ROOT}/`))) entries.push(await cache.read(uri));
	await cache.save();
	return entries;
}

describe('the index cache', () => {
	it('returns the same entries as the files', async () => {
		const { content, files, read } = archive();
		const fresh = await Promise.all([...content.keys()].map(uri => readEntry(uri, ROOT, files)));
		await readAll(files, content);
		read.length = 0;
		assert.deepEqual(await readAll(files, content), fresh);
		assert.deepEqual(read, []);
	});

	it('is not used for changed and new files', async () => {
		const { content, files, read } = archive();
		await readAll(files, content);
		content.set(`${ROOT}/articles/1.md`, bytes(`${HEAD}<p>longer than before, or not</p>`));
		content.set(`${ROOT}/articles/2.md`, bytes(`${HEAD}<p>new</p>`));
		content.delete(`${ROOT}/readme.md`);
		read.length = 0;
		const entries = await readAll(files, content);
		assert.deepEqual(read, ['articles/1.md', 'articles/2.md']);
		assert.deepEqual(entries[0]?.ids, []);
		read.length = 0;
		await readAll(files, content);
		assert.deepEqual(read, []);
	});

	it('is not used for a changed file of the same size', async () => {
		const { content, files, read } = archive();
		const article = `${ROOT}/articles/1.md`;
		let modified = 1000;
		const dated: FileSystem = {
			...files,
			async stat(uri) {
				const stat = await files.stat(uri);
				return stat && uri === article ? { ...stat, modified } : stat;
			},
		};
		const [before] = await readAll(dated, content);
		assert.deepEqual(
			before?.ids.map(({ value }) => value),
			['a'],
		);
		content.set(article, bytes(`${HEAD}<p id="b"><a href="/3">汐</a></p>`));
		modified++;
		read.length = 0;
		const [after] = await readAll(dated, content);
		assert.deepEqual(read, ['articles/1.md']);
		assert.deepEqual(
			after?.ids.map(({ value }) => value),
			['b'],
		);
	});

	it('is not written without changes', async () => {
		const { content, files } = archive();
		await readAll(files, content);
		const [, kept] = [...content].find(([uri]) => uri.startsWith('file:///cache/')) ?? [];
		await readAll(files, content);
		assert.ok([...content.values()].includes(kept as Uint8Array));
	});

	it('is ignored if it is damaged, or of another build or archive', async () => {
		const { content, files, read } = archive();
		await readAll(files, content);
		const [uri = '', kept] = [...content].find(([one]) => one.startsWith('file:///cache/')) ?? [];
		const text = new TextDecoder().decode(kept);
		for (const damaged of [
			text.replaceAll('"article"', '"artiele"'),
			text.replaceAll('\n', ''),
			'',
			'\0',
			text.slice(0, -9),
		]) {
			content.set(uri, bytes(damaged));
			read.length = 0;
			const entries = await readAll(files, content);
			assert.ok(read.length > 0, damaged);
			assert.deepEqual(
				entries.map(entry => entry?.kind),
				['article', 'article', 'list', undefined],
			);
		}
		for (const other of [{ place: { ...PLACE, build: '2' } }, { root: 'file:///' }]) {
			read.length = 0;
			await readAll(files, content, other);
			assert.equal(read.length, 4);
		}
	});
});
