import assert from 'node:assert/strict';
import { judgeChain } from '../../../../server/src/links/network/judge.ts';
import { requestedAddress } from '../../../../server/src/links/network/requests.ts';
import type { HttpAnswer } from '../../../../server/src/platform.ts';
import { png } from '../../../support/png.ts';

/** What a page is found to be that redirects for good, or with the given status, to another address, which answers 200. */
function redirected(from: string, to: string, status = 301): string {
	const steps = [
		{ url: from, answer: status },
		{ url: to, answer: 200 },
	];
	const answer = { kind: 'response', status: 200, header: () => undefined, body: new Uint8Array() } as const;
	const { finding } = judgeChain({ steps, end: { kind: 'answer', answer } }, 'link');
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

	it('reports a moved page only after a permanent redirect', () => {
		assert.equal(redirected('https://a.example/x', 'https://a.example/y'), 'moved');
		assert.equal(redirected('https://a.example/x', 'https://a.example/y', 308), 'moved');
		assert.equal(redirected('https://a.example/x', 'https://a.example/y', 302), 'ok');
		assert.equal(redirected('https://a.example/x', 'https://a.example/y', 307), 'ok');
		assert.equal(redirected('https://a.example/', 'https://b.example/'), 'moved');
		assert.equal(redirected('https://a.example/', 'https://a.example/2021/story'), 'moved');
		assert.equal(redirected('https://a.example/?p=12', 'https://a.example/2021/story'), 'moved');
		assert.equal(redirected('https://short.example/x1', 'https://a.example/'), 'moved');
	});

	it('treats a permanent redirect to the front page of the site as broken', () => {
		for (const front of [
			'https://a.example/',
			'https://www.a.example/',
			'https://a.example/index.html',
			'https://a.example/zh-cn/',
		])
			assert.equal(redirected('https://a.example/2021/story', front), 'broken: front-page', front);
		assert.equal(redirected('https://news.a.example/2021/story', 'https://a.example/'), 'broken: front-page');
		assert.equal(redirected('https://a.example/?p=12', 'https://a.example/'), 'broken: front-page');
		assert.equal(redirected('https://a.example/2021/story', 'https://news.a.example/'), 'broken: front-page');
		assert.equal(redirected('https://a.example/2021/story', 'https://a.example/', 308), 'broken: front-page');
		assert.equal(redirected('https://a.example/2021/story', 'https://a.example/', 307), 'unverified: front-page');
		assert.equal(redirected('https://a.example/2021/story', 'https://aa.example/'), 'moved');
	});

	it('does not verify a redirect to a login page', () => {
		assert.equal(redirected('https://a.example/members/1', 'https://a.example/login?next=1'), 'unverified: login');
		assert.equal(redirected('https://a.example/members/1', 'https://sso.example/oauth2/start'), 'unverified: login');
		assert.equal(redirected('https://a.example/login', 'https://www.a.example/login'), 'ok');
	});
});

/** What an address is found to be that gives one answer, as `finding × retries`. */
function found(answer: HttpAnswer, use: 'link' | 'image' = 'link', url = 'https://a.example/x'): string {
	const status = answer.kind === 'response' ? answer.status : answer.reason;
	const { finding, retries } = judgeChain({ steps: [{ url, answer: status }], end: { kind: 'answer', answer } }, use);
	return `${'reason' in finding ? `${finding.kind}: ${finding.reason}` : finding.kind} × ${retries}`;
}

function response(
	status: number,
	headers: Readonly<Record<string, string>> = {},
	body: Uint8Array | string = '',
): HttpAnswer {
	const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
	return { kind: 'response', status, header: name => headers[name], body: bytes };
}

describe('judging an answer', () => {
	for (const [statuses, finding] of [
		[[200, 204, 206, 299], 'ok × 0'],
		[[404, 410], 'broken: gone × 0'],
		[[401, 402, 403, 407, 451], 'unverified: denied × 0'],
		[[429], 'unverified: rate-limited × 3'],
		[[500, 503, 599], 'unverified: server-error × 3'],
		[[300, 304, 400, 405, 499, 600, 999], 'unverified: status × 0'],
	] as const)
		it(`finds ${statuses.join(', ')} ${finding}`, () => {
			for (const status of statuses) assert.equal(found(response(status)), finding, String(status));
		});

	for (const [reasons, finding] of [
		[['host-unknown'], 'broken: host-unknown × 1'],
		[['timeout', 'cancelled'], 'unverified: timeout × 0'],
		[['private-address'], 'unverified: private-address × 0'],
		[['tls'], 'unverified: tls × 0'],
		[['refused'], 'unverified: refused × 3'],
		[['reset'], 'unverified: reset × 3'],
		[['unreachable'], 'unverified: unreachable × 3'],
		[['name-servers'], 'unverified: name-servers × 3'],
	] as const)
		it(`finds what ends with ${reasons.join(', ')} ${finding}`, () => {
			for (const reason of reasons)
				assert.equal(found({ kind: 'failure', reason, detail: '' }, 'link', 'https://news.site/'), finding, reason);
		});

	it('does not report special-use host names as unknown', () => {
		const unknown: HttpAnswer = { kind: 'failure', reason: 'host-unknown', detail: '' };
		assert.equal(found(unknown, 'link', 'https://a.example/'), 'unverified: reserved-name × 0');
		assert.equal(found(unknown, 'link', 'https://wiki.internal/'), 'unverified: other-network × 0');
	});

	it('does not verify a challenge', () => {
		for (const status of [200, 403, 503]) {
			assert.equal(found(response(status, { 'cf-mitigated': 'challenge' })), 'unverified: challenge × 0');
			assert.equal(found(response(status, { 'x-amzn-waf-action': 'captcha' })), 'unverified: challenge × 0');
		}
		assert.equal(found(response(200, { 'cf-mitigated': 'no' })), 'ok × 0');
	});

	it('does not verify endless redirects', () => {
		const steps = [{ url: 'https://a.example/', answer: 302 }];
		const end = (kind: 'endless' | 'astray') => judgeChain({ steps, end: { kind } }, 'link').finding;
		assert.deepEqual(end('endless'), { kind: 'unverified', reason: 'redirects' });
		assert.deepEqual(end('astray'), { kind: 'unverified', reason: 'redirect' });
	});
});

