import assert from 'node:assert/strict';
import { fetchPicture } from '../../../server/src/links/network/picture.ts';
import { createHttpClient } from '../../../server/src/node/httpClient.ts';
import type { HttpClient, HttpSettings } from '../../../server/src/platform.ts';
import { type Hosts, startHosts } from '../../hosts/hosts.ts';
import { LOCAL, TEST_NAMES } from './support.ts';

describe('an image for the reader', () => {
	let hosts: Hosts;
	const clients: HttpClient[] = [];
	before(async () => {
		hosts = await startHosts();
	});
	after(async () => {
		for (const client of clients) client.close();
		await hosts.close();
	});
	beforeEach(() => hosts.forget());

	/** The result for an image: its type and whether it is large, or why it was rejected. */
	async function fetched(path: string, referrer?: string, settings: HttpSettings = LOCAL): Promise<string> {
		const client = createHttpClient(settings, TEST_NAMES);
		clients.push(client);
		const ask = { url: hosts.url(path), referrer, userAgent: 'Marginalia tests', timeout: 10_000 };
		const picture = await fetchPicture(client, ask, new AbortController().signal);
		return picture.kind === 'none'
			? picture.reason
			: `${picture.type} ${picture.bytes.length > 900_000 ? 'large' : 'small'}`;
	}

	it('is fetched completely, with its page as referrer', async () => {
		assert.equal(await fetched('/picture/wants-referer/1.png', 'https://news.example/a'), 'image/png small');
		assert.equal(hosts.seen[0]?.headers.referer, 'https://news.example/a');
		assert.equal(await fetched('/picture/large/1.png'), 'image/png large');
		assert.equal(await fetched('/picture/moved/1.png'), 'image/png small');
	});

	it('is recognised by its bytes, and everything else is rejected', async () => {
		assert.equal(await fetched('/picture/html/1.jpg'), 'The host did not send an image');
		assert.equal(await fetched('/picture/empty/1.png'), 'The host did not send an image');
		assert.equal(await fetched('/picture/wants-referer/1.png'), 'The host returned status code 403');
		assert.equal(await fetched('/reset'), 'The request failed (reset)');
		assert.equal(await fetched('/picture/endless/1.png'), 'It is larger than 25 MB');
	});

	it('is never requested from an address that is not public', async () => {
		const client: HttpSettings = { ...LOCAL, allowPrivate: false };
		assert.equal(await fetched('/picture/plain/1.png', undefined, client), 'The request failed (private-address)');
		assert.deepEqual(hosts.asked(), []);
	});
});
