import assert from 'node:assert/strict';
import { readLinkSettings } from '../../../server/src/lsp/linkSettings.ts';

describe('settings for network checks', () => {
	it('are cautious if a client has none', () => {
		assert.deepEqual(readLinkSettings(undefined, undefined, true), {
			mode: 'onCommand',
			trusted: true,
			http: { allowPrivate: false, systemCertificates: true, proxy: undefined },
			timeout: 20_000,
			concurrency: 128,
			furniture: false,
		});
		assert.deepEqual(readLinkSettings(null, [], true), readLinkSettings(undefined, undefined, true));
	});

	it('are those of the client, within their range', () => {
		const { mode, timeout, concurrency, http } = readLinkSettings(
			{ network: 'onSave', allowPrivate: true, timeout: 0.01, concurrency: 9999 },
			{},
			true,
		);
		assert.deepEqual([mode, timeout, concurrency, http.allowPrivate], ['onSave', 1000, 512, true]);
		assert.equal(readLinkSettings({ network: 'always', timeout: 'long' }, {}, true).timeout, 20_000);
		assert.equal(readLinkSettings({ furniture: true }, {}, true).furniture, true);
		assert.equal(readLinkSettings({ network: 'off' }, {}, true).mode, 'off');
	});

	it('take the proxy from VS Code', () => {
		const proxy = (http: object): unknown => readLinkSettings({}, http, true).http.proxy;
		assert.equal(proxy({ proxy: '', noProxy: [], proxySupport: 'override' }), undefined);
		assert.deepEqual(
			proxy({
				proxy: ' http://proxy.example:3128 ',
				proxyAuthorization: 'Basic x',
				proxyStrictSSL: false,
				noProxy: ['a', 1],
			}),
			{ url: 'http://proxy.example:3128', authorization: 'Basic x', strict: false, except: ['a'] },
		);
		assert.deepEqual(proxy({ proxy: '', noProxy: ['a'] }), {
			url: undefined,
			authorization: undefined,
			strict: true,
			except: ['a'],
		});
		assert.deepEqual(proxy({ proxy: 'http://proxy.example', proxySupport: 'off', proxyAuthorization: null }), {
			url: '',
			authorization: undefined,
			strict: true,
			except: [],
		});
		assert.equal(readLinkSettings({}, { systemCertificates: false }, true).http.systemCertificates, false);
	});
});
