import assert from 'node:assert/strict';
import { type CacheEntry, createVerdictCache, type VerdictCache } from '../../../../server/src/links/network/cache.ts';
import type { CheckResult, Verdict } from '../../../../server/src/links/network/verdict.ts';
import { createVerdicts } from '../../../../server/src/links/network/verdicts.ts';
import { createFiles } from '../../languageFeatures/harness.ts';

const FOLDER = 'file:///cache';
const DAY = 24 * 3_600_000;

function entry(url: string, time = 0, verdict: Partial<Verdict> = {}): CacheEntry {
	const whole = { kind: 'ok', chain: [{ url, answer: 200 }], time, ...verdict } as Verdict;
	return { url, use: 'link', verdict: whole };
}

describe('the store of verdicts', () => {
	const url = 'https://a.example/x';
	const link = { url, use: 'link' } as const;

	it('expires verdicts', async () => {
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

	it('rechecks unverified URLs: immediately after being offline, otherwise after some minutes', () => {
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

	it('keeps a verdict when a recheck finds this machine offline', async () => {
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

	it('reports being offline if there is no valid verdict', () => {
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

	it('caches verdicts across sessions, except unverified ones', async () => {
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

	it('does not read a cache that is being cleared', async () => {
		const cache = createVerdictCache(createFiles({}), FOLDER);
		await cache.write([entry(url, 1)]);
		const verdicts = createVerdicts(cache, () => 1);
		await Promise.all([verdicts.clear(), verdicts.load([link], true)]);
		assert.equal(verdicts.of(url, 'link'), undefined);
	});

	it('rejects verdicts from further in the future than their lifetime', () => {
		let now = 100 * DAY;
		const verdicts = createVerdicts(undefined, () => now);
		const chain = [{ url, answer: 200 }];
		verdicts.add(link, { kind: 'ok', chain, time: now });
		now += 7 * DAY - 1;
		assert.equal(verdicts.of(url, 'link')?.kind, 'ok');
		assert.equal(verdicts.isOpen(url, 'link'), false);
		now = 93 * DAY;
		assert.equal(verdicts.of(url, 'link'), undefined);
		assert.equal(verdicts.isOpen(url, 'link'), true);
		verdicts.add(link, { kind: 'unverified', reason: 'denied', chain, time: now });
		assert.equal(verdicts.isOpen(url, 'link'), false);
	});

	const PICTURES: readonly (readonly [found: CheckResult, asPicture: CheckResult, asPage: CheckResult])[] = [
		[{ kind: 'ok' }, { kind: 'ok' }, { kind: 'ok' }],
		[{ kind: 'moved', to: 'https://a.example/y' }, { kind: 'ok' }, { kind: 'moved', to: 'https://a.example/y' }],
		...(
			[
				{ kind: 'broken', reason: 'not-an-image' },
				{ kind: 'unverified', reason: 'placeholder' },
				{ kind: 'unverified', reason: 'unknown-format' },
			] as const
		).map(found => [found, found, { kind: 'ok' }] as const),
		...(
			[
				{ kind: 'broken', reason: 'gone' },
				{ kind: 'unverified', reason: 'denied' },
			] as const
		).map(found => [found, found, found] as const),
	];
	for (const [found, asPicture, asPage] of PICTURES)
		it(`says of a picture that is ${'reason' in found ? found.reason : found.kind} what a link to it is`, () => {
			const verdicts = createVerdicts(undefined, () => 0);
			const rest = { chain: [{ url, answer: 200 }], time: 0 };
			verdicts.add({ url, use: 'image' }, { ...found, ...rest });
			assert.deepEqual(verdicts.of(url, 'image'), { ...asPicture, ...rest });
			assert.deepEqual(verdicts.of(url, 'link'), { ...asPage, ...rest });
			// Of a link nobody knows whether it is a picture.
			verdicts.add(link, { ...found, ...rest });
			assert.deepEqual(verdicts.of(url, 'link'), { ...found, ...rest });
			assert.equal(verdicts.of(url, 'image'), undefined);
		});

	it('uses the later one of a new and a cached verdict', async () => {
		const cache = createVerdictCache(createFiles({}), FOLDER);
		await cache.write([entry(url, 5, { kind: 'broken', reason: 'gone' } as Verdict)]);
		for (const [time, kind] of [
			[4, 'broken'],
			[5, 'ok'],
			[6, 'ok'],
		] as const) {
			const verdicts = createVerdicts(cache, () => 6);
			verdicts.add(link, entry(url, time).verdict);
			await verdicts.load([link]);
			assert.equal(verdicts.of(url, 'link')?.kind, kind, String(time));
		}
	});

	it('saves each verdict once, except unverified and cleared ones', async () => {
		const written: (readonly CacheEntry[])[] = [];
		const cache: VerdictCache = {
			read: async () => [],
			write: async entries => void written.push(entries),
			clear: async () => undefined,
		};
		const verdicts = createVerdicts(cache, () => 1);
		verdicts.add(link, { kind: 'unverified', reason: 'denied', chain: [], time: 1 });
		await verdicts.save();
		assert.deepEqual(written, []);
		verdicts.add(link, entry(url, 1).verdict);
		await verdicts.save();
		await verdicts.save();
		assert.deepEqual(written, [[entry(url, 1)]]);
		verdicts.add(link, entry(url, 1).verdict);
		await verdicts.clear();
		await verdicts.save();
		assert.deepEqual(written.length, 1);
	});

	it('looks URLs up again after clear', async () => {
		const cache = createVerdictCache(createFiles({}), FOLDER);
		const verdicts = createVerdicts(cache, () => 1);
		await verdicts.load([link]);
		await verdicts.clear();
		await cache.write([entry(url, 1)]);
		await verdicts.load([link]);
		assert.equal(verdicts.of(url, 'link')?.kind, 'ok');
	});

	it('works without a cache', async () => {
		const verdicts = createVerdicts(undefined, () => 1);
		await verdicts.load([link], true);
		verdicts.add(link, entry(url, 1).verdict);
		assert.equal(await verdicts.save(), undefined);
		assert.equal(verdicts.of(url, 'link')?.kind, 'ok');
		assert.equal(await verdicts.clear(), undefined);
		assert.equal(verdicts.of(url, 'link'), undefined);
	});

	it('looks a URL up again only on request', async () => {
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
