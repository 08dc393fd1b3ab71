import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	type ApplyWorkspaceEditParams,
	ApplyWorkspaceEditRequest,
	type CodeAction,
	CodeActionRequest,
	CodeLensRefreshRequest,
	CodeLensRequest,
	CodeLensResolveRequest,
	ConfigurationRequest,
	DiagnosticRefreshRequest,
	DidChangeConfigurationNotification,
	DidChangeTextDocumentNotification,
	DidCloseTextDocumentNotification,
	DidSaveTextDocumentNotification,
	DocumentDiagnosticRequest,
	ExecuteCommandRequest,
	HoverRequest,
	type MessageActionItem,
	type Position,
	type ProgressToken,
	ShowDocumentRequest,
	ShowMessageNotification,
	ShowMessageRequest,
	WorkDoneProgress,
	WorkDoneProgressCancelNotification,
	WorkDoneProgressCreateRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Hosts, startHosts } from '../../hosts/hosts.ts';
import { type Client, connect, type Transport, VSCODE } from '../client.ts';

/** What VS Code says that it can do, as far as checks over the network ask. */
const CAPABILITIES = {
	...VSCODE,
	window: { workDoneProgress: true, showDocument: { support: true } },
	workspace: {
		...VSCODE.workspace,
		configuration: true,
		didChangeConfiguration: { dynamicRegistration: true },
		codeLens: { refreshSupport: true },
	},
};

/** An editor with one server, and all that the server wants of it. */
interface Editor {
	readonly client: Client;
	/** The settings that it answers with. */
	links: Record<string, unknown>;
	readonly messages: string[];
	/** Titles of the buttons to press, in their order. */
	readonly presses: string[];
	readonly shown: string[];
	readonly edits: ApplyWorkspaceEditParams[];
	/** What was said of work under way. */
	readonly work: string[];
	readonly workTokens: ProgressToken[];
	/** Resolves with the next time that the server has diagnostics asked for again. */
	refreshed(): Promise<void>;
	open(path: string): Promise<TextDocument>;
	save(document: TextDocument): Promise<void>;
	command(name: string, ...args: unknown[]): Promise<unknown>;
	/** The rules that find something by the last check over the network, with the text they mark. */
	found(document: TextDocument): Promise<string[]>;
	changeSettings(links: Record<string, unknown>): Promise<void>;
}

