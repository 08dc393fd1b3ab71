import assert from 'node:assert/strict';
import { join } from 'node:path';
import { authorityPath, type Hosts, startHosts } from '../../hosts/hosts.ts';
import { article, marginalia, type Outcome, temporaryFolder } from './support.ts';

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

	it('finds what is gone, and says what could not be verified', async () => {
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
		assert.match(
			stdout,
			/articles\/2\.md\n {2}5:\d+ {2}warning {2}image\/not-an-image {2}What is at http:\S+ is no picture/,
		);
		assert.match(
			stdout,
			/Not verified\n {2}http:\S+\/status\/403: 127\.0\.0\.1:\d+ answers 403 Forbidden\n {6}articles\/1\.md, articles\/2\.md\n/,
		);
		assert.match(stdout, /; 4 addresses asked for: 2 broken, 0 moved, 1 not verified\n$/);
		assert.equal(code, 1);
		assert.equal(hosts.asked().filter(one => one.endsWith('/status/403')).length, 2);
	});

	it('asks nothing without the option, and nothing twice', async () => {
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

	it('leaves alone what is ignored, and hosts that are not public', async () => {
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

	it('tells the rest in JSON, and is clean where nothing is broken', async () => {
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
					reason: `${new URL(hosts.url('/')).host} answers 451 Unavailable For Legal Reasons`,
					paths: ['1.md'],
				},
			],
		});
		assert.equal(code, 0);
	});

	it('writes SARIF and commands for GitHub', async () => {
		folder.put({ '1.md': article(`<p>${link('/status/404')}</p>`) });
		const sarif = JSON.parse((await network('--format', 'sarif')).stdout) as {
			runs: { results: { ruleId: string; fixes: unknown[] }[] }[];
		};
		const result = sarif.runs[0]?.results.find(({ ruleId }) => ruleId === 'link/broken');
		assert.equal(result?.fixes.length, 1);
		assert.match((await network('--format', 'github')).stdout, /^::warning file=1\.md,line=5,.*title=link\/broken::/m);
	});

	it('trusts the authorities that the machine trusts, and no certificate without one', async () => {
		const urls = (['whole', 'incomplete', 'self-signed'] as const).map(chain => hosts.secureUrl(`/${chain}`, chain));
		folder.put({ '1.md': article(`<p>${urls.map(url => `<a href="${url}">x</a>`).join(' ')}</p>`) });
		const env = { NODE_EXTRA_CA_CERTS: authorityPath() };
		const { stdout, code } = await check(['--network', '--allow-private', '--format', 'json'], env);
		const { network: found } = JSON.parse(stdout) as {
			network: { ok: number; unverified: { url: string; reason: string }[] };
		};
		assert.equal(found.ok, 1);
		assert.deepEqual(
			found.unverified.map(({ url, reason }) => [
				new URL(url).pathname,
				/^the certificate of .* is not in order$/.test(reason),
			]),
			[
				['/incomplete', true],
				['/self-signed', true],
			],
		);
		assert.equal(code, 0);
	});

	it('does its work where nothing can be kept', async () => {
		folder.put({ '1.md': article(`<p>${link('/')}</p>`), cache: 'a file, no folder' });
		const { stderr, code } = await check(['--network', '--allow-private'], {
			XDG_CACHE_HOME: join(folder.path, 'cache'),
		});
		assert.deepEqual([stderr, code], ['', 0]);
	});
});
