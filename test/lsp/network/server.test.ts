import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
	CodeLensRequest,
	CodeLensResolveRequest,
	DidChangeTextDocumentNotification,
	DocumentDiagnosticRequest,
	HoverRequest,
	TextDocumentSaveReason,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { placeOf, workplace } from './editor.ts';

describe('network checks by the server', () => {
	const work = workplace();

	it('request nothing when an article is opened, viewed or changed, and all URLs when it is saved', async () => {
		await work.article('articles/a/1.md', ['/status/404', '/moved/301', '/', '/picture/html', '/status/404']);
		const editor = await work.start();
		const document = await editor.open('articles/a/1.md');
		assert.deepEqual(await editor.found(document), []);
		await editor.client.connection.sendRequest(HoverRequest.type, {
			textDocument: { uri: document.uri },
			position: placeOf(document, '/status/404'),
		});
		await editor.client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri: document.uri, version: 2 },
			contentChanges: [{ range: { start: { line: 4, character: 0 }, end: { line: 4, character: 0 } }, text: ' ' }],
		});
		await editor.found(document);
		assert.deepEqual(work.hosts.asked(), []);

		await editor.client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri: document.uri, version: 3 },
			contentChanges: [{ range: { start: { line: 4, character: 0 }, end: { line: 4, character: 1 } }, text: '' }],
		});
		await editor.save(document);
		const expected = [
			'link/broken /status/404',
			'image/not-an-image /picture/html',
			'link/broken /status/404',
			'link/moved /moved/301',
		];
		await editor.untilFound(document, expected);
		assert.deepEqual(work.hosts.asked().toSorted(), [
			'GET /picture/html',
			'GET /picture/html',
			'GET /status/404',
			'HEAD /',
			'HEAD /moved/301',
			'HEAD /new/page?a=1',
			'HEAD /status/404',
		]);
	});

	it('request nothing on automatic saves, and on a deliberate one no URL that a cursor is in', async () => {
		await work.article('articles/a/1.md', ['/status/404', '/', '/status/410', '/picture/plain.png', '/moved/308']);
		const editor = await work.start();
		const document = await editor.open('articles/a/1.md');
		for (const reason of [TextDocumentSaveReason.AfterDelay, TextDocumentSaveReason.FocusOut])
			await editor.save(document, reason);
		// In the middle, at the end and at the start of a URL, and next to one.
		const end = placeOf(document, '/410');
		const start = document.positionAt(document.getText().indexOf('http', document.getText().indexOf('<img')));
		const text = document.positionAt(document.getText().lastIndexOf('>x</a>') + 2);
		editor.cursors.push(placeOf(document, '/status/404'), { ...end, character: end.character + 3 }, start, text);
		await editor.save(document);
		await editor.untilFound(document, ['link/moved /moved/308']);
		assert.deepEqual(work.hosts.asked().toSorted(), ['HEAD /', 'HEAD /moved/308', 'HEAD /new/page?a=1']);

		editor.cursors.splice(0);
		work.hosts.forget();
		await editor.save(document);
		await editor.untilFound(document, ['link/broken /status/404', 'link/broken /status/410', 'link/moved /moved/308']);
		assert.deepEqual(work.hosts.asked().toSorted(), [
			'GET /picture/plain.png',
			'GET /status/404',
			'GET /status/410',
			'HEAD /status/404',
			'HEAD /status/410',
		]);
	});

	it('check all URLs on command, also those that a cursor is in', async () => {
		await work.article('articles/a/1.md', ['/status/404']);
		const editor = await work.start({ network: 'onCommand' });
		const document = await editor.open('articles/a/1.md');
		editor.cursors.push(placeOf(document, '/status/404'));
		await editor.save(document);
		await editor.command('marginalia.checkLinks', document.uri);
		assert.deepEqual(work.hosts.asked().toSorted(), ['GET /status/404', 'HEAD /status/404']);
	});

	it('show their results in hovers, code lenses and quick fixes', async () => {
		await work.article('articles/a/1.md', ['/status/404', '/moved/301', '/moved/308', '/status/403']);
		const editor = await work.start();
		const document = await editor.open('articles/a/1.md');
		const { connection } = editor.client;
		await editor.command('marginalia.checkLinks', document.uri);
		assert.deepEqual(editor.messages, ['4 link URLs, 1 broken, 2 moved, 1 unverified; 0 image URLs.']);
		const hover = async (piece: string): Promise<string> => {
			const position = placeOf(document, piece);
			const found = await connection.sendRequest(HoverRequest.type, { textDocument: { uri: document.uri }, position });
			return JSON.stringify(found?.contents);
		};
		assert.match(
			await hover('/status/404'),
			/\*\*Broken\*\*: 404 Not Found · checked just now.*\[Copy in the Wayback Machine\]\(<?https:\/\/web\.archive\.org\/web\/2021/,
		);
		assert.match(
			await hover('/moved/301'),
			/\*\*Moved\*\* · checked just now.*301 Moved Permanently: <http:.*new\/page/,
		);
		assert.match(await hover('/status/403'), /\*\*Unverified\*\*: 127.*returns 403 Forbidden · .*Open it in a browser/);

		const lenses = (await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: document.uri } })) ?? [];
		const titles = lenses.map(
			async lens => (await connection.sendRequest(CodeLensResolveRequest.type, lens)).command?.title,
		);
		assert.deepEqual(await Promise.all(titles), ['4 links', '1 broken']);

		const named = async (piece: string): Promise<string[]> =>
			(await editor.actions(document, piece))
				.map(({ title }) => title)
				.filter(title => !/^(?:Ignore|Turn|Change http)/.test(title));
		assert.deepEqual(await named('/status/404'), [
			'Replace with the copy in the Wayback Machine',
			'Open the copy in the Wayback Machine',
		]);
		assert.deepEqual(await named('/status/403'), [
			'Open the copy in the Wayback Machine',
			'Replace with the copy in the Wayback Machine',
		]);
		assert.deepEqual(await named('/moved/301'), [
			`Change the URL to ${work.hosts.url('/new/page?a=1')}`,
			'Update all 2 moved links in this article',
			'Update all moved links in the archive',
		]);
		const open = (await editor.actions(document, '/status/404')).find(({ title }) => title.startsWith('Open'))?.command;
		await editor.command(open?.command ?? '', ...(open?.arguments ?? []));
		assert.deepEqual(editor.shown, [`https://web.archive.org/web/20211216073701/${work.hosts.url('/status/404')}`]);
	});

	it('update one moved link, or all of an article', async () => {
		await work.article('articles/a/1.md', ['/moved/301', '/moved/308/x', '/status/404']);
		const editor = await work.start();
		const document = await editor.open('articles/a/1.md');
		await editor.command('marginalia.checkLinks', document.uri);
		const actions = await editor.actions(document, '/moved/301');
		const addresses = (title: string): string[] => {
			const [change] = actions.find(action => action.title.startsWith(title))?.edit?.documentChanges ?? [];
			assert.ok(change && 'edits' in change && change.textDocument.uri === document.uri, title);
			const edits = change.edits.filter(edit => 'newText' in edit);
			return [...TextDocument.applyEdits(document, edits).matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
		};
		const [to, other, gone] = ['/new/page?a=1', '/moved/308/x', '/status/404'].map(path => work.hosts.url(path));
		assert.deepEqual(addresses('Change the URL'), [to, other, gone]);
		assert.deepEqual(addresses('Update all 2 moved links in this article'), [to, to, gone]);
	});

	it('compare the size of an image with its attributes', async () => {
		await work.article('articles/a/1.md', ['/picture/plain.png" width="640" height="640']);
		const editor = await work.start();
		const document = await editor.open('articles/a/1.md');
		await editor.command('marginalia.checkLinks', document.uri);
		const { connection } = editor.client;
		const report = await connection.sendRequest(DocumentDiagnosticRequest.type, {
			textDocument: { uri: document.uri },
		});
		const found = report.kind === 'full' ? report.items.map(({ code, message }) => `${code}: ${message}`) : [];
		assert.deepEqual(found, ['image/size: The image is declared as 640 × 640, but its file is 64 × 48']);
	});

	it('are cached for the next server, and cleared on command', async () => {
		await work.article('articles/a/1.md', ['/status/404']);
		const before = await work.start();
		await before.command('marginalia.checkLinks', (await before.open('articles/a/1.md')).uri);
		assert.ok((await readdir(join(work.folder, 'cache/marginalia'))).length > 0);
		work.hosts.forget();

		const editor = await work.start();
		const document = await editor.open('articles/a/1.md');
		await editor.untilFound(document, ['link/broken /status/404']);
		await editor.command('marginalia.checkLinks', document.uri);
		assert.deepEqual(work.hosts.asked(), []);
		await editor.command('marginalia.checkLinksAgain', document.uri);
		assert.deepEqual(work.hosts.asked(), ['HEAD /status/404', 'GET /status/404']);
		await editor.command('marginalia.clearLinkCache');
		assert.deepEqual(await editor.found(document), []);
	});

	for (const [what, links, options, reason] of [
		['in a workspace that is not trusted', {}, { trusted: false }, /not trusted/],
		['where they are off', { network: 'off' }, {}, /marginalia\.links\.network is off/],
		['in a browser', {}, { transport: 'worker' }, /browsers do not let a page read/],
	] as const)
		it(`request nothing ${what}, and say why`, async () => {
			await work.article('articles/a/1.md', ['/status/404']);
			const editor = await work.start(links, options);
			const document = await editor.open('articles/a/1.md');
			await editor.save(document);
			for (const command of ['marginalia.checkLinks', 'marginalia.checkLinksAgain', 'marginalia.checkArchiveLinks'])
				await editor.command(command, document.uri);
			assert.equal(editor.messages.length, 3);
			for (const message of editor.messages) assert.match(message, reason);
			assert.deepEqual(await editor.found(document), []);
			assert.deepEqual(work.hosts.asked(), []);
		});

	it('request nothing on save if that is disabled', async () => {
		await work.article('articles/a/1.md', ['/status/404']);
		const editor = await work.start({ network: 'onCommand' });
		const document = await editor.open('articles/a/1.md');
		await editor.save(document);
		assert.deepEqual(await editor.found(document), []);
		assert.deepEqual(work.hosts.asked(), []);
		await editor.command('marginalia.checkLinks', document.uri);
		assert.deepEqual(await editor.found(document), ['link/broken /status/404']);
	});

	it('skip private addresses unless they are allowed', async () => {
		await work.article('articles/a/1.md', ['/status/404']);
		const editor = await work.start({ allowPrivate: false });
		const document = await editor.open('articles/a/1.md');
		await editor.command('marginalia.checkLinks', document.uri);
		assert.deepEqual(editor.messages, ['1 link URL, 1 unverified; 0 image URLs.']);
		assert.deepEqual(work.hosts.asked(), []);
		const titles = (await editor.actions(document, '/status/404')).map(({ title }) => title);
		assert.ok(!titles.some(title => title.includes('Wayback')), titles.join('\n'));
	});
});
