import assert from 'node:assert/strict';
import { judge } from '../../../../server/src/links/network/judge.ts';
import { requestedAddress } from '../../../../server/src/links/network/requests.ts';

/** What a page is found to be that redirects for good, or with the given status, to another address, which answers 200. */
function redirected(from: string, to: string, status = 301): string {
	const steps = [
		{ url: from, answer: status },
		{ url: to, answer: 200 },
	];
	const answer = { kind: 'response', status: 200, header: () => undefined, body: new Uint8Array() } as const;
	const { finding } = judge({ steps, end: { kind: 'answer', answer } }, 'link');
	return 'reason' in finding ? `${finding.kind}: ${finding.reason}` : finding.kind;
}

describe('judging a redirect', () => {
	const SAME: readonly (readonly [from: string, to: string])[] = [
		['http://a.example/x', 'https://a.example/x'],
		['https://a.example/x', 'https://www.a.example/x'],
		['http://www.a.example/x/', 'https://a.example/x'],
		['https://a.example/x?utm_source=feed&id=1', 'https://a.example/x?id=1'],
		['https://a.example/%e6%bd%ae', 'https://a.example/%E6%BD%AE'],
		['https://a.example/', 'https://a.example/en/'],
		['https://a.example/?utm_source=feed', 'https://www.a.example/'],
	];
	for (const [from, to] of SAME)
		it(`says nothing of ${from} → ${to}`, () => {
			assert.equal(redirected(from, to), 'ok');
		});

	it('tells of a page that has moved, only if it has for good', () => {
		assert.equal(redirected('https://a.example/x', 'https://a.example/y'), 'moved');
		assert.equal(redirected('https://a.example/x', 'https://a.example/y', 302), 'ok');
		assert.equal(redirected('https://a.example/?p=12', 'https://a.example/2021/story'), 'moved');
		assert.equal(redirected('https://short.example/x1', 'https://a.example/'), 'moved');
	});

	it('takes a redirect to the front page of the same site for a lost page', () => {
		for (const front of [
			'https://a.example/',
			'https://www.a.example/',
			'https://a.example/index.html',
			'https://a.example/zh-cn/',
		])
			assert.equal(redirected('https://a.example/2021/story', front), 'broken: front-page', front);
		assert.equal(redirected('https://news.a.example/2021/story', 'https://a.example/'), 'broken: front-page');
		assert.equal(redirected('https://a.example/?p=12', 'https://a.example/'), 'broken: front-page');
		assert.equal(redirected('https://a.example/2021/story', 'https://a.example/', 307), 'unverified: front-page');
	});

	it('does not take a login for the page', () => {
		assert.equal(redirected('https://a.example/members/1', 'https://a.example/login?next=1'), 'unverified: login');
		assert.equal(redirected('https://a.example/members/1', 'https://sso.example/oauth2/start'), 'unverified: login');
		assert.equal(redirected('https://a.example/login', 'https://www.a.example/login'), 'ok');
	});
});

describe('the address that is requested', () => {
	for (const [written, requested] of [
		['https://a.example/x#y', 'https://a.example/x'],
		['https://a.example/x#', 'https://a.example/x'],
		['https://a.example/?a=1&b=2#:~:text=x', 'https://a.example/?a=1&b=2'],
		['https://例え.example/潮?水=1', 'https://xn--r8jz45g.example/%E6%BD%AE?%E6%B0%B4=1'],
		['mailto:a@b.example', undefined],
		['ftp://a.example/', undefined],
	] as const)
		it(`of ${written} is ${requested}`, () => assert.equal(requestedAddress(new URL(written)), requested));
});
