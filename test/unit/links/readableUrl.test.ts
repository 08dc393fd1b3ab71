import assert from 'node:assert/strict';
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { readableAddress, readableHost, whyInvalid } from '../../../server/src/links/readableUrl.ts';
import { runs } from '../../support/runs.ts';

/** The segments, queries and fragment of an address, each as the bytes that it stands for. */
function meaning({ pathname, search, hash }: URL): string[] {
	return [...pathname.split('/'), ...search.split('&'), hash].map(part =>
		part.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
	);
}

describe('readableAddress', () => {
	it('decodes a URL where that is safe', () => {
		const read = (href: string): string => readableAddress(new URL(href));
		assert.equal(read('https://xn--fiqs8s.example/%E6%B8%AF?q=%E6%BD%AE#%E6%B5%AA'), 'https://中国.example/港?q=潮#浪');
		assert.equal(read('https://a.example/50%25%20of%2Fthat%3F'), 'https://a.example/50%25%20of%2Fthat%3F');
		assert.equal(read('https://a.example/%D6%D0%CE%C4'), 'https://a.example/%D6%D0%CE%C4');
		assert.equal(
			read('https://a.example/%E2%80%AE%E2%80%8B%C2%AD%E3%80%80'),
			'https://a.example/%E2%80%AE%E2%80%8B%C2%AD%E3%80%80',
		);
	});

	it('returns a URL of the same page', () => {
		const part = fc.constantFrom(
			'a',
			'潮',
			'😀',
			' ',
			'\u202e',
			'\u200b',
			'\u3000',
			'%',
			'%25',
			'%2',
			'%E6%BD%AE',
			'%E6',
			'%ff',
			'?',
			'#',
			'/',
			'&',
			'%2F',
			'%00',
		);
		fc.assert(
			fc.property(fc.array(part), parts => {
				const url = new URL(`https://a.example/${parts.join('')}`);
				const again = new URL(readableAddress(url));
				assert.deepEqual(meaning(again), meaning(url));
				assert.doesNotMatch(readableAddress(url), /[\u202e\u200b\u3000 ]/);
			}),
			{ numRuns: runs(1000) },
		);
	});

	it('decodes hosts in one script, or in scripts that are written together', () => {
		assert.equal(readableHost('xn--mnchen-3ya.example'), 'münchen.example');
		assert.equal(readableHost('xn--r8jz45g.example'), '例え.example');
		for (const host of ['аррӏе.example', 'gооgle.example', '💩.example'].map(domainToASCII))
			assert.equal(readableHost(host), host);
	});
});

describe('whyInvalid', () => {
	it('returns the reason', () => {
		const reasons = {
			'https://': 'it has no host',
			'https://:80/': 'it has no host',
			'https://a b/': 'the host a b contains a space',
			'https://a^b/': 'the host a^b contains ^',
			'https://exa%mple.com/': 'the host exa%mple.com contains %',
			'https://a.example:99999/': '99999 is not a valid port',
			'https://a.example:x/': 'x is not a valid port',
			'https://[::1/': '[::1 is not an IPv6 address',
			'https://1.2.3.4.5/': '1.2.3.4.5 is not an IPv4 address',
			'https://\u00ad/': '\u00ad is not a valid host name',
		};
		for (const [address, reason] of Object.entries(reasons)) {
			assert.equal(URL.canParse(address), false, address);
			assert.equal(whyInvalid(address), reason);
		}
		const tooLong = 'a part of its host name is longer than 63 characters';
		assert.equal(whyInvalid(`https://${'a'.repeat(64)}.example/x`), tooLong);
		assert.equal(whyInvalid(`//${'潮'.repeat(60)}.example:80`), tooLong);
	});
});
