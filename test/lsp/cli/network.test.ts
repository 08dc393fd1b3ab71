import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { authorityPath, type Hosts, startHosts } from '../../hosts/hosts.ts';
import { readSarif } from '../../support/sarif.ts';
import { article, BIN, marginalia, type Outcome, temporaryFolder } from './support.ts';

describe('marginalia check --network', () => {
	const folder = temporaryFolder();
	let hosts: Hosts;
	before(async () => {
		hosts = await startHosts({ secure: true });
	});
	after(() => hosts.close());
	beforeEach(() => hosts.forget());

	const link = (path: string): string => `<a href="${hosts.url(path)}">x</a>`;
	const check = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
		marginalia(['check', ...args], {
			cwd: folder.path,
			env: { XDG_CACHE_HOME: join(folder.path, '.cache'), no_proxy: '*', ...env },
		});
	const network = (...args: string[]): Promise<Outcome> => check(['--network', '--allow-private', ...args]);

	it('reports broken and unverified links', async () => {
		folder.put({
			'articles/1.md': article(`<p>${link('/status/404')} ${link('/status/403')} ${link('/')}</p>`),
			'articles/2.md': article(
				`<p>${link('/status/403')} <img alt="" src="${hosts.url('/picture/html')}"></p>`,
				'Two',
			).replace('ferry', 'two'),
		});
		const { stdout, stderr, code } = await network('--quiet');
		assert.equal(stderr, '');
		assert.match(
			stdout,
			/articles\/1\.md\n {2}5:\d+ {2}warning {2}link\/broken {2}The page http:\S+\/status\/404 is gone: 404 Not Found/,
		);
		assert.match(stdout, /articles\/2\.md\n {2}5:\d+ {2}warning {2}image\/not-an-image {2}http:\S+ is not an image/);
		assert.match(
			stdout,
			/Unverified links\n {2}http:\S+\/status\/403: 127\.0\.0\.1:\d+ returns 403 Forbidden\n {6}articles\/1\.md, articles\/2\.md\n/,
		);
		assert.match(stdout, /; 4 URLs checked: 2 broken, 0 moved, 1 unverified\n$/);
		assert.equal(code, 1);
		assert.equal(hosts.asked().filter(one => one.endsWith('/status/403')).length, 2);
	});

	it('makes no request without the option, and none twice', async () => {
		folder.put({ '1.md': article(`<p>${link('/status/404')} ${link('/moved/301')}</p>`) });
		assert.equal((await check(['--quiet'])).code, 0);
		assert.deepEqual(hosts.asked(), []);
		await network();
		const first = hosts.asked().length;
		assert.ok(first > 0);
		const again = await network('--quiet');
		assert.match(again.stdout, /link\/broken/);
		assert.equal(hosts.asked().length, first);
		await network('--recheck');
		assert.equal(hosts.asked().length, 2 * first);
	});

	it('checks the links of the article, and those of the page around it with an option', async () => {
		folder.put({
			'1.md': article(
				`<p>The ferry left ${link('/early')}.</p><ul class="related-posts"><li>${link('/status/404')}</li></ul>`,
			),
		});
		const { stdout, code } = await network();
		assert.deepEqual(hosts.asked(), ['HEAD /early']);
		assert.equal(code, 0);
		assert.match(stdout, /article\/furniture/);
		await network('--all-links');
		assert.ok(hosts.asked().includes('GET /status/404'));
		const shown = await network('--show-furniture', '--quiet');
		assert.match(shown.stdout, /link\/broken/);
		assert.equal(shown.code, 1);
	});

	it('skips ignored URLs and private hosts', async () => {
		folder.put({
			'1.md': article(`<p>${link('/status/404')} ${link('/status/410')}</p>`),
			'marginalia.json': '{ "ignore": { "urls": ["*/status/404"] } }',
		});
		await network();
		assert.deepEqual([...new Set(hosts.asked())], ['HEAD /status/410', 'GET /status/410']);
		hosts.forget();
		const { stdout, code } = await check(['--network', '--recheck', '--quiet']);
		assert.match(stdout, /127\.0\.0\.1:\d+ is not on the public internet/);
		assert.equal(code, 0);
		assert.deepEqual(hosts.asked(), []);
	});

	it('lists unverified links in JSON, and succeeds if none is broken', async () => {
		folder.put({ '1.md': article(`<p>${link('/moved/301')} ${link('/status/451')} ${link('/')}</p>`) });
		const { stdout, code } = await network('--format', 'json', '--timeout', '5', '--concurrency', '2');
		const report = JSON.parse(stdout) as { network: unknown };
		assert.deepEqual(report.network, {
			addresses: 3,
			ok: 1,
			moved: 1,
			broken: 0,
			unverified: [
				{
					url: hosts.url('/status/451'),
					reason: `${new URL(hosts.url('/')).host} returns 451 Unavailable For Legal Reasons`,
					paths: ['1.md'],
				},
			],
		});
		assert.equal(code, 0);
	});

	it('writes SARIF and commands for GitHub', async () => {
		folder.put({ '1.md': article(`<p>${link('/status/404')} ${link('/moved/301')} ${link('/status/403')}</p>`) });
		const { stdout, code } = await network('--format', 'sarif');
		const [run] = readSarif(stdout).runs;
		const replacement = (rule: string): string | undefined => {
			const result = run?.results?.find(({ ruleId }) => ruleId === rule);
			return result?.fixes?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent?.text;
		};
		assert.equal(replacement('link/broken'), `https://web.archive.org/web/20211216073701/${hosts.url('/status/404')}`);
		assert.equal(replacement('link/moved'), hosts.url('/new/page?a=1'));
		assert.match(JSON.stringify(run?.invocations), /status\/403.*returns 403 Forbidden/);
		assert.equal(code, 1);
		assert.match((await network('--format', 'github')).stdout, /^::warning file=1\.md,line=5,.*title=link\/broken::/m);
	});

	it('exits with 1 for more warnings than allowed, and with 2 for invalid usage', async () => {
		folder.put({ '1.md': article(`<p>${link('/status/404')} ${link('/status/410')} ${link('/status/403')}</p>`) });
		for (const [most, expected] of [
			['0', 1],
			['1', 1],
			['2', 0],
			['-1', 0],
		] as const)
			assert.equal((await network('--max-warnings', most)).code, expected, most);
		for (const args of [
			['--timeout', '0'],
			['--timeout', 'long'],
			['--concurrency', '0'],
			['--concurrency', '1.5'],
		])
			assert.equal((await network(...args)).code, 2, args.join(' '));
	});

	it('shows progress on a terminal', async function () {
		if (process.platform !== 'linux') return this.skip();
		folder.put({
			'1.md': article(`<p>${['/status/404', ...[1, 2, 3].map(at => `/slow/400/${at}`)].map(link).join(' ')}</p>`),
		});
		const command = [process.execPath, BIN, 'check', '--network', '--allow-private', '--concurrency', '1'];
		const child = spawn('script', ['-qec', command.join(' '), '/dev/null'], {
			cwd: folder.path,
			env: { ...process.env, XDG_CACHE_HOME: join(folder.path, '.cache'), no_proxy: '*' },
		});
		child.stdin.end();
		const shown = await text(child.stdout);
		const clear = '\r\u001b[K';
		assert.ok(shown.includes(`${clear}3 of 4 URLs checked, 1 broken${clear}`), JSON.stringify(shown));
		assert.ok(!shown.split(clear).at(-1)?.includes(' of 4 addresses'), JSON.stringify(shown));
	});

	it('uses the proxy of the environment', async () => {
		folder.put({ '1.md': article('<p><a href="http://harbour.site/status/404">x</a></p>') });
		const { stdout } = await check(['--network', '--quiet'], { http_proxy: hosts.url('/'), no_proxy: '' });
		assert.match(stdout, /The page http:\/\/harbour\.site\/status\/404 is gone: 404 Not Found/);
		assert.deepEqual(
			hosts.seen.map(({ method, host }) => `${method} ${host}`),
			['HEAD harbour.site', 'GET harbour.site'],
		);
	});

	for (const variable of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'])
		it(`trusts the certificate authorities of the system only (${variable})`, async function () {
			// Where the system keeps its own is no matter of variables elsewhere.
			if (variable === 'SSL_CERT_FILE' && process.platform !== 'linux') return this.skip();
			const urls = (['whole', 'incomplete', 'self-signed'] as const).map(chain => hosts.secureUrl(`/${chain}`, chain));
			folder.put({ '1.md': article(`<p>${urls.map(url => `<a href="${url}">x</a>`).join(' ')}</p>`) });
			const { stdout, code } = await check(['--network', '--allow-private', '--format', 'json'], {
				[variable]: authorityPath(),
			});
			const { network: found } = JSON.parse(stdout) as {
				network: { ok: number; unverified: { url: string; reason: string }[] };
			};
			assert.equal(found.ok, 1);
			assert.deepEqual(
				found.unverified.map(({ url, reason }) => [new URL(url).pathname, / has an invalid certificate$/.test(reason)]),
				[
					['/incomplete', true],
					['/self-signed', true],
				],
			);
			assert.equal(code, 0);
		});

	it('caches the results of concurrent runs', async () => {
		const paths = Array.from({ length: 40 }, (_, at) => `/status/${at % 2 ? 404 : 200}/${at}`);
		for (let at = 0; at < 4; at++)
			folder.put({
				[`${at}/1.md`]: article(
					`<p>${paths
						.slice(at * 10, at * 10 + 10)
						.map(link)
						.join(' ')}</p>`,
				),
			});
		const runs = await Promise.all(['0', '1', '2', '3'].map(name => network(name)));
		assert.deepEqual([...new Set(runs.map(({ stderr, code }) => stderr + code))], ['1']);
		hosts.forget();
		const { stdout } = await network('--format', 'json');
		const { network: found } = JSON.parse(stdout) as { network: { ok: number; broken: number } };
		assert.deepEqual([found.ok, found.broken, hosts.asked()], [20, 20, []]);
	});

	it('ignores a damaged cache', async () => {
		folder.put({ '1.md': article(`<p>${link('/status/404')}</p>`) });
		await network();
		const cache = join(folder.path, '.cache/marginalia');
		for (const name of readdirSync(cache)) writeFileSync(join(cache, name), '\u0000{"url":"');
		hosts.forget();
		for (const asked of [2, 2]) {
			const { stderr, code } = await network();
			assert.deepEqual([stderr, code, hosts.asked().length], ['', 1, asked]);
		}
	});

	it('works without a writable cache', async () => {
		folder.put({ '1.md': article(`<p>${link('/')}</p>`), cache: 'a file, no folder' });
		const { stderr, code } = await check(['--network', '--allow-private'], {
			XDG_CACHE_HOME: join(folder.path, 'cache'),
		});
		assert.deepEqual([stderr, code], ['', 0]);
	});
});
