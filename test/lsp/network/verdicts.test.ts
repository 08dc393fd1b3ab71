import assert from 'node:assert/strict';
import type { LinkUse } from '../../../server/src/links/network/verdict.ts';
import { type Hosts, startHosts } from '../../hosts/hosts.ts';
import { type Bench, createBench, shortly } from './support.ts';

/** A path, its verdict, and the requests to the host. */
type Row = readonly [path: string, verdict: string, asked: readonly string[]];

const HEAD_ONLY = ['HEAD'];
const BOTH = ['HEAD', 'GET'];
const ALL_TRIES = ['HEAD', 'GET', 'GET', 'GET', 'GET'];

const PAGES: readonly Row[] = [
	['/', 'ok', HEAD_ONLY],
	['/status/200', 'ok', HEAD_ONLY],
	['/status/204', 'ok', HEAD_ONLY],
	['/status/404', 'broken: gone', BOTH],
	['/status/410', 'broken: gone', BOTH],
	...[400, 405, 406, 409, 418, 421, 422, 426, 431, 444, 999].map(
		(code): Row => [`/status/${code}`, 'unverified: status', BOTH],
	),
	...[300, 304, 305].map((code): Row => [`/status/${code}`, 'unverified: status', BOTH]),
	...[401, 402, 403, 407, 451].map((code): Row => [`/status/${code}`, 'unverified: denied', BOTH]),
	...[500, 501, 502, 503, 504, 520, 522].map((code): Row => [`/status/${code}`, 'unverified: server-error', ALL_TRIES]),
	['/status/429', 'unverified: rate-limited', ALL_TRIES],
	...[404, 403, 405, 500, 501, 503].map((code): Row => [`/head/${code}`, 'ok', BOTH]),
	['/head/reset', 'ok', BOTH],
	['/head/front', 'ok', ['HEAD', 'HEAD /', 'GET']],
	['/recovers/503/after/2', 'ok', ['HEAD', 'GET', 'GET', 'GET']],
	['/reset/after/3', 'ok', ALL_TRIES],
	['/reset', 'unverified: reset', ALL_TRIES],
	['/truncated', 'ok', HEAD_ONLY],
	['/slow/headers', 'unverified: timeout', BOTH],
	['/slow/20', 'ok', HEAD_ONLY],
	['/endless', 'ok', HEAD_ONLY],
	['/garbage', 'unverified: protocol', BOTH],
	['/huge-headers', 'unverified: protocol', BOTH],
];

const REDIRECTS: readonly Row[] = [
	['/moved/301', 'moved: /new/page', ['HEAD', 'HEAD /new/page?a=1']],
	['/moved/308', 'moved: /new/page', ['HEAD', 'HEAD /new/page?a=1']],
	...[302, 303, 307].map((code): Row => [`/moved/${code}`, 'ok', ['HEAD', 'HEAD /new/page?a=1']]),
	['/moved/utf-8', 'moved: /%E6%96%B0/%E9%A1%B5%E9%9D%A2', ['HEAD', 'HEAD /%E6%96%B0/%E9%A1%B5%E9%9D%A2']],
	['/moved/301/then/404', 'broken: gone', ['HEAD', 'HEAD /status/404', 'GET', 'GET /status/404']],
	['/moved/301/then/403', 'unverified: denied', ['HEAD', 'HEAD /status/403', 'GET', 'GET /status/403']],
	['/front/301', 'broken: front-page', ['HEAD', 'HEAD /', 'GET', 'GET /']],
	['/front/308', 'broken: front-page', ['HEAD', 'HEAD /', 'GET', 'GET /']],
	['/front/302', 'unverified: front-page', ['HEAD', 'HEAD /', 'GET', 'GET /']],
	['/slash', 'ok', ['HEAD', 'HEAD /slash/']],
	['/loop', 'unverified: redirects', BOTH],
	[
		'/circle/1',
		'unverified: redirects',
		['HEAD', 'HEAD /circle/2', 'HEAD /circle/0', 'GET', 'GET /circle/2', 'GET /circle/0'],
	],
	['/chain/10', 'ok', ['HEAD', ...Array.from({ length: 10 }, (_, at) => `HEAD /chain/${9 - at}`)]],
	[
		'/chain/11',
		'unverified: redirects',
		['HEAD', 'GET'].flatMap(method => [
			method,
			...Array.from({ length: 10 }, (_, at) => `${method} /chain/${10 - at}`),
		]),
	],
	['/no-location', 'unverified: redirect', BOTH],
	['/invalid-location', 'unverified: redirect', BOTH],
	['/app', 'unverified: redirect', BOTH],
	[
		'/members/302',
		'unverified: login',
		['HEAD', 'HEAD /account/login?next=/page', 'GET', 'GET /account/login?next=/page'],
	],
	['/lost/301', 'unverified: error-page', ['HEAD', 'HEAD /errors/404.html', 'GET', 'GET /errors/404.html']],
	['/challenge/cloudflare', 'unverified: challenge', BOTH],
	['/challenge/not-found', 'unverified: challenge', BOTH],
	['/challenge/aws', 'unverified: challenge', BOTH],
];

