import assert from 'node:assert/strict';
import type { LinkTarget } from '../../../server/src/links/network/verdict.ts';
import { ALL, type Hosts, startHosts } from '../../hosts/hosts.ts';
import { type Bench, createBench, shortly, TEST_NAMES } from './support.ts';

describe('the checker of many URLs', () => {
	let hosts: Hosts;
	let bench: Bench;
	before(async () => {
		hosts = await startHosts();
	});
	after(() => hosts.close());
	beforeEach(() => {
		hosts.forget();
		bench = createBench();
	});
	afterEach(() => bench.client.close());

	const links = (paths: readonly string[], host?: string): LinkTarget[] =>
		paths.map(path => ({ url: hosts.url(path, host), use: 'link' }));
	const numbered = (count: number, path = '/page'): string[] =>
		Array.from({ length: count }, (_, at) => `${path}/${at}`);

	it('requests each URL once, however many checks need it', async () => {
		const addresses = links(['/a', '/b', '/a']);
		await Promise.all([bench.check(addresses), bench.check(addresses)]);
		await bench.check(addresses);
		assert.deepEqual(hosts.asked().toSorted(), ['HEAD /a', 'HEAD /b']);
	});

	it('requests a URL again if told to', async () => {
		await bench.check(links(['/a']));
		await bench.check(links(['/a']), { again: true });
		assert.deepEqual(hosts.asked(), ['HEAD /a', 'HEAD /a']);
	});

	it('uses the verdict of an image for a link to it', async () => {
		const url = hosts.url('/picture/html');
		await bench.check([
			{ url, use: 'link' },
			{ url, use: 'image' },
		]);
		assert.deepEqual(hosts.asked(), ['GET /picture/html']);
		const [image, link] = (['image', 'link'] as const).map(use => bench.verdicts.of(url, use));
		assert.deepEqual([image && shortly(image), link && shortly(link)], ['broken: not-an-image', 'ok']);
	});

	it('makes at most 4 concurrent requests to a host, and more to all hosts', async () => {
		await bench.check([...links(numbered(30, '/slow/20'), 'a.site'), ...links(numbered(30, '/slow/20'), 'b.site')]);
		const [a, b] = ['a.site', 'b.site'].map(name => hosts.peaks.get(new URL(hosts.url('/', name)).host));
		assert.deepEqual([a, b], [4, 4]);
		assert.equal(hosts.peaks.get(ALL), 8);
		assert.equal(hosts.asked().length, 60);
	});

	it('retries a started link with GET before it starts other links', async () => {
		await bench.check(links(['/status/404', ...numbered(20, '/slow/5')]));
		const asked = hosts.asked();
		assert.ok(asked.indexOf('GET /status/404') < 8, asked.join('\n'));
	});

	it('makes one request at a time, with delays, to a host that answered 429', async () => {
		await bench.check(links(['/limited/times/0']));
		hosts.forget();
		await bench.check(links(numbered(6)));
		const peak = new URL(hosts.url('/')).host;
		assert.equal(hosts.peaks.get(peak), 1);
		assert.ok(bench.waits.filter(wait => wait === 1000).length >= 6, bench.waits.join());
	});

	for (const [path, pause] of [
		['/limited/seconds/7/times/1', 7000],
		['/limited/times/1', 1000],
	] as const)
		it(`waits as long as the host requests: ${path}`, async () => {
			assert.equal(shortly(await bench.verdict(hosts.url(path))), 'ok');
			assert.deepEqual(hosts.asked(), [`HEAD ${path}`, `GET ${path}`, `GET ${path}`]);
			assert.ok(bench.waits.includes(pause), bench.waits.join());
		});

	it('waits until the date given by the host', async () => {
		bench.client.close();
		bench = createBench({ start: Date.now() });
		assert.equal(shortly(await bench.verdict(hosts.url('/limited/date/30/times/1'))), 'ok');
		// The date has a resolution of one second.
		assert.ok(
			bench.waits.some(wait => wait > 25_000 && wait <= 31_000),
			bench.waits.join(),
		);
	});

	it('does not wait for hours, and makes no more requests to such a host', async () => {
		assert.equal(shortly(await bench.verdict(hosts.url('/limited/seconds/7200/times/9'))), 'unverified: rate-limited');
		await bench.check(links(numbered(5)));
		assert.deepEqual(hosts.asked(), ['HEAD /limited/seconds/7200/times/9']);
		assert.equal(Math.max(0, ...bench.waits), 0);
	});

	it('gives up on a host that never answers', async () => {
		bench.client.close();
		bench = createBench({ timeout: 50 });
		await bench.check(links(numbered(40, '/slow/headers')));
		assert.ok(hosts.asked().length <= 8, hosts.asked().join());
	});

	it('stops retrying requests to a host that only fails', async () => {
		await bench.check(links(numbered(40, '/status/500')));
		// HEAD and GET of each, and the retries before the checker gave up on the host.
		assert.ok(hosts.asked().length <= 80 + 12, String(hosts.asked().length));
	});

	it('reports a host as unknown only after two lookups', async () => {
		const verdict = await bench.verdict('https://lost.site/');
		assert.equal(shortly(verdict), 'broken: host-unknown');
		assert.deepEqual(bench.waits, [1000]);
		assert.equal(shortly(await bench.verdict('https://offline.site/')), 'unverified: name-servers');
		assert.equal(shortly(await bench.verdict('https://harbour.onion.lost.site/')), 'broken: host-unknown');
	});

	it('knows top-level names that do not exist on the internet', async () => {
		for (const [host, expected] of [
			['courier.example', 'reserved-name'],
			['COURIER.EXAMPLE.', 'reserved-name'],
			['wiki.test', 'reserved-name'],
			['invalid', 'reserved-name'],
			['harbour.onion', 'other-network'],
			['printer.local', 'other-network'],
			['router.home.arpa', 'other-network'],
		] as const)
			for (const use of ['link', 'image'] as const)
				assert.equal(
					shortly(await bench.verdict(`https://${host}/${use}`, use, 'https://a.site/')),
					`unverified: ${expected}`,
					host,
				);
		assert.deepEqual(bench.waits, []);
		assert.equal(shortly(await bench.verdict('https://courier.example.lost.site/')), 'broken: host-unknown');
	});

	it('reports no host as unknown if all are, and gives up soon', async () => {
		bench.client.close();
		bench = createBench({
			names: { ...TEST_NAMES, addresses: () => TEST_NAMES.addresses('lost.site') },
		});
		const addresses = Array.from({ length: 40 }, (_, at): LinkTarget => ({ url: `https://a${at}.site/`, use: 'link' }));
		await bench.check(addresses);
		const found = addresses.map(({ url }) => bench.verdicts.of(url, 'link'));
		assert.deepEqual([...new Set(found.map(verdict => verdict && shortly(verdict)))], ['unverified: name-servers']);
		assert.ok(bench.waits.length <= 40, String(bench.waits.length));
	});

	it('treats another name of the host as the same site, and another host as another site', async () => {
		const to = (url: string): string => `/to-for-good/${encodeURIComponent(url)}`;
		for (const [path, host, expected] of [
			[to(hosts.url('/story', 'www.a.site')), 'a.site', 'moved: /story'],
			[to(hosts.url('/', 'www.a.site')), 'a.site', 'broken: front-page'],
			[to(hosts.url('/', 'b.site')), 'short.site', 'moved: /'],
		] as const)
			assert.equal(shortly(await bench.verdict(hosts.url(path, host))), expected);
		const [here, there] = [hosts.url('/www', 'a.site'), hosts.url('/www', 'www.a.site')];
		assert.equal(shortly(await bench.verdict(here)), 'ok');
		assert.deepEqual(
			hosts.seen.slice(-2).map(({ host, path }) => `http://${host}${path}`),
			[here, there],
		);
	});

	it('does not report failures after the network was lost', async () => {
		const lost = await startHosts();
		const addresses: LinkTarget[] = numbered(20, '/slow/50').map(path => ({ url: lost.url(path), use: 'link' }));
		const check = bench.check(addresses);
		await lost.next('/slow/50/3');
		await lost.close();
		await check;
		const verdicts = addresses.map(({ url }) => bench.verdicts.of(url, 'link'));
		assert.ok(verdicts.every(verdict => verdict?.kind === 'unverified' || verdict?.kind === 'ok'));
		assert.ok(verdicts.some(verdict => verdict?.kind === 'unverified'));
	});

	it('keeps cached verdicts while the machine is offline', async () => {
		let isOffline = false;
		bench.client.close();
		bench = createBench({
			names: { ...TEST_NAMES, addresses: host => TEST_NAMES.addresses(isOffline ? 'offline.site' : host) },
		});
		const url = hosts.url('/status/404', 'c.site');
		assert.equal(shortly(await bench.verdict(url)), 'broken: gone');
		bench.client.close();
		isOffline = true;
		await bench.check([{ url, use: 'link' }], { again: true });
		assert.equal(bench.verdicts.of(url, 'link')?.kind, 'broken');
	});

	it('requests nothing after it was cancelled', async () => {
		const controller = new AbortController();
		const check = bench.check(links(numbered(50, '/slow/headers')), { signal: controller.signal });
		await hosts.next('/slow/headers/3');
		controller.abort();
		await check;
		const asked = hosts.asked().length;
		await bench.check(links(['/after']));
		assert.equal(hosts.asked().length, asked + 1);
		assert.equal(bench.verdicts.of(hosts.url('/slow/headers/0'), 'link'), undefined);
	});

	it('continues requests of a cancelled check that another check needs', async () => {
		const controller = new AbortController();
		const cancelled = bench.check(links(['/slow/50/both', '/slow/headers']), { signal: controller.signal });
		const other = bench.check(links(['/slow/50/both']));
		await hosts.next('/slow/50/both');
		controller.abort();
		await cancelled;
		await other;
		assert.deepEqual(hosts.asked().toSorted(), ['HEAD /slow/50/both', 'HEAD /slow/headers']);
		assert.equal(bench.verdicts.of(hosts.url('/slow/50/both'), 'link')?.kind, 'ok');
	});
});
