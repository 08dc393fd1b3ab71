import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CacheEntry, createVerdictCache } from '../../../../server/src/links/network/cache.ts';
import type { Verdict } from '../../../../server/src/links/network/verdict.ts';
import type { FileSystem } from '../../../../server/src/platform.ts';
import { createFiles } from '../../languageFeatures/harness.ts';

const FOLDER = 'file:///cache';

function entry(url: string, time = 0, verdict: Partial<Verdict> = {}): CacheEntry {
	const whole = { kind: 'ok', chain: [{ url, answer: 200 }], time, ...verdict } as Verdict;
	return { url, use: 'link', verdict: whole };
}

/** The names of the files in the cache. */
async function names(files: FileSystem): Promise<readonly string[]> {
	return ((await files.readDirectory(FOLDER)) ?? []).map(({ name }) => `${FOLDER}/${name}`);
}

describe('the verdict cache', () => {
	it('returns the verdicts that were written', async () => {
		const files = createFiles({});
		const entries: CacheEntry[] = [
			entry('https://a.example/x', 1),
			entry('https://a.example/y', 2, { kind: 'moved', to: 'https://a.example/z' } as Verdict),
			entry('https://b.example/', 3, { kind: 'broken', reason: 'gone' } as Verdict),
			{
				...entry('https://c.example/1.png', 4, { picture: { type: 'PNG', size: { width: 2, height: 1 } } } as Verdict),
				use: 'image',
			},
		];
		assert.equal(await createVerdictCache(files, FOLDER).write(entries), undefined);
		const read = await createVerdictCache(files, `${FOLDER}/`).read(entries.map(({ url }) => url));
		assert.deepEqual(
			read.toSorted((a, b) => a.verdict.time - b.verdict.time),
			entries,
		);
		assert.deepEqual(await createVerdictCache(files, FOLDER).read(['https://a.example/other']), []);
	});

	it('keeps the later one of two, whoever writes first', async () => {
		const files = createFiles({});
		const [one, other] = [createVerdictCache(files, FOLDER), createVerdictCache(files, FOLDER)];
		await one.write([entry('https://a.example/x', 5), entry('https://a.example/y', 1)]);
		await other.write([entry('https://a.example/x', 3), entry('https://a.example/z', 1)]);
		const read = await one.read(['x', 'y', 'z'].map(path => `https://a.example/${path}`));
		assert.deepEqual(
			read.map(({ url, verdict: { time } }) => [url.at(-1), time]),
			[
				['x', 5],
				['y', 1],
				['z', 1],
			],
		);
	});

	it('ignores damaged lines, and replaces them', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(400), async (damage, at) => {
				const files = createFiles({});
				const cache = createVerdictCache(files, FOLDER);
				await cache.write([entry('https://a.example/x', 1), entry('https://a.example/y', 1)]);
				const [name = ''] = await names(files);
				await files.update(name, before => Buffer.concat([(before ?? Buffer.alloc(0)).subarray(0, at), damage]));
				for (const { url, verdict } of await cache.read(['https://a.example/x', 'https://a.example/y']))
					assert.deepEqual(entry(url, 1).verdict, verdict);
				await cache.write([entry('https://a.example/z', 2)]);
				assert.deepEqual(await cache.read(['https://a.example/z']), [entry('https://a.example/z', 2)]);
			}),
		);
	});

	it('limits its size', async () => {
		const files = createFiles({});
		const cache = createVerdictCache(files, FOLDER, 5);
		const entries = Array.from({ length: 2500 }, (_, at) => entry(`https://a.example/${at}`, at));
		await cache.write(entries.slice(0, 1000));
		await cache.write(entries.slice(1000));
		const kept = await cache.read(entries.map(({ url }) => url));
		assert.equal(kept.length, 64 * 5);
		// In each of its files those of the latest verdicts are left.
		assert.ok(kept.every(({ verdict }) => verdict.time > 1500));
	});

	it('can be cleared, and reports write errors', async () => {
		const files = createFiles({});
		const cache = createVerdictCache(files, FOLDER);
		await cache.write([entry('https://a.example/x')]);
		assert.equal(await cache.clear(), undefined);
		assert.deepEqual(await cache.read(['https://a.example/x']), []);
		const readOnly: FileSystem = { ...files, update: async () => ({ kind: 'refused', reason: 'may not be written' }) };
		const refused = await createVerdictCache(readOnly, FOLDER).write([entry('https://a.example/x')]);
		assert.match(refused ?? '', /^file:\/\/\/cache\/links-\d\d\.jsonl may not be written$/);
	});
});