const PICTURES: readonly Row[] = [
	['/picture/plain.png', 'ok: PNG 64 × 48', ['GET']],
	['/picture/as-text', 'ok: PNG 64 × 48', ['GET']],
	['/picture/whole-only', 'ok: PNG 64 × 48', ['GET', 'GET']],
	['/picture/part', 'ok: PNG 64 × 48', ['GET']],
	['/picture/large', 'ok: PNG 64 × 48', ['GET']],
	['/picture/endless', 'ok: PNG 64 × 48', ['GET']],
	['/picture/moved', 'ok: PNG 64 × 48', ['GET', 'GET /picture/plain/2.png']],
	['/picture/refuses-referer', 'ok: PNG 64 × 48', ['GET']],
	['/picture/wants-referer', 'ok: PNG 64 × 48', ['GET', 'GET']],
	['/picture/small-without-referer', 'ok: PNG 64 × 48', ['GET', 'GET']],
	['/picture/html', 'broken: not-an-image', ['GET', 'GET']],
	['/picture/json', 'broken: not-an-image', ['GET', 'GET']],
	['/picture/empty', 'broken: not-an-image', ['GET', 'GET']],
	['/picture/page-with-referer', 'broken: gone', ['GET', 'GET']],
	['/picture/unknown', 'unverified: unknown-format', ['GET', 'GET']],
	['/picture/dot', 'unverified: placeholder', ['GET', 'GET']],
	[
		'/picture/stand-in',
		'unverified: placeholder',
		['GET', 'GET /picture/plain/no-image.png', 'GET', 'GET /picture/plain/no-image.png'],
	],
	['/picture/truncated', 'unverified: reset', ['GET', 'GET', 'GET', 'GET', 'GET']],
	['/status/404?picture', 'broken: gone', ['GET', 'GET']],
	['/status/403?picture', 'unverified: denied', ['GET', 'GET']],
	['/challenge/cloudflare?picture', 'unverified: challenge', ['GET', 'GET']],
];

describe('verdicts on a misbehaving host', () => {
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

	const cases = (rows: readonly Row[], use: LinkUse): void => {
		for (const [path, expected, asked] of rows) {
			it(`${path} is ${expected}`, async () => {
				if (expected.endsWith('timeout')) {
					bench.client.close();
					bench = createBench({ timeout: 100 });
				}
				const verdict = await bench.verdict(hosts.url(path), use, 'https://news.example/story/');
				assert.equal(shortly(verdict), expected);
				assert.deepEqual(
					hosts.asked(),
					asked.map(one => (one.includes(' ') ? one : `${one} ${path}`)),
				);
			});
		}
	};
	describe('for a page', () => cases(PAGES, 'link'));
	describe('for a redirecting page', () => cases(REDIRECTS, 'link'));
	describe('for an image', () => cases(PICTURES, 'image'));

	for (const use of ['link', 'image'] as const)
		it(`treat only status 404 and 410 of a ${use} as broken`, async () => {
			const statuses = Array.from({ length: 400 }, (_, at) => 200 + at);
			const addresses = statuses.map(status => ({ url: hosts.url(`/status/${status}`, `h${status}.site`), use }));
			await bench.check(addresses);
			const found = new Map(statuses.map((status, at) => [status, bench.verdicts.of(addresses[at]?.url ?? '', use)]));
			const broken = [...found].flatMap(([status, verdict]) => (verdict?.kind === 'broken' ? [status] : []));
			// An empty body is not an image.
			const empty = use === 'image' ? [200, 206] : [];
			assert.deepEqual(broken, [...empty, 404, 410]);
			assert.ok(![...found.values()].includes(undefined));
			for (const [status, verdict] of found) {
				const expected = use === 'link' && status < 300 ? 'ok' : 'unverified';
				if (!broken.includes(status)) assert.equal(verdict?.kind, expected, String(status));
			}
			const times = new Map<string, number>();
			for (const { host, path } of hosts.seen) times.set(host + path, (times.get(host + path) ?? 0) + 1);
			// The methods, and three more attempts.
			assert.equal(Math.max(...times.values()), use === 'link' ? 5 : 4);
		});
});