describe('judging an image', () => {
	const picture = (body: Uint8Array | string, type = 'image/png', status = 200): string =>
		found(response(status, { 'content-type': type }, body), 'image');

	it('detects an image by its bytes, whatever its content type', () => {
		assert.equal(picture(png(3, 1), 'text/html'), 'ok × 0');
		assert.equal(picture(png(1, 3)), 'ok × 0');
		assert.equal(picture('<!doctype html><p>Not here'), 'broken: not-an-image × 0');
		assert.equal(picture('<!-- x --><html>', 'image/png'), 'broken: not-an-image × 0');
		assert.equal(picture('{"error":1}'), 'broken: not-an-image × 0');
		assert.equal(picture(''), 'broken: not-an-image × 0');
		assert.equal(picture('Not here', 'text/plain'), 'broken: not-an-image × 0');
	});

	it('does not report an unknown image format as broken', () => {
		const bytes = Uint8Array.of(1, 2, 3, 200);
		assert.equal(picture(bytes, 'image/new'), 'unverified: unknown-format × 0');
		assert.equal(picture(bytes, 'application/octet-stream'), 'unverified: unknown-format × 0');
		assert.equal(picture(bytes, ''), 'unverified: unknown-format × 0');
		assert.equal(picture(bytes, 'text/html'), 'broken: not-an-image × 0');
		assert.equal(picture('New format', 'image/new'), 'unverified: unknown-format × 0');
		assert.equal(picture('New format', ''), 'broken: not-an-image × 0');
	});

	it('treats a one-pixel image as a placeholder', () => {
		assert.equal(picture(png(2, 2)), 'unverified: placeholder × 0');
		assert.equal(picture(png(2, 3)), 'ok × 0');
		assert.equal(picture(png(3, 2)), 'ok × 0');
	});

	it('reports non-image content as broken only for status codes 200 and 206', () => {
		assert.equal(picture('<html>', 'text/html', 206), 'broken: not-an-image × 0');
		for (const status of [202, 204]) {
			assert.equal(picture('<html>', 'text/html', status), 'unverified: status × 0');
			assert.equal(picture(png(3, 3), 'image/png', status), 'ok × 0');
		}
	});

	it('reports a moved image with its format, but not for placeholders', () => {
		const led = (to: string) => {
			const steps = [
				{ url: 'https://a.example/quay.png', answer: 301 },
				{ url: to, answer: 200 },
			];
			return judgeChain({ steps, end: { kind: 'answer', answer: response(200, {}, png(3, 2)) } }, 'image').finding;
		};
		const facts = { type: 'PNG', size: { width: 3, height: 2 } };
		assert.deepEqual(led('https://b.example/quay.png'), {
			kind: 'moved',
			to: 'https://b.example/quay.png',
			picture: facts,
		});
		for (const name of ['no-image.png', 'placeholder/quay.png', 'img_not-found.gif', '1x1.gif'])
			assert.deepEqual(led(`https://b.example/${name}`), { kind: 'unverified', reason: 'placeholder' }, name);
		// That is what it was called all along.
		assert.equal(found(response(200, {}, png(3, 2)), 'image', 'https://a.example/placeholder.png'), 'ok × 0');
	});
});

describe('the address that is requested', () => {
	for (const [written, requested] of [
		['https://a.example/x#y', 'https://a.example/x'],
		['https://a.example/x#', 'https://a.example/x'],
		['https://a.example/x#y#', 'https://a.example/x'],
		['http://a.example/x', 'http://a.example/x'],
		['https://a.example/?a=1&b=2#:~:text=x', 'https://a.example/?a=1&b=2'],
		['https://例え.example/潮?水=1', 'https://xn--r8jz45g.example/%E6%BD%AE?%E6%B0%B4=1'],
		['mailto:a@b.example', undefined],
		['ftp://a.example/', undefined],
	] as const)
		it(`of ${written} is ${requested}`, () => assert.equal(requestedAddress(new URL(written)), requested));
});
