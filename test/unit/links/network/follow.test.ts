import assert from 'node:assert/strict';
import { follow } from '../../../../server/src/links/network/follow.ts';
import { fetchPicture } from '../../../../server/src/links/network/picture.ts';
import type { HttpAnswer, HttpRequest } from '../../../../server/src/platform.ts';
import { png } from '../../../support/png.ts';

/** What hosts answer, by address: a status and where it leads, a body, or why there is no answer. */
type Answers = Readonly<Record<string, readonly [status: number, location?: string] | Uint8Array | 'refused'>>;

/** Hosts that answer so, and what they were asked. */
function hosts(answers: Answers): {
	asked: string[];
	exchange: (request: Pick<HttpRequest, 'url'>) => Promise<HttpAnswer>;
} {
	const asked: string[] = [];
	return {
		asked,
		async exchange({ url: { href } }) {
			asked.push(href);
			const answer = answers[href];
			if (answer === undefined || answer === 'refused') return { kind: 'failure', reason: 'refused', detail: '' };
			const [status, location] = answer instanceof Uint8Array ? [200, undefined] : answer;
			const body = answer instanceof Uint8Array ? answer : new Uint8Array();
			return { kind: 'response', status, header: name => (name === 'location' ? location : undefined), body };
		},
	};
}

const ASK = { method: 'GET', headers: {}, bodyLimit: 0 } as const;
const A = 'https://a.example/x';

/** Where an address leads: each step, and the end. */
async function chain(answers: Answers, from = A): Promise<string[]> {
	const { exchange, asked } = hosts(answers);
	const { steps, end } = await follow(from, ASK, exchange);
	assert.deepEqual(
		steps.map(({ url }) => url),
		asked,
	);
	return [...steps.map(({ url, answer }) => `${answer} ${url}`), end.kind];
}

describe('following redirects', () => {
	for (const status of [301, 302, 303, 307, 308])
		it(`goes where a ${status} leads, relative to the address before`, async () => {
			assert.deepEqual(await chain({ [A]: [status, '/y?潮=1'], 'https://a.example/y?%E6%BD%AE=1': [200] }), [
				`${status} ${A}`,
				'200 https://a.example/y?%E6%BD%AE=1',
				'answer',
			]);
		});

	for (const status of [200, 300, 304, 305, 306, 309, 404])
		it(`goes nowhere with a ${status}, whatever its header says`, async () => {
			assert.deepEqual(await chain({ [A]: [status, '/y'] }), [`${status} ${A}`, 'answer']);
		});

	for (const location of [
		undefined,
		'file:///etc/passwd',
		'ftp://a.example/',
		'javascript:alert(1)',
		'data:text/html,x',
		'mailto:a@b.example',
		'https://',
		'http://[::',
		`https://${'a'.repeat(64)}.example/`,
	])
		it(`asks for nothing at ${location ?? 'no address'}`, async () => {
			assert.deepEqual(await chain({ [A]: location === undefined ? [302] : [302, location] }), [`302 ${A}`, 'astray']);
		});

	it('follows redirects between http and https', async () => {
		assert.deepEqual(
			await chain({
				[A]: [301, 'http://b.example/'],
				'http://b.example/': [301, '//c.example'],
				'http://c.example/': [200],
			}),
			[`301 ${A}`, '301 http://b.example/', '200 http://c.example/', 'answer'],
		);
	});

	it('decodes the bytes of a Location header as UTF-8', async () => {
		const bytes = Buffer.from('/潮').toString('latin1');
		assert.deepEqual((await chain({ [A]: [301, bytes], 'https://a.example/%E6%BD%AE': [200] })).slice(1), [
			'200 https://a.example/%E6%BD%AE',
			'answer',
		]);
	});

	it('stops at a loop, with or without a fragment', async () => {
		assert.deepEqual(await chain({ [A]: [301, '#y'] }), [`301 ${A}`, 'endless']);
		assert.deepEqual(await chain({ [A]: [301, '/y'], 'https://a.example/y': [301, '/x#z'] }, `${A}#start`), [
			`301 ${A}`,
			'301 https://a.example/y',
			'endless',
		]);
	});

	it('follows at most ten redirects', async () => {
		const row = (count: number): Answers =>
			Object.fromEntries(
				Array.from({ length: count + 1 }, (_, at) => [
					`https://a.example/${at}`,
					at === count ? [200] : [302, `/${at + 1}`],
				]),
			) as Answers;
		const ten = await chain(row(10), 'https://a.example/0');
		assert.deepEqual([ten.length, ten.at(-1)], [12, 'answer']);
		const eleven = await chain(row(11), 'https://a.example/0');
		assert.deepEqual([eleven.length, eleven.at(-2), eleven.at(-1)], [12, '302 https://a.example/10', 'endless']);
	});

	it('stops at a host that does not answer', async () => {
		assert.deepEqual(await chain({ [A]: [301, 'http://b.example/'], 'http://b.example/': 'refused' }), [
			`301 ${A}`,
			'refused http://b.example/',
			'answer',
		]);
	});
});

