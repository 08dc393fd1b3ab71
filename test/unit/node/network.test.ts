import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import { retryAfter } from '../../../server/src/links/network/hosts.ts';
import { trustedAuthorities } from '../../../server/src/node/certificates.ts';
import { createLookup, type Names, SURE_NAME, SYSTEM_NAMES } from '../../../server/src/node/nameLookup.ts';
import { isPrivateAddress } from '../../../server/src/node/privateAddress.ts';
import { proxyFor } from '../../../server/src/node/proxy.ts';
import { authorityPath } from '../../hosts/hosts.ts';

describe('private addresses', () => {
	for (const address of [
		...[
			'0.0.0.0',
			'10.1.2.3',
			'100.64.0.1',
			'127.0.0.1',
			'127.255.0.9',
			'169.254.169.254',
			'172.16.0.1',
			'172.31.255.255',
		],
		...['192.168.1.1', '192.0.0.1', '198.51.100.1', '203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
		...[
			'::',
			'::1',
			'fe80::1',
			'fe80::1%eth0',
			'fc00::1',
			'fd12:3456::1',
			'ff02::1',
			'::ffff:10.0.0.1',
			'::ffff:7f00:1',
		],
		...['64:ff9b::a00:1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'fec0::1', 'no address', ''],
	])
		it(`include ${address || 'none'}`, () => assert.equal(isPrivateAddress(address), true));
	for (const address of [
		'1.1.1.1',
		'172.32.0.1',
		'198.18.0.7',
		'2606:4700::1111',
		'64:ff9b::101:101',
		'::ffff:1.1.1.1',
	])
		it(`do not include ${address}`, () => assert.equal(isPrivateAddress(address), false));
});

describe('name lookups', () => {
	/** The result of a lookup: the addresses, or the reason why there are none. */
	async function lookUp(lookup: LookupFunction, host: string): Promise<string> {
		return new Promise(resolve =>
			lookup(host, { all: true }, (error, addresses) =>
				resolve(error ? String(error.code) : JSON.stringify(addresses)),
			),
		);
	}

	/** Names that are found, and a record of lookups. */
	function names(...found: readonly string[]): Names & { readonly asked: string[] } {
		const asked: string[] = [];
		return {
			asked,
			async addresses(host) {
				asked.push(host);
				if (found.includes(host)) return [{ address: '1.1.1.1', family: 4 }];
				throw Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
			},
			isUnknown: async host => !host.startsWith('unsure'),
			isPrivate: () => false,
		};
	}

	it('trust a negative answer only from a name server that knows the sure name', async () => {
		const online = createLookup(names(SURE_NAME), false);
		assert.equal(await lookUp(online, 'lost.site'), 'ENOTFOUND');
		assert.equal(await lookUp(online, 'unsure.site'), 'EAI_AGAIN');
		assert.equal(await lookUp(createLookup(names(), false), 'lost.site'), 'EAI_AGAIN');
	});

	it('trust no negative answer if the sure name has no address', async () => {
		const empty: Names = {
			...names(),
			addresses: async host => (host === SURE_NAME ? [] : names().addresses(host)),
		};
		assert.equal(await lookUp(createLookup(empty, false), 'lost.site'), 'EAI_AGAIN');
	});

	it('cache a name that was found for a minute, and repeat the lookup of one that was not', async () => {
		const asked = names('there.site', SURE_NAME);
		// With the real clock: less than a minute has passed.
		const lookup = createLookup(asked, false);
		for (let again = 0; again < 2; again++) {
			assert.match(await lookUp(lookup, 'there.site'), /1\.1\.1\.1/);
			assert.equal(await lookUp(lookup, 'lost.site'), 'ENOTFOUND');
		}
		assert.deepEqual(asked.asked, ['there.site', 'lost.site', SURE_NAME, 'lost.site']);
	});

	it('return all addresses that the system knows, and which are private', async () => {
		assert.deepEqual(await SYSTEM_NAMES.addresses('127.0.0.1'), [{ address: '127.0.0.1', family: 4 }]);
		assert.equal(SYSTEM_NAMES.isPrivate('127.0.0.1'), true);
		assert.equal(SYSTEM_NAMES.isPrivate('1.1.1.1'), false);
	});

	it('stop after several failures, until the sure name is found', async () => {
		const found: string[] = [];
		const asked = names();
		const addresses: Names['addresses'] = host =>
			found.includes(host) ? names(host).addresses(host) : asked.addresses(host);
		let now = 0;
		const lookup = createLookup({ ...asked, addresses }, false, () => now);
		for (let at = 0; at < 40; at++) assert.equal(await lookUp(lookup, `h${at}.site`), 'EAI_AGAIN');
		assert.equal(asked.asked.length, 12 + 1);
		found.push(SURE_NAME, 'there.site');
		now = 60_000;
		assert.match(await lookUp(lookup, 'there.site'), /1\.1\.1\.1/);
		assert.equal(await lookUp(lookup, 'lost.site'), 'ENOTFOUND');
	});

	it('look up the sure name after a failure, at most once a minute', async () => {
		const asked = names('there.site');
		let now = 0;
		const lookup = createLookup(asked, false, () => now);
		assert.match(await lookUp(lookup, 'there.site'), /1\.1\.1\.1/);
		assert.deepEqual(asked.asked, ['there.site']);
		await Promise.all([lookUp(lookup, 'a.site'), lookUp(lookup, 'b.site')]);
		now = 59_999;
		await lookUp(lookup, 'c.site');
		assert.deepEqual(
			asked.asked.filter(host => host === SURE_NAME),
			[SURE_NAME],
		);
		now = 60_000;
		await lookUp(lookup, 'd.site');
		assert.deepEqual(asked.asked.slice(-2), ['d.site', SURE_NAME]);
	});
});

describe('trusted authorities', () => {
	const own = readFileSync(authorityPath(), 'utf8');
	const isOwn = (certificate: string): boolean => certificate.trim() === own.trim();

	it('are those that Node reports', () => {
		const named = (type?: string): string[] => [`of ${type}`];
		assert.deepEqual(trustedAuthorities({}, named), ['of default', 'of system']);
	});

	it('are read from well-known files if Node does not report them', () => {
		for (const variable of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']) {
			const trusted = trustedAuthorities({ [variable]: authorityPath() }, null);
			assert.equal(trusted.filter(isOwn).length, 1, variable);
			assert.ok(createSecureContext({ ca: [...trusted] }));
		}
		assert.deepEqual(trustedAuthorities({ SSL_CERT_FILE: '/no/such/file' }, null), [...rootCertificates]);
	});
});

describe('the proxy for a URL', () => {
	const settings = { url: 'http://proxy.example:3128', authorization: undefined, strict: true, except: [] };
	const proxy = (address: string, env: NodeJS.ProcessEnv, given?: Partial<typeof settings>): string | undefined =>
		proxyFor(new URL(address), given && { ...settings, ...given }, env)?.url.href;

	it('is that of the environment, by scheme', () => {
		const env = {
			http_proxy: 'one.example:1',
			HTTPS_PROXY: 'http://two.example:2',
			NO_PROXY: 'a.example, .b.example,c.example:8080',
		};
		assert.equal(proxy('http://x.example/', env), 'http://one.example:1/');
		assert.equal(proxy('https://x.example/', env), 'http://two.example:2/');
		assert.equal(proxy('https://x.example/', { ALL_PROXY: 'http://all.example' }), 'http://all.example/');
		for (const direct of [
			'http://a.example/',
			'http://www.a.example/',
			'https://www.b.example/',
			'http://c.example:8080/',
		])
			assert.equal(proxy(direct, env), undefined, direct);
		for (const through of ['http://aa.example/', 'http://c.example/'])
			assert.equal(proxy(through, env), 'http://one.example:1/');
		assert.equal(proxy('http://x.example/', { ...env, NO_PROXY: '*' }), undefined);
		assert.equal(proxy('http://x.example/', {}), undefined);
	});

	it('is that of the settings, if they specify one', () => {
		const env = { http_proxy: 'http://one.example:1', no_proxy: 'a.example' };
		assert.equal(proxy('http://x.example/', env, {}), 'http://proxy.example:3128/');
		assert.equal(proxy('http://x.example/', env, { url: '' }), undefined);
		const others = { url: undefined, except: ['x.example'] } as object;
		assert.equal(proxy('http://x.example/', env, others), undefined);
		assert.equal(proxy('http://a.example/', env, others), 'http://one.example:1/');
		assert.equal(proxy('http://a.example/', env, {}), undefined);
		assert.equal(proxy('http://a.example/', env, { except: ['*.b.example'] } as object), 'http://proxy.example:3128/');
		assert.equal(proxy('http://www.b.example/', env, { except: ['*.b.example'] } as object), undefined);
	});

	for (const [exceptions, direct, through] of [
		['*', ['http://x.example/', 'https://[::1]:8080/'], []],
		['a.example,*', ['http://x.example/'], []],
		['a.example', ['http://a.example/', 'https://www.a.example/'], ['http://aa.example/', 'http://example/']],
		['.a.example', ['http://a.example/', 'http://www.a.example/'], ['http://aa.example/']],
		['*.a.example', ['http://a.example/', 'http://www.a.example/'], ['http://aa.example/']],
		['A.Example', ['http://a.EXAMPLE/', 'http://WWW.a.example/'], []],
		['a.example.', ['http://a.example/', 'http://a.example./'], ['http://a.example.org/']],
		['a.example', ['http://a.example./', 'http://www.a.example./'], []],
		['例子.中国', ['http://例子.中国/', 'http://www.例子.中国/'], ['http://中国/']],
		['a.example:8080', ['http://a.example:8080/'], ['http://a.example/', 'https://a.example/']],
		['a.example:443', ['https://a.example/', 'https://www.a.example:443/'], ['http://a.example/']],
		['[::1]', ['http://[::1]/', 'http://[0:0:0:0:0:0:0:1]:8080/'], ['http://[::2]/']],
		['::1', ['http://[::1]/', 'http://[::1]:8080/'], ['http://[::]/', 'http://x.example/']],
		['2001:DB8:0:0::1', ['http://[2001:db8::1]/'], ['http://[2001:db8::2]/']],
		['[2001:db8::1]:8080', ['http://[2001:db8::1]:8080/'], ['http://[2001:db8::1]/']],
		['fe80::1%eth0', [], ['http://[fe80::1]/']],
		['192.0.2.7', ['http://192.0.2.7/', 'http://192.0.2.7:8080/'], ['http://192.0.2.77/']],
		['2.7', [], ['http://192.0.2.7/']],
		// Address ranges are not supported, as in most programs: such addresses are requested through the proxy.
		['192.0.2.0/24', [], ['http://192.0.2.7/']],
		[
			' a.example\tb.example ,, c.example',
			['http://a.example/', 'http://b.example/', 'http://c.example/'],
			['http://x/'],
		],
		['', [], ['http://x.example/']],
	] as const)
		it(`is not used for hosts matched by ${JSON.stringify(exceptions)}`, () => {
			const all = { url: 'http://proxy.example:3128' };
			for (const address of direct) {
				assert.equal(proxy(address, { ALL_PROXY: all.url, NO_PROXY: exceptions }), undefined, address);
				assert.equal(proxy(address, {}, { ...all, except: exceptions.split(',') } as object), undefined, address);
			}
			for (const address of through)
				assert.equal(proxy(address, { ALL_PROXY: all.url, NO_PROXY: exceptions }), `${all.url}/`, address);
		});

	it('receives credentials', () => {
		const authorization = (given: object): string | undefined =>
			proxyFor(new URL('http://x.example'), { ...settings, ...given }, {})?.authorization;
		assert.equal(authorization({}), undefined);
		assert.equal(authorization({ url: 'http://u:p@proxy.example' }), 'Basic dTpw');
		assert.equal(authorization({ url: 'http://u:p@proxy.example', authorization: 'Bearer x' }), 'Bearer x');
		// Invalid percent-encoding is used unchanged.
		assert.equal(authorization({ url: 'http://u:100%@proxy.example' }), `Basic ${btoa('u:100%')}`);
	});
});

describe('Retry-After', () => {
	const now = Date.UTC(2024, 5, 30, 12);
	for (const [value, milliseconds] of [
		['120', 120_000],
		[' 5 ', 5000],
		['Sun, 30 Jun 2024 12:01:00 GMT', 60_000],
		['Sun, 30 Jun 2024 11:00:00 GMT', 0],
		['soon', undefined],
		['-1', undefined],
		['', undefined],
		[undefined, undefined],
	] as const)
		it(`${JSON.stringify(value)} is ${milliseconds} ms`, () => assert.equal(retryAfter(value, now), milliseconds));
});
