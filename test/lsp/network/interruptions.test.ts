import assert from 'node:assert/strict';
import { DidCloseTextDocumentNotification } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { startHosts } from '../../hosts/hosts.ts';
import { workplace } from './editor.ts';

describe('interrupted network checks', () => {
	const work = workplace();

	it('report nothing about links that are gone', async () => {
		await work.article('articles/a/1.md', ['/status/404', '/slow/headers']);
		const editor = await work.start();
		const document = await editor.open('articles/a/1.md');
		const asked = work.hosts.next('/slow/headers');
		await editor.save(document);
		await asked;
		// The link that is being checked is changed, and so is the other one, which has a verdict.
		const text = document.getText().replace('/status/404', '/status/410').replace('/slow/headers', '/other');
		const changed = await editor.replace(document, text);
		assert.deepEqual(await editor.found(changed), []);
		await editor.save(changed);
		await editor.untilFound(changed, ['link/broken /status/410']);
	});

	it('end when the document is closed, and when they are switched off', async () => {
		const paths = Array.from({ length: 12 }, (_, at) => `/slow/headers/${at}`);
		await work.article('articles/a/1.md', [...paths, '/status/404']);
		const editor = await work.start();
		for (const end of [
			({ uri }: TextDocument) =>
				editor.client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
			() => editor.changeSettings({ network: 'off' }),
		]) {
			work.hosts.forget();
			const document = await editor.open('articles/a/1.md');
			const asked = work.hosts.next('/slow/headers/3');
			await editor.save(document);
			await asked;
			await end(document);
			// The response to this comes after everything that the server does immediately.
			await editor.command('marginalia.openUrl', '');
			const count = work.hosts.asked().length;
			assert.ok(count <= 5, work.hosts.asked().join());
			await work.hosts.idle();
			assert.equal(work.hosts.asked().length, count);
		}
	});

	it('continue after the network was lost', async () => {
		const lost = await startHosts();
		const away = lost.url('/slow/headers');
		const body = ['/status/404', '/'].map(path => `<a href="${work.hosts.url(path)}">x</a>`);
		await work.article('articles/a/1.md', ['/status/404']);
		const editor = await work.start();
		const document = await editor.open('articles/a/1.md');
		const links = Array.from({ length: 6 }, (_, at) => `<a href="${away}/${at}">x</a>`);
		const changed = await editor.replace(
			document,
			document.getText().replace(/<p>.*<\/p>/, `<p>${[...body, ...links].join(' ')}</p>`),
		);
		const asked = lost.next('/slow/headers/3');
		const done = editor.command('marginalia.checkLinks', document.uri);
		await asked;
		await lost.close();
		await done;
		assert.deepEqual(editor.messages, ['8 link URLs, 1 broken, 6 unverified; 0 image URLs.']);
		assert.deepEqual(await editor.found(changed), ['link/broken /status/404']);
		// Unverified links are not reported as problems, and are checked again.
		await editor.command('marginalia.checkLinksAgain', document.uri);
		assert.equal(editor.messages[1], editor.messages[0]);
	});

	it('report that there is no network', async function () {
		// A multicast address, to which Linux never routes TCP.
		if (process.platform !== 'linux') return this.skip();
		await work.article('articles/a/1.md', ['/x', '/picture/plain.png']);
		const editor = await work.start({ allowPrivate: true });
		const document = await editor.open('articles/a/1.md');
		const changed = await editor.replace(document, document.getText().replaceAll(/127\.0\.0\.1:\d+/g, '224.0.0.1:9'));
		await editor.command('marginalia.checkLinks', document.uri);
		assert.deepEqual(editor.messages, ['No network connection: links could not be checked.']);
		assert.deepEqual(await editor.found(changed), []);
	});

	it('end on command, and keep their results', async () => {
		await work.article('articles/a/1.md', ['/status/404', '/held/1', '/held/2', '/held/3']);
		const editor = await work.start();
		const release = work.hosts.hold(/^\/held\//);
		const document = await editor.open('articles/a/1.md');
		await editor.save(document);
		await editor.untilFound(document, ['link/broken /status/404']);
		await editor.command('marginalia.cancelLinkCheck', document.uri);
		await work.hosts.idle();
		const asked = work.hosts.asked();
		release();
		assert.deepEqual(await editor.found(document), ['link/broken /status/404']);
		assert.deepEqual(work.hosts.asked(), asked);
		assert.deepEqual(asked.toSorted(), [
			'GET /status/404',
			...['/held/1', '/held/2', '/held/3', '/status/404'].map(path => `HEAD ${path}`),
		]);
	});

	it('use the proxy of the settings, or else that of the environment', async () => {
		await work.article('articles/a/1.md', ['/x']);
		const proxy = new URL(work.hosts.url('/')).origin;
		for (const [http, env] of [
			[{ proxy, proxyAuthorization: 'Basic eDp5' }, { no_proxy: '' }],
			[{}, { http_proxy: proxy, no_proxy: '' }],
			[{ proxy: 'http://127.0.0.1:9', proxySupport: 'on', noProxy: ['127.0.0.1'] }, {}],
		] as const) {
			work.hosts.forget();
			const isDirect = 'noProxy' in http;
			const editor = await work.start({ allowPrivate: isDirect }, { http, env });
			const document = await editor.open('articles/a/1.md');
			const host = isDirect ? new URL(proxy).host : 'harbour.site';
			const address = `http://${host}/status/404`;
			await editor.replace(document, document.getText().replace(/http:[^"]*\/x/, address));
			await editor.command('marginalia.checkLinksAgain', document.uri);
			assert.deepEqual(editor.messages, ['1 link URL, 1 broken; 0 image URLs.']);
			const authorization = 'proxyAuthorization' in http ? http.proxyAuthorization : undefined;
			assert.deepEqual(
				work.hosts.seen.map(({ method, path, headers }) => [
					method,
					path,
					headers.host,
					headers['proxy-authorization'],
				]),
				['HEAD', 'GET'].map(method => [method, '/status/404', host, authorization]),
			);
		}
	});
});