describe('fetching an image', () => {
	const fetched = async (answers: Answers, url = A): Promise<string> => {
		const { exchange } = hosts(answers);
		const options = { url, referrer: undefined, userAgent: 'tests', timeout: 1 };
		const picture = await fetchPicture({ exchange, close() {} }, options, new AbortController().signal);
		return picture.kind === 'picture' ? `${picture.type}, ${picture.bytes.length}` : picture.reason;
	};
	const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

	it('sends the headers of a browser, with the page as the referrer if known', async () => {
		const asked: HttpRequest[] = [];
		const exchange = async (request: HttpRequest): Promise<HttpAnswer> => {
			asked.push(request);
			return { kind: 'response', status: 200, header: () => undefined, body: png(2, 1) };
		};
		for (const referrer of [undefined, 'https://a.example/page'])
			await fetchPicture(
				{ exchange, close() {} },
				{ url: A, referrer, userAgent: 'tests', timeout: 7 },
				new AbortController().signal,
			);
		const headers = { accept: 'image/avif,image/webp,image/*,*/*;q=0.8', 'user-agent': 'tests' };
		const request = { method: 'GET', url: new URL(A), headers, bodyLimit: 25_000_001, timeout: 7 };
		assert.deepEqual(asked, [request, { ...request, headers: { ...headers, referer: 'https://a.example/page' } }]);
	});

	it('returns the media type of formats that browsers show', async () => {
		for (const [head, type] of [
			['\xff\xd8\xff\xe0', 'image/jpeg'],
			['GIF89a', 'image/gif'],
			['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
			['BM', 'image/bmp'],
			['\0\0\0\x1cftypavif', 'image/avif'],
			['\0\0\x01\0\x01\0', 'image/x-icon'],
			['II*\0', 'The host did not send an image'],
			['8BPS', 'The host did not send an image'],
		] as const) {
			const body = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(64)]);
			assert.equal((await fetched({ [A]: body })).replace(/, \d+$/, ''), type, JSON.stringify(head));
		}
	});

	it('detects the format from the first bytes only', async () => {
		const picture = png(2, 1);
		assert.equal(await fetched({ [A]: picture }), `image/png, ${picture.length}`);
		assert.equal(await fetched({ [A]: bytes('<svg xmlns="http://www.w3.org/2000/svg"/>') }), 'image/svg+xml, 41');
		for (const text of ['<!doctype html><p>潮', '{"secret":1}', 'root:x:0:0', ''])
			assert.equal(await fetched({ [A]: bytes(text) }), 'The host did not send an image', text);
	});

	it('fails if the host returns an error, or too many bytes', async () => {
		for (const status of [204, 206, 403, 404, 500])
			assert.equal(await fetched({ [A]: [status] }), `The host returned status code ${status}`);
		assert.equal(await fetched({ [A]: 'refused' }), 'The request failed (refused)');
		const astray = 'Its redirects do not end at an image';
		assert.equal(await fetched({ [A]: [301, 'file:///a.png'] }), astray);
		assert.equal(await fetched({ [A]: [301, A] }), astray);
		const sized = (length: number): Uint8Array => {
			const whole = new Uint8Array(length);
			whole.set(png(2, 1));
			return whole;
		};
		assert.equal(await fetched({ [A]: sized(25_000_000) }), 'image/png, 25000000');
		assert.equal(await fetched({ [A]: sized(25_000_001) }), 'It is larger than 25 MB');
	});
});
