import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	type ClientCapabilities,
	type CodeAction,
	CodeActionRequest,
	DiagnosticRefreshRequest,
	DidChangeTextDocumentNotification,
	DidChangeWatchedFilesNotification,
	DidCloseTextDocumentNotification,
	DocumentDiagnosticRequest,
	FileChangeType,
} from 'vscode-languageserver/node';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { type Client, connect, VSCODE } from './client.ts';

const ARTICLE =
	'<!--1639640221000-->\n[渡轮](https://harbour.example/)\n------\n\n<p><a href="/a">潮</a><a href="/a">水</a></p><time pudate>x</time>\n';

const CAPABILITIES: ClientCapabilities = {
	...VSCODE,
	workspace: {
		...VSCODE.workspace,
		workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
		didChangeWatchedFiles: { dynamicRegistration: true },
	},
	textDocument: { ...VSCODE.textDocument, synchronization: { dynamicRegistration: true } },
};

describe('the configuration file of a running server', () => {
	let folder: string;
	let uri: string;
	let configuration: string;
	let client: Client;

	const write = (text: string): Promise<void> => writeFile(join(folder, 'marginalia.json'), text);
	const rules = async (): Promise<string[]> => {
		const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
		assert.ok(report.kind === 'full');
		return report.items.map(({ code }) => String(code)).sort();
	};
	const changed = (type: FileChangeType): Promise<void> =>
		client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
			changes: [{ uri: configuration, type }],
		});
	const start = async (capabilities: ClientCapabilities): Promise<void> => {
		client = await connect('stdio', capabilities);
	};
	const refreshed = (): Promise<void> =>
		new Promise(resolve => client.connection.onRequest(DiagnosticRefreshRequest.type, () => resolve()));

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'marginalia-configuration-'));
		await mkdir(join(folder, 'articles'));
		uri = pathToFileURL(join(folder, 'articles', '1.md')).href;
		configuration = pathToFileURL(join(folder, 'marginalia.json')).href;
	});
	afterEach(async () => {
		assert.equal(await client.stop(), 0);
		assert.deepEqual(client.log, []);
		await removeFolder(folder);
	});

	it('takes effect when it is created, changed and deleted', async () => {
		await start(CAPABILITIES);
		await client.open(uri, ARTICLE);
		const all = ['html/misspelt', 'link/relative', 'link/relative', 'link/split'];
		assert.deepEqual(await rules(), all);
		for (const method of ['workspace/didChangeWatchedFiles', 'textDocument/didOpen', 'textDocument/didChange'])
			assert.ok(client.registered.includes(method), method);

		await write('{ "rules": { "link/*": "off" } } // 只看标记\n');
		let refresh = refreshed();
		await changed(FileChangeType.Created);
		await refresh;
		assert.deepEqual(await rules(), ['html/misspelt']);

		const told = client.published(configuration);
		await write('{ "rules": { "link/*": off } }');
		await changed(FileChangeType.Changed);
		const { diagnostics } = await told;
		assert.deepEqual(
			diagnostics.map(({ severity, message, range, source }) => [severity, message, range.start.character, source]),
			[[1, 'This is not valid JSON: invalid symbol; the defaults apply', 23, 'marginalia']],
		);
		assert.deepEqual(await rules(), all);

		const cleared = client.published(configuration);
		await rm(join(folder, 'marginalia.json'));
		refresh = refreshed();
		await changed(FileChangeType.Deleted);
		await refresh;
		assert.deepEqual((await cleared).diagnostics, []);
		assert.deepEqual(await rules(), all);
	});

	it('takes effect while it is edited, before it is saved', async () => {
		await write('{}');
		await start(CAPABILITIES);
		await client.open(uri, ARTICLE);
		let refresh = refreshed();
		await client.open(configuration, '{"rules":{"html/*":"off"}}');
		await refresh;
		assert.deepEqual(await rules(), ['link/relative', 'link/relative', 'link/split']);
		refresh = refreshed();
		await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri: configuration, version: 2 },
			contentChanges: [{ text: '{"rules":{"link/*":"off"}}' }],
		});
		await refresh;
		assert.deepEqual(await rules(), ['html/misspelt']);
		refresh = refreshed();
		await client.connection.sendNotification(DidCloseTextDocumentNotification.type, {
			textDocument: { uri: configuration },
		});
		await refresh;
		assert.equal((await rules()).length, 4);
	});

	it('is read again for clients that do not watch files, and its diagnostics are pushed', async () => {
		const { diagnostic: _, ...textDocument } = VSCODE.textDocument ?? {};
		await start({ ...VSCODE, textDocument });
		const first = client.published(uri);
		await client.open(uri, ARTICLE);
		assert.equal((await first).diagnostics.length, 4);
		await write('{ "ignore": { "hosts": ["harbour.example"] } }');
		const second = client.published(uri);
		await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri, version: 2 },
			contentChanges: [{ text: ARTICLE }],
		});
		assert.deepEqual(
			(await second).diagnostics.map(({ code }) => code),
			['html/misspelt'],
		);
	});

	it('is written by a quick fix, and articles are fixed as a whole', async () => {
		await start(CAPABILITIES);
		await client.open(uri, ARTICLE);
		const character = ARTICLE.split('\n')[4]?.indexOf('/a') ?? 0;
		const range = { start: { line: 4, character }, end: { line: 4, character } };
		const ask = async (...only: string[]): Promise<CodeAction[]> => {
			const context = { diagnostics: [], ...(only.length > 0 ? { only } : {}) };
			const answer = await client.connection.sendRequest(CodeActionRequest.type, {
				textDocument: { uri },
				range,
				context,
			});
			return (answer ?? []) as CodeAction[];
		};
		const ignore = (await ask()).find(({ title }) => title === 'Ignore link/relative in this article');
		assert.deepEqual(ignore?.edit?.documentChanges, [
			{ kind: 'create', uri: configuration },
			{
				textDocument: { uri: configuration, version: null },
				edits: [
					{
						range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
						newText: '{\n\t"ignore": {\n\t\t"rules": {\n\t\t\t"articles/1.md": ["link/relative"]\n\t\t}\n\t}\n}\n',
					},
				],
			},
		]);
		const [all, ...others] = await ask('source.fixAll');
		assert.deepEqual([all?.kind, others], ['source.fixAll.marginalia', []]);
		const [change] = all?.edit?.documentChanges ?? [];
		assert.ok(change && 'edits' in change);
		assert.deepEqual(change.edits.length, 2);
	});
});
