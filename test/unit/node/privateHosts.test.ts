import assert from 'node:assert/strict';
import { promisify } from 'node:util';
import { specialNameOf } from '../../../server/src/links/network/specialNames.ts';
import { createHttpClient } from '../../../server/src/node/httpClient.ts';
import { createLookup, isPrivateHost, type Names } from '../../../server/src/node/nameLookup.ts';
import { isPrivateAddress } from '../../../server/src/node/privateAddress.ts';

/** Names with their addresses, and a record of lookups. */
function names(addresses: Readonly<Record<string, readonly string[]>>): Names & { readonly asked: string[] } {
	const asked: string[] = [];
	return {
		asked,
		async addresses(host) {
			asked.push(host);
			return (addresses[host] ?? []).map(address => ({ address, family: address.includes(':') ? 6 : 4 }));
		},
		isUnknown: async () => true,
		isPrivate: isPrivateAddress,
	};
}

describe('private hosts detected without a lookup', () => {
	for (const [address, isPrivate] of [
		['http://127.0.0.1/', true],
		['http://2130706433/', true],
		['http://0x7f.1/', true],
		['http://017700000001/', true],
		['http://[::1]/', true],
		['http://[::ffff:127.0.0.1]/', true],
		['http://[fd00::1]/', true],
		['http://169.254.169.254/', true],
		['http://localhost/', true],
		['http://LOCALHOST./', true],
		['http://a.localhost/', true],
		['http://１２７.０.０.１/', true],
		['http://1.1.1.1/', false],
		['http://[2606:4700::1111]/', false],
		['http://localhost.news.site/', false],
		['http://mylocalhost/', false],
		['http://news.site/', false],
	] as const)
		it(`${isPrivate ? '' : 'do not '}include ${address}`, () => {
			assert.equal(isPrivateHost(new URL(address).hostname, names({})), isPrivate);
		});
});

describe('names that are not hosts on the internet', () => {
	for (const [host, special] of [
		['example', 'reserved-name'],
		['news.example', 'reserved-name'],
		['news.example.', 'reserved-name'],
		['a.test', 'reserved-name'],
		['a.invalid', 'reserved-name'],
		['printer.local', 'other-network'],
		['wiki.corp.internal', 'other-network'],
		['router.home.arpa', 'other-network'],
		['a.onion', 'other-network'],
		['example.com', undefined],
		['myexample', undefined],
		['arpa', undefined],
		['news.site', undefined],
	] as const)
		it(`${host}: ${special}`, () => assert.equal(specialNameOf(host), special));
});

describe('a connection to a name', () => {
	const lookUp = async (found: readonly string[], allowPrivate: boolean): Promise<unknown> => {
		const lookup = promisify(createLookup(names({ 'a.site': found }), allowPrivate)) as (
			host: string,
			options: object,
		) => Promise<readonly { address: string }[]>;
		try {
			return (await lookup('a.site', { all: true })).map(({ address }) => address);
		} catch (error) {
			return (error as NodeJS.ErrnoException).code;
		}
	};

	it('is rejected if all addresses are private, and uses the other ones if some are', async () => {
		assert.equal(await lookUp(['127.0.0.1', '::1'], false), 'EPRIVATE');
		assert.equal(await lookUp([], false), 'EPRIVATE');
		assert.deepEqual(await lookUp(['10.0.0.1', '1.1.1.1', 'fd00::1', '2606:4700::1111'], false), [
			'1.1.1.1',
			'2606:4700::1111',
		]);
		assert.deepEqual(await lookUp(['127.0.0.1', '1.1.1.1'], true), ['127.0.0.1', '1.1.1.1']);
	});

	it('is checked again when the name resolves to another address a minute later', async () => {
		const addresses: Record<string, string[]> = { 'a.site': ['1.1.1.1'] };
		let now = 0;
		const lookup = createLookup(names(addresses), false, () => now);
		const first = (): Promise<string> =>
			new Promise(resolve => lookup('a.site', {}, (error, address) => resolve(error?.code ?? String(address))));
		assert.equal(await first(), '1.1.1.1');
		addresses['a.site'] = ['127.0.0.1'];
		// Within that minute, only the public address is used.
		now = 59_999;
		assert.equal(await first(), '1.1.1.1');
		now = 60_000;
		assert.equal(await first(), 'EPRIVATE');
	});
});

describe('a request to a private host', () => {
	const settings = { allowPrivate: false, systemCertificates: false, proxy: undefined };
	const reasonFor = async (url: string, known: Names): Promise<string> => {
		const client = createHttpClient(settings, known);
		const request = { method: 'GET', url: new URL(url), headers: {}, bodyLimit: 0, timeout: 5000 } as const;
		const answer = await client.exchange(request, new AbortController().signal);
		client.close();
		return answer.kind === 'failure' ? answer.reason : String(answer.status);
	};

	for (const url of ['http://127.0.0.1:9/', 'https://[::1]:9/', 'http://localhost:9/', 'http://2130706433:9/'])
		it(`is not sent: ${url}`, async () => {
			const known = names({});
			assert.equal(await reasonFor(url, known), 'private-address');
			assert.deepEqual(known.asked, []);
		});

	it('is not sent to a name that resolves to one', async () => {
		const known = names({ 'inner.site': ['192.168.1.1'] });
		for (const scheme of ['http', 'https'])
			assert.equal(await reasonFor(`${scheme}://inner.site:9/`, known), 'private-address', scheme);
		assert.deepEqual(known.asked, ['inner.site', 'inner.site']);
	});

	it('does not even look up a name reserved for examples and tests', async () => {
		const known = names({ 'news.example': ['1.1.1.1'] });
		for (const host of ['news.example', 'a.test', 'b.invalid.'])
			assert.equal(await reasonFor(`http://${host}/`, known), 'host-unknown');
		assert.deepEqual(known.asked, []);
	});
});
