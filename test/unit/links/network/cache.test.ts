import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CacheEntry, createVerdictCache } from '../../../../server/src/links/network/cache.ts';
import type { Verdict } from '../../../../server/src/links/network/verdict.ts';
import { createVerdicts } from '../../../../server/src/links/network/verdicts.ts';
import type { FileSystem } from '../../../../server/src/platform.ts';
import { createFiles } from '../../languageFeatures/harness.ts';

const FOLDER = 'file:///cache';
const DAY = 24 * 3_600_000;

function entry(url: string, time = 0, verdict: Partial<Verdict> = {}): CacheEntry {
	const whole = { kind: 'ok', chain: [{ url, answer: 200 }], time, ...verdict } as Verdict;
	return { url, use: 'link', verdict: whole };
}

/** The names of the files in the cache. */
async function names(files: FileSystem): Promise<readonly string[]> {
	return ((await files.readDirectory(FOLDER)) ?? []).map(({ name }) => `${FOLDER}/${name}`);
}

describe('the cache of verdicts', () => {
	it('keeps what was found out', async () => {
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

	it('passes over whatever is damaged, and writes it anew', async () => {
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

	it('does not grow without end', async () => {
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

	it('is emptied, and says where it cannot be written', async () => {
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

describe('what is known of addresses', () => {
	const url = 'https://a.example/x';
	const link = { url, use: 'link' } as const;

	it('holds for as long as it may, and no longer', async () => {
		for (const [verdict, days] of [
			[{ kind: 'ok' }, 7],
			[{ kind: 'moved', to: url }, 7],
			[{ kind: 'broken', reason: 'gone' }, 1],
		] as const) {
			let now = 0;
			const verdicts = createVerdicts(undefined, () => now);
			verdicts.add(link, { ...verdict, chain: [{ url, answer: 200 }], time: 0 });
			now = days * DAY - 1;
			assert.equal(verdicts.of(url, 'link')?.kind, verdict.kind);
			now++;
			assert.equal(verdicts.of(url, 'link'), undefined);
		}
	});

	it('is asked for again where it is unverified: at once if this machine was offline, else after some minutes', () => {
		let now = 0;
		const verdicts = createVerdicts(undefined, () => now);
		const add = (reason: 'denied' | 'unreachable'): void =>
			verdicts.add(link, { kind: 'unverified', reason, chain: [{ url, answer: 403 }], time: 0 });
		assert.equal(verdicts.isOpen(url, 'link'), true);
		add('unreachable');
		assert.equal(verdicts.isOpen(url, 'link'), true);
		add('denied');
		now = 10 * 60_000 - 1;
		assert.equal(verdicts.isOpen(url, 'link'), false);
		now++;
		assert.equal(verdicts.isOpen(url, 'link'), true);
		assert.equal(verdicts.of(url, 'link')?.kind, 'unverified');
	});

	it('is not lost where this machine is offline when it is asked for again', async () => {
		const chain = [{ url, answer: 200 }];
		for (const verdict of [
			{ kind: 'ok' },
			{ kind: 'moved', to: 'https://a.example/y' },
			{ kind: 'broken', reason: 'gone' },
			{ kind: 'unverified', reason: 'denied' },
		] as const) {
			for (const reason of ['unreachable', 'name-servers'] as const) {
				const cache = createVerdictCache(createFiles({}), FOLDER);
				const verdicts = createVerdicts(cache, () => 1);
				verdicts.add(link, { ...verdict, chain, time: 0 });
				verdicts.add(link, { kind: 'unverified', reason, chain, time: 1 });
				assert.deepEqual(verdicts.of(url, 'link'), { ...verdict, chain, time: 0 }, `${verdict.kind}, ${reason}`);
				await verdicts.save();
				const kept = verdict.kind === 'unverified' ? [] : [entry(url, 0, { ...verdict, chain })];
				assert.deepEqual(await cache.read([url]), kept);
			}
		}
	});

	it('says that this machine was offline where nothing else is known, or that holds no longer', () => {
		let now = 0;
		const verdicts = createVerdicts(undefined, () => now);
		const offline = { kind: 'unverified', reason: 'unreachable', chain: [{ url, answer: 'unreachable' }] } as const;
		verdicts.add(link, { ...offline, time: 0 });
		assert.deepEqual(verdicts.of(url, 'link'), { ...offline, time: 0 });
		verdicts.add(link, { kind: 'broken', reason: 'gone', chain: [{ url, answer: 404 }], time: 0 });
		now = DAY;
		verdicts.add(link, { ...offline, time: now });
		assert.deepEqual(verdicts.of(url, 'link'), { ...offline, time: DAY });
		// What is known of a link says nothing of the picture that is there.
		verdicts.add(link, { kind: 'ok', chain: [{ url, answer: 200 }], time: now });
		verdicts.add({ url, use: 'image' }, { ...offline, time: now });
		assert.deepEqual(verdicts.of(url, 'image'), { ...offline, time: DAY });
	});

	it('goes over to the next session, unless it is unverified', async () => {
		const files = createFiles({});
		const session = (): ReturnType<typeof createVerdicts> => createVerdicts(createVerdictCache(files, FOLDER), () => 1);
		const first = session();
		const other = { url: 'https://a.example/y', use: 'link' } as const;
		first.add(link, { kind: 'broken', reason: 'gone', chain: [{ url, answer: 404 }], time: 1 });
		first.add(other, { kind: 'unverified', reason: 'denied', chain: [{ url, answer: 403 }], time: 1 });
		assert.equal(await first.save(), undefined);
		const second = session();
		await second.load([link, other]);
		assert.deepEqual([second.of(url, 'link')?.kind, second.of(other.url, 'link')], ['broken', undefined]);
		await second.clear();
		const third = session();
		await third.load([link]);
		assert.deepEqual([second.of(url, 'link'), third.of(url, 'link')], [undefined, undefined]);
	});

	it('is not read from a cache that is being emptied', async () => {
		const cache = createVerdictCache(createFiles({}), FOLDER);
		await cache.write([entry(url, 1)]);
		const verdicts = createVerdicts(cache, () => 1);
		await Promise.all([verdicts.clear(), verdicts.load([link], true)]);
		assert.equal(verdicts.of(url, 'link'), undefined);
	});

	it('is looked up again only where that is asked for', async () => {
		const files = createFiles({});
		const cache = createVerdictCache(files, FOLDER);
		const verdicts = createVerdicts(cache, () => 1);
		await verdicts.load([link]);
		await cache.write([entry(url, 1)]);
		await verdicts.load([link]);
		assert.equal(verdicts.of(url, 'link'), undefined);
		await verdicts.load([link], true);
		assert.equal(verdicts.of(url, 'link')?.kind, 'ok');
	});
});
