import assert from 'node:assert/strict';
import { connect as connectTcp, createServer, type Socket } from 'node:net';
import { createHttpClient } from '../../../server/src/node/httpClient.ts';
import type { Names } from '../../../server/src/node/nameLookup.ts';
import type { HttpAnswer, HttpClient, HttpSettings } from '../../../server/src/platform.ts';
import { type Hosts, startHosts } from '../../hosts/hosts.ts';
import { createBench, LOCAL, shortly, TEST_NAMES } from './support.ts';

const PUBLIC_ONLY: HttpSettings = { ...LOCAL, allowPrivate: false };

describe('the HTTP client', () => {
	let hosts: Hosts;
	const clients: HttpClient[] = [];
	before(async () => {
		hosts = await startHosts({ secure: true });
	});
	after(() => hosts.close());
	beforeEach(() => hosts.forget());
	afterEach(() => {
		for (const client of clients.splice(0)) client.close();
	});

	function clientFor(settings: HttpSettings, names: Names = TEST_NAMES): HttpClient {
		const client = createHttpClient(settings, names);
		clients.push(client);
		return client;
	}

	function get(
		client: HttpClient,
		url: string,
		bodyLimit = 0,
		signal = new AbortController().signal,
	): Promise<HttpAnswer> {
		return client.exchange({ method: 'GET', url: new URL(url), headers: {}, bodyLimit, timeout: 5000 }, signal);
	}

	const reason = (answer: HttpAnswer): string => (answer.kind === 'failure' ? answer.reason : String(answer.status));

	it('reads no more of a body than requested', async () => {
		const answer = await get(clientFor(LOCAL), hosts.url('/endless'), 1000);
		assert.ok(answer.kind === 'response');
		assert.equal(answer.body.length, 1000);
	});

	it('reuses a connection, also after GET and after an error', async () => {
		const client = clientFor(LOCAL);
		const before = hosts.connections;
		for (const path of ['/', '/status/404', '/status/500', '/moved/301', '/picture/plain'])
			await get(client, hosts.url(path));
		assert.equal(hosts.connections - before, 1);
	});

	it('sends neither password nor fragment', async () => {
		const url = hosts.url('/a#b').replace('//', '//user:secret@');
		await get(clientFor(LOCAL), url);
		assert.deepEqual(hosts.asked(), ['GET /a']);
		assert.equal(hosts.seen[0]?.headers.authorization, undefined);
	});

	it('requests nothing after it was cancelled, and aborts running requests', async () => {
		const client = clientFor(LOCAL);
		const controller = new AbortController();
		const begun = get(client, hosts.url('/slow/headers'), 0, controller.signal);
		await hosts.next('/slow/headers');
		controller.abort();
		assert.equal(reason(await begun), 'cancelled');
		assert.equal(reason(await get(client, hosts.url('/'), 0, controller.signal)), 'cancelled');
		assert.deepEqual(hosts.asked(), ['GET /slow/headers']);
	});

	it('reports why there is no response', async () => {
		const client = clientFor(LOCAL);
		const closed = await startHosts();
		await closed.close();
		for (const [url, expected] of [
			[closed.url('/'), 'refused'],
			[hosts.url('/reset'), 'reset'],
			[hosts.url('/garbage'), 'protocol'],
			['http://lost.site/', 'host-unknown'],
			['http://unsure.lost.site/', 'name-servers'],
			['http://offline.site/', 'name-servers'],
			[hosts.secureUrl('/', 'self-signed'), 'tls'],
			[hosts.secureUrl('/', 'incomplete'), 'tls'],
			[hosts.secureUrl('/', 'whole'), 'tls'],
		] as const)
			assert.equal(reason(await get(client, url)), expected, url);
	});

	describe('with private addresses rejected', () => {
		for (const host of [
			'127.0.0.1',
			'[::1]',
			'[::ffff:127.0.0.1]',
			'2130706433',
			'0x7f.1',
			'0.0.0.0',
			'localhost',
			'a.localhost',
		])
			it(`does not connect to ${host}`, async () => {
				assert.equal(reason(await get(clientFor(PUBLIC_ONLY), hosts.url('/', host))), 'private-address');
				assert.deepEqual(hosts.asked(), []);
			});

		it('does not even look up names reserved for examples and tests', async () => {
			const names = { ...TEST_NAMES, addresses: () => assert.fail('looked up') };
			for (const host of ['courier.example', 'a.test', 'b.invalid.'])
				assert.equal(reason(await get(clientFor(PUBLIC_ONLY, names), hosts.url('/', host))), 'host-unknown');
		});

		it('does not connect to a name that resolves to one', async () => {
			assert.equal(reason(await get(clientFor(PUBLIC_ONLY), hosts.url('/', 'rebound.site'))), 'private-address');
			assert.deepEqual(hosts.asked(), []);
		});

		/** Only 127.0.0.1 counts as public here. */
		const rebinding = (addresses: Readonly<Record<string, readonly string[]>>): Names => ({
			addresses: async host => (addresses[host] ?? []).map(address => ({ address, family: 4 })),
			isUnknown: async () => true,
			isPrivate: address => address !== '127.0.0.1',
		});

		it('connects only to the public addresses of a name', async () => {
			const client = clientFor(
				PUBLIC_ONLY,
				rebinding({ 'mixed.site': ['127.0.0.2', '127.0.0.1'], 'inner.site': ['127.0.0.2'] }),
			);
			assert.equal(reason(await get(client, hosts.url('/', 'mixed.site'))), '200');
			assert.equal(reason(await get(client, hosts.url('/', 'inner.site'))), 'private-address');
			assert.deepEqual(hosts.asked(), ['GET /']);
		});

		it('does not follow a redirect to one, and reports the link as unverified', async () => {
			const names = rebinding({ 'public.site': ['127.0.0.1'], 'inner.site': ['127.0.0.2'] });
			const bench = createBench({ settings: PUBLIC_ONLY, names });
			clients.push(bench.client);
			const path = `/to/${encodeURIComponent(hosts.url('/secret', 'inner.site'))}`;
			const verdict = await bench.verdict(hosts.url(path, 'public.site'));
			assert.equal(shortly(verdict), 'unverified: private-address');
			assert.deepEqual(
				verdict.chain.map(({ answer }) => answer),
				[302, 'private-address'],
			);
			assert.deepEqual([...new Set(hosts.asked())], [`HEAD ${path}`]);
		});
	});

	describe('behind a proxy', () => {
		/** A proxy that tunnels all hosts to one port, or forwards requests to it, and records its requests. */
		async function startProxy(
			answer = 'HTTP/1.1 200 OK\r\n\r\n',
		): Promise<{ url: string; asked: string[]; close(): void }> {
			const asked: string[] = [];
			const sockets = new Set<Socket>();
			const server = createServer(socket => {
				sockets.add(socket);
				socket.on('error', () => socket.destroy());
				socket.once('data', head => {
					const [line = '', ...headers] = head.toString('latin1').split('\r\n');
					const authorization = headers.find(header => /^proxy-authorization:/i.test(header));
					asked.push([line, authorization].filter(Boolean).join(' | '));
					const target = new URL(line.startsWith('CONNECT') ? hosts.secureUrl('/', 'self-signed') : hosts.url('/'));
					if (!answer.includes(' 200 ')) {
						socket.end(answer);
						return;
					}
					const through = connectTcp(Number(target.port), target.hostname);
					through.on('error', () => socket.destroy());
					sockets.add(through);
					if (line.startsWith('CONNECT')) socket.write(answer);
					else through.write(head);
					socket.pipe(through).pipe(socket);
				});
			});
			await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
			const address = server.address();
			assert.ok(typeof address === 'object' && address);
			return {
				url: `http://127.0.0.1:${address.port}`,
				asked,
				close() {
					server.close();
					for (const socket of sockets) socket.destroy();
				},
			};
		}

		const settingsFor = (url: string, except: readonly string[] = []): HttpSettings => ({
			...PUBLIC_ONLY,
			proxy: { url, authorization: undefined, strict: true, except },
		});

		it('sends the full URL to the proxy for http, and uses a tunnel for https', async () => {
			const proxy = await startProxy();
			try {
				const client = clientFor(settingsFor(proxy.url.replace('//', '//reader:p%40ss@')));
				assert.equal(reason(await get(client, 'http://somewhere.site/status/404')), '404');
				// The tunnel leads to a host with a self-signed certificate, which the client does check.
				assert.equal(reason(await get(client, 'https://somewhere.site/')), 'tls');
				const authorization = `Basic ${Buffer.from('reader:p@ss').toString('base64')}`;
				assert.deepEqual(proxy.asked, [
					`GET http://somewhere.site/status/404 HTTP/1.1 | proxy-authorization: ${authorization}`,
					`CONNECT somewhere.site:443 HTTP/1.1 | proxy-authorization: ${authorization}`,
				]);
				assert.equal(hosts.seen[0]?.headers.host, 'somewhere.site');
			} finally {
				proxy.close();
			}
		});

		it('does not mistake an error of the proxy for a response of the host', async () => {
			const proxy = await startProxy('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
			try {
				assert.equal(reason(await get(clientFor(settingsFor(proxy.url)), 'https://somewhere.site/')), 'proxy');
			} finally {
				proxy.close();
			}
		});

		it('only supports HTTP proxies', async () => {
			const client = clientFor(settingsFor('socks5://127.0.0.1:1080'));
			assert.equal(reason(await get(client, 'http://somewhere.site/')), 'proxy');
		});

		it('still rejects URLs with private addresses, and connects to exceptions directly', async () => {
			const proxy = await startProxy();
			try {
				const client = clientFor(settingsFor(proxy.url, ['direct.site']));
				assert.equal(reason(await get(client, 'http://127.0.0.1/')), 'private-address');
				assert.equal(reason(await get(client, 'http://a.direct.site/')), 'private-address');
				assert.deepEqual(proxy.asked, []);
			} finally {
				proxy.close();
			}
		});
	});
});