describe('checks over the network, by the server', () => {
	let hosts: Hosts;
	let folder: string;
	let editor: Editor;
	const editors: Editor[] = [];

	before(async () => {
		hosts = await startHosts();
	});
	after(() => hosts.close());
	beforeEach(async () => {
		hosts.forget();
		folder = await mkdtemp(join(tmpdir(), 'marginalia-network-'));
	});
	afterEach(async () => {
		for (const { client } of editors.splice(0)) {
			assert.equal(await client.stop(), 0);
			// In a browser no folder can be read.
			assert.deepEqual(client.process ? client.log : [], []);
		}
		await rm(folder, { recursive: true });
	});

	async function start(
		links: Record<string, unknown> = {},
		{ transport = 'ipc', trusted = true }: { transport?: Transport; trusted?: boolean } = {},
	): Promise<Editor> {
		let refresh = (): void => {};
		const made = {
			links: { network: 'onSave', allowPrivate: true, timeout: 5, ...links } as Record<string, unknown>,
			messages: [] as string[],
			presses: [] as string[],
			shown: [] as string[],
			edits: [] as ApplyWorkspaceEditParams[],
			work: [] as string[],
			workTokens: [] as ProgressToken[],
		};
		const client = await connect(transport, CAPABILITIES, {
			env: { XDG_CACHE_HOME: join(folder, 'cache') },
			folders: [{ uri: pathToFileURL(folder).href, name: 'archive' }],
			options: { untrusted: !trusted, showsPlaces: true },
			prepare(connection) {
				connection.onRequest(ConfigurationRequest.type, ({ items }) =>
					items.map(({ section }) => (section === 'marginalia.links' ? made.links : {})),
				);
				connection.onRequest(DiagnosticRefreshRequest.type, () => refresh());
				connection.onRequest(CodeLensRefreshRequest.type, () => undefined);
				connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
					made.workTokens.push(token);
					connection.onProgress(WorkDoneProgress.type, token, params => {
						made.work.push(params.kind === 'begin' ? params.title : `${params.kind} ${params.message ?? ''}`.trim());
					});
				});
				connection.onNotification(ShowMessageNotification.type, ({ message }) => {
					made.messages.push(message);
				});
				connection.onRequest(ShowMessageRequest.type, ({ message, actions }): MessageActionItem | null => {
					made.messages.push(message);
					const press = made.presses.shift();
					return actions?.find(({ title }) => title === press) ?? null;
				});
				connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
					made.shown.push(uri);
					return { success: true };
				});
				connection.onRequest(ApplyWorkspaceEditRequest.type, params => {
					made.edits.push(params);
					return { applied: true };
				});
			},
		});
		const { connection } = client;
		editor = {
			...made,
			client,
			refreshed: () =>
				new Promise(resolve => {
					refresh = resolve;
				}),
			async open(path) {
				const uri = pathToFileURL(join(folder, path)).href;
				const text = await readFile(join(folder, path), 'utf8');
				await client.open(uri, text);
				return TextDocument.create(uri, 'article', 1, text);
			},
			save: ({ uri }) => connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } }),
			command: (command, ...args) => connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: args }),
			async found(document) {
				const report = await connection.sendRequest(DocumentDiagnosticRequest.type, {
					textDocument: { uri: document.uri },
				});
				assert.equal(report.kind, 'full');
				const items = report.kind === 'full' ? report.items : [];
				return items
					.filter(({ code }) => /broken|moved|not-an-image/.test(String(code)))
					.map(({ code, range }) => `${code} ${new URL(document.getText(range)).pathname}`);
			},
			async changeSettings(changed) {
				made.links = changed;
				await connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
			},
		};
		editors.push(editor);
		return editor;
	}

	/** Writes an article with these links, and a picture where a path says so. */
	async function article(path: string, paths: readonly string[]): Promise<void> {
		const body = paths.map(one =>
			one.startsWith('/picture') ? `<img alt="" src="${hosts.url(one)}">` : `<a href="${hosts.url(one)}">x</a>`,
		);
		const text = `<!--1639640221000-->\n[Tide](https://news.example/${path})\n------\n\n<p>${body.join(' ')}</p>\n`;
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), text);
	}

	const placeOf = (document: TextDocument, piece: string): Position =>
		document.positionAt(document.getText().indexOf(piece) + 1);

	it('request nothing when an article is opened, looked at or changed; all when it is saved', async () => {
		await article('articles/a/1.md', ['/status/404', '/moved/301', '/', '/picture/html', '/status/404']);
		await start();
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
		assert.deepEqual(hosts.asked(), []);

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
		await untilFound(document, expected);
		assert.deepEqual(hosts.asked().toSorted(), [
			'GET /picture/html',
			'GET /picture/html',
			'GET /status/404',
			'HEAD /',
			'HEAD /moved/301',
			'HEAD /new/page?a=1',
			'HEAD /status/404',
		]);
	});

	/** Waits until the diagnostics are these, each time that the server has them asked for. */
	async function untilFound(document: TextDocument, expected: readonly string[]): Promise<void> {
		for (;;) {
			const next = editor.refreshed();
			const found = await editor.found(document);
			if (JSON.stringify(found) === JSON.stringify(expected)) return;
			await next;
		}
	}

	it('say what was found in hovers, lenses and quick fixes', async () => {
		await article('articles/a/1.md', ['/status/404', '/moved/301', '/moved/308', '/status/403']);
		await start();
		const document = await editor.open('articles/a/1.md');
		const { connection } = editor.client;
		await editor.command('marginalia.checkLinks', document.uri);
		assert.deepEqual(editor.messages, ['4 links, 1 broken, 2 moved, 1 not verified; 0 pictures.']);
		const hover = async (piece: string): Promise<string> => {
			const position = placeOf(document, piece);
			const found = await connection.sendRequest(HoverRequest.type, { textDocument: { uri: document.uri }, position });
			return JSON.stringify(found?.contents);
		};
		assert.match(await hover('/status/404'), /\*\*Broken\*\*: 404 Not Found · checked just now/);
		assert.match(
			await hover('/moved/301'),
			/\*\*Moved\*\* · checked just now.*301 Moved Permanently: \[http:.*new\/page/,
		);
		assert.match(
			await hover('/status/403'),
			/\*\*Not verified\*\*: 127.*answers 403 Forbidden · .*To know more, open it in a browser/,
		);

		const lenses = (await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: document.uri } })) ?? [];
		const titles = lenses.map(
			async lens => (await connection.sendRequest(CodeLensResolveRequest.type, lens)).command?.title,
		);
		assert.deepEqual(await Promise.all(titles), ['4 links', '1 broken']);

		const actions = async (piece: string): Promise<CodeAction[]> => {
			const start = placeOf(document, piece);
			const found = await connection.sendRequest(CodeActionRequest.type, {
				textDocument: { uri: document.uri },
				range: { start, end: start },
				context: { diagnostics: [] },
			});
			return (found ?? []).filter((action): action is CodeAction => 'kind' in action);
		};
		const named = async (piece: string): Promise<string[]> =>
			(await actions(piece)).map(({ title }) => title).filter(title => !/^(?:Ignore|Turn|Change http)/.test(title));
		assert.deepEqual(await named('/status/404'), [
			'Replace it with its copy in the Wayback Machine',
			'Open its copy in the Wayback Machine',
		]);
		assert.deepEqual(await named('/status/403'), [
			'Open its copy in the Wayback Machine',
			'Replace it with its copy in the Wayback Machine',
		]);
		assert.deepEqual(await named('/moved/301'), [
			`Change the address to ${hosts.url('/new/page?a=1')}`,
			'Update all 2 moved links of this article',
			'Update all moved links of the archive',
		]);
		const open = (await actions('/status/404')).find(({ title }) => title.startsWith('Open'))?.command;
		await editor.command(open?.command ?? '', ...(open?.arguments ?? []));
		assert.deepEqual(editor.shown, [`https://web.archive.org/web/20211216073701/${hosts.url('/status/404')}`]);
	});

	it('are remembered by the next server, and forgotten on command', async () => {
		await article('articles/a/1.md', ['/status/404']);
		await start();
		await editor.command('marginalia.checkLinks', (await editor.open('articles/a/1.md')).uri);
		assert.ok((await readdir(join(folder, 'cache/marginalia'))).length > 0);
		hosts.forget();

		await start();
		const document = await editor.open('articles/a/1.md');
		await untilFound(document, ['link/broken /status/404']);
		await editor.command('marginalia.checkLinks', document.uri);
		assert.deepEqual(hosts.asked(), []);
		await editor.command('marginalia.checkLinksAgain', document.uri);
		assert.deepEqual(hosts.asked(), ['HEAD /status/404', 'GET /status/404']);
		await editor.command('marginalia.clearLinkCache');
		assert.deepEqual(await editor.found(document), []);
	});

	for (const [what, links, options, reason] of [
		['in a workspace that is not trusted', {}, { trusted: false }, /not trusted/],
		['where they are off', { network: 'off' }, {}, /off \(marginalia\.links\.network\)/],
		['in a browser', {}, { transport: 'worker' }, /browsers do not let a page read/],
	] as const)
		it(`request nothing ${what}, and say why`, async () => {
			await article('articles/a/1.md', ['/status/404']);
			await start(links, options);
			const document = await editor.open('articles/a/1.md');
			await editor.save(document);
			for (const command of ['marginalia.checkLinks', 'marginalia.checkLinksAgain', 'marginalia.checkArchiveLinks'])
				await editor.command(command, document.uri);
			assert.equal(editor.messages.length, 3);
			for (const message of editor.messages) assert.match(message, reason);
			assert.deepEqual(await editor.found(document), []);
			assert.deepEqual(hosts.asked(), []);
		});

	it('request nothing on save where that is not wanted', async () => {
		await article('articles/a/1.md', ['/status/404']);
		await start({ network: 'onCommand' });
		const document = await editor.open('articles/a/1.md');
		await editor.save(document);
		assert.deepEqual(await editor.found(document), []);
		assert.deepEqual(hosts.asked(), []);
		await editor.command('marginalia.checkLinks', document.uri);
		assert.deepEqual(await editor.found(document), ['link/broken /status/404']);
	});

	it('leave private addresses alone unless they are allowed', async () => {
		await article('articles/a/1.md', ['/status/404']);
		await start({ allowPrivate: false });
		const document = await editor.open('articles/a/1.md');
		await editor.command('marginalia.checkLinks', document.uri);
		assert.deepEqual(editor.messages, ['1 link, 1 not verified; 0 pictures.']);
		assert.deepEqual(hosts.asked(), []);
	});

	it('say nothing of what is no longer there', async () => {
		await article('articles/a/1.md', ['/status/404', '/slow/headers']);
		await start();
		const document = await editor.open('articles/a/1.md');
		const asked = hosts.next('/slow/headers');
		await editor.save(document);
		await asked;
		// The link that is being checked is changed, and the other one, of which something is known, too.
		const text = document.getText().replace('/status/404', '/status/410').replace('/slow/headers', '/other');
		const version = 2;
		await editor.client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri: document.uri, version },
			contentChanges: [{ text }],
		});
		const changed = TextDocument.create(document.uri, 'article', version, text);
		assert.deepEqual(await editor.found(changed), []);
		await editor.save(changed);
		await untilFound(changed, ['link/broken /status/410']);
	});

	it('end when the document is closed, and when they are switched off', async () => {
		const paths = Array.from({ length: 12 }, (_, at) => `/slow/headers/${at}`);
		await article('articles/a/1.md', [...paths, '/status/404']);
		await start();
		for (const end of [
			({ uri }: TextDocument) =>
				editor.client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
			() => editor.changeSettings({ network: 'off' }),
		]) {
			hosts.forget();
			const document = await editor.open('articles/a/1.md');
			const asked = hosts.next('/slow/headers/3');
			await editor.save(document);
			await asked;
			await end(document);
			// An answer to this comes after all that the server does at once.
			await editor.command('marginalia.openAddress', '');
			const count = hosts.asked().length;
			assert.ok(count <= 5, hosts.asked().join());
			await hosts.idle();
			assert.equal(hosts.asked().length, count);
		}
	});

	it('cover an archive: with progress, a report, and an update of what has moved', async () => {
		await article('articles/a/1.md', ['/status/404', '/moved/301', '/slow/1200']);
		await article('articles/b/2.md', ['/moved/301', '/status/403', '/picture/plain']);
		await article('articles/b/3.md', ['/']);
		await writeFile(join(folder, 'marginalia.json'), `{ "ignore": { "urls": ["*/status/403"] } }`);
		await start();
		editor.presses.push('Show Report', 'Update');
		await editor.command('marginalia.checkArchiveLinks');
		assert.deepEqual(editor.work.slice(0, 1), ['Checking links of the archive']);
		assert.match(editor.work.slice(1).join('\n'), /^report \d of 5, 1 broken\nend$/);
		while (editor.shown.length === 0) await new Promise(resolve => setImmediate(resolve));
		assert.deepEqual(editor.messages, ['5 addresses in 3 articles: 1 broken, 1 moved.']);
		const report = await readFile(new URL(editor.shown[0] ?? ''), 'utf8');
		assert.match(report, /^# Links of marginalia-network/);
		assert.match(
			report,
			/## Broken\n\n### \[Tide\]\(<file:.*articles\/a\/1\.md>\)\n\n- <http:.*404> – 404 Not Found \(\[Wayback Machine\]/,
		);
		assert.match(report, /## Moved\n\n### .*1\.md.*\n\n.*\n\n### .*2\.md/);
		assert.ok(!hosts.asked().some(one => one.includes('403')), hosts.asked().join());

		await editor.command('marginalia.updateMovedLinks');
		assert.equal(editor.messages[1], 'Update 2 links in 2 articles?');
		const changes = editor.edits[0]?.edit.documentChanges ?? [];
		assert.deepEqual(
			changes.map(
				change =>
					'edits' in change && [
						change.textDocument.uri.slice(-6),
						change.edits.map(edit => 'newText' in edit && edit.newText),
					],
			),
			[
				['a/1.md', [hosts.url('/new/page?a=1')]],
				['b/2.md', [hosts.url('/new/page?a=1')]],
			],
		);
	});

	it('stop in the middle of an archive', async () => {
		for (let number = 1; number <= 6; number++)
			await article(
				`articles/a/${number}.md`,
				Array.from({ length: 5 }, (_, at) => `/slow/400/${number}/${at}`),
			);
		await start();
		const done = editor.command('marginalia.checkArchiveLinks');
		while (editor.work.length < 2) await new Promise(resolve => setTimeout(resolve, 20));
		const [token] = editor.workTokens;
		assert.ok(token !== undefined);
		await editor.client.connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
		await done;
		const count = hosts.asked().length;
		assert.ok(count < 30, String(count));
		while (editor.messages.length === 0) await new Promise(resolve => setImmediate(resolve));
		assert.match(
			editor.messages[0] ?? '',
			/^Cancelled\. 30 addresses in 6 articles: 0 broken, 0 moved, \d+ not checked\.$/,
		);
		await hosts.idle();
		assert.equal(hosts.asked().length, count);
	});
});
