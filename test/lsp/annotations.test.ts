import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
	ApplyWorkspaceEditRequest,
	type ClientCapabilities,
	CodeActionRequest,
	ConfigurationRequest,
	DiagnosticRefreshRequest,
	DidChangeTextDocumentNotification,
	DidChangeWatchedFilesNotification,
	DocumentDiagnosticRequest,
	ExecuteCommandRequest,
	FileChangeType,
	type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { removeFolder } from '../../scripts/host/temporary.ts';
import type { CommandOutcome, DocumentNotes, NoteView } from '../../server/src/protocol/annotations.ts';
import { assertMeetsModel } from '../unit/annotations/w3c.ts';
import { type Client, connect, VSCODE } from './client.ts';

const run = promisify(execFile);

const ARTICLE =
	'<!--1639640221000-->\n[渡轮](https://harbour.example/ferry)\n------\n\n<p>末班船十一点开。</p><p>The last boat leaves at eleven.</p>\n';

const CAPABILITIES: ClientCapabilities = {
	...VSCODE,
	workspace: {
		...VSCODE.workspace,
		configuration: true,
		didChangeWatchedFiles: { dynamicRegistration: true },
	},
	textDocument: {
		...VSCODE.textDocument,
		synchronization: { dynamicRegistration: true },
		codeAction: { ...VSCODE.textDocument?.codeAction, dynamicRegistration: true },
	},
};

/** An article in a folder, and servers that have it open. */
describe('notes over the protocol', () => {
	let folder: string;
	let uri: string;
	let sidecar: string;
	let author: string;
	const clients: Client[] = [];
	const edits: WorkspaceEdit[] = [];

	const start = async (capabilities = CAPABILITIES): Promise<Client> => {
		const client = await connect('stdio', capabilities, {
			prepare(connection) {
				connection.onRequest(ConfigurationRequest.type, ({ items }) =>
					items.map(({ section }) => (section === 'marginalia.annotations' ? { author, carrier: 'sidecar' } : null)),
				);
				connection.onRequest(DiagnosticRefreshRequest.type, () => {});
				connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
					edits.push(edit);
					return { applied: true };
				});
			},
		});
		clients.push(client);
		await client.open(uri, ARTICLE);
		return client;
	};
	const command = (client: Client, name: string, given: object = {}): Promise<CommandOutcome> =>
		client.connection.sendRequest(ExecuteCommandRequest.type, {
			command: `marginalia.annotations.${name}`,
			arguments: [{ uri, ...given }],
		});
	const notes = async (client: Client): Promise<readonly NoteView[]> => {
		const answer: DocumentNotes = await client.connection.sendRequest('marginalia/annotations', {
			textDocument: { uri },
		});
		return answer.notes;
	};
	const add = (client: Client, text: string): Promise<CommandOutcome> =>
		command(client, 'add', {
			range: { start: { line: 4, character: 3 }, end: { line: 4, character: 6 } },
			text,
		});

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'marginalia-notes-'));
		uri = pathToFileURL(join(folder, '1_渡轮.md')).href;
		sidecar = join(folder, '1_渡轮.md.annotations.jsonld');
		author = '';
		edits.length = 0;
		await writeFile(join(folder, '1_渡轮.md'), ARTICLE);
	});
	afterEach(async () => {
		for (const client of clients.splice(0)) {
			assert.equal(await client.stop(), 0);
			assert.deepEqual(client.log, []);
		}
		await removeFolder(folder);
	});

	it('are written to the sidecar file, with the user name from git', async () => {
		await run('git', ['init', '-q', folder]);
		await run('git', ['-C', folder, 'config', 'user.name', '渡口 Observer']);
		const client = await start();
		const outcome = await add(client, '几点？');
		assert.ok(outcome.kind === 'done' && outcome.undoable);
		const text = await readFile(sidecar, 'utf8');
		assertMeetsModel(text);
		assert.match(text, /"creator":\{"name":"渡口 Observer","type":"Person"\}/);
		author = 'Ines';
		await command(client, 'reply', { id: outcome.id, text: '十一点' });
		const [note] = await notes(client);
		assert.deepEqual(
			[note?.text, note?.creator, note?.anchor.state, note?.replies.map(reply => [reply.text, reply.creator])],
			['几点？', '渡口 Observer', 'exact', [['十一点', 'Ines']]],
		);
		assert.deepEqual(edits, []);
		await command(client, 'undo');
		assert.deepEqual((await notes(client))[0]?.replies, []);
	});

	it('are announced when the article or its sidecar file changes', async () => {
		const client = await start();
		assert.deepEqual(await notes(client), []);
		const changed = (): Promise<void> =>
			new Promise(resolve => {
				client.connection.onNotification('marginalia/annotationsChanged', (params: { uri: string }) => {
					assert.equal(params.uri, uri);
					resolve();
				});
			});
		let told = changed();
		await add(client, 'a');
		await told;
		told = changed();
		const text = ARTICLE.replace('末班船', '今晚的末班船');
		await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri, version: 2 },
			contentChanges: [{ text }],
		});
		await told;
		const [moved] = await notes(client);
		assert.deepEqual([moved?.anchor.state, moved?.anchor.ranges[0]?.start.character], ['moved', 6]);
		told = changed();
		await rm(sidecar);
		await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
			changes: [{ uri: pathToFileURL(sidecar).href, type: FileChangeType.Deleted }],
		});
		await told;
		assert.deepEqual(await notes(client), []);
	});

	it('are written to the document if the sidecar is open', async () => {
		const client = await start();
		await add(client, 'a');
		const text = await readFile(sidecar, 'utf8');
		await client.open(pathToFileURL(sidecar).href, text);
		const outcome = await add(client, 'b');
		assert.ok(outcome.kind === 'done' && !outcome.undoable);
		assert.equal(await readFile(sidecar, 'utf8'), text);
		const [change] = edits[0]?.documentChanges ?? [];
		assert.ok(change && 'textDocument' in change);
		assert.equal(change.textDocument.version, 1);
		assert.equal(change.edits.length, 1);
	});

	it('are checked in their sidecar, and fixed there', async () => {
		await writeFile(sidecar, '<<<<<<< a\n{}\n=======\n{}\n>>>>>>> b\n');
		const address = pathToFileURL(sidecar).href;
		const client = await start();
		const told = client.published(address);
		const { diagnostics } = await told;
		assert.deepEqual(
			diagnostics.map(({ code, range }) => [code, range.start.line, range.end.character]),
			[['article/conflict', 0, 9]],
		);
		const text = await readFile(sidecar, 'utf8');
		await client.open(address, text.replaceAll('{}', '[]'));
		const actions = await client.connection.sendRequest(CodeActionRequest.type, {
			textDocument: { uri: address },
			range: diagnostics[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
			context: { diagnostics },
		});
		const [action] = actions ?? [];
		assert.ok(action && 'edit' in action);
		assert.equal(action.title, 'Keep the notes of both sides');
		assert.ok(client.registered.includes('textDocument/codeAction'));
		const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
		assert.ok(report.kind === 'full');
		assert.ok(report.items.some(({ code, range }) => code === 'article/conflict' && range.start.line === 1));
	});

	it('can be resolved by a quick fix in the article if they are questions', async () => {
		const client = await start();
		const outcome = await command(client, 'add', {
			range: { start: { line: 4, character: 3 }, end: { line: 4, character: 6 } },
			text: '几点？',
			kind: 'question',
		});
		const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
		assert.ok(report.kind === 'full' && outcome.kind === 'done');
		const [diagnostic] = report.items;
		assert.ok(diagnostic);
		const actions = await client.connection.sendRequest(CodeActionRequest.type, {
			textDocument: { uri },
			range: diagnostic.range,
			context: { diagnostics: [diagnostic] },
		});
		const action = actions?.find(({ title }) => title === 'Resolve question');
		assert.deepEqual(action?.command, {
			title: 'Resolve question',
			command: 'marginalia.annotations.resolve',
			arguments: [{ uri, id: outcome.id }],
		});
	});

	it('are read each time for clients that do not watch files', async () => {
		const { didChangeWatchedFiles: _, ...workspace } = CAPABILITIES.workspace ?? {};
		const client = await start({ ...CAPABILITIES, workspace });
		await add(client, 'a');
		await rm(sidecar);
		assert.deepEqual(await notes(client), []);
	});

	it('are refused if the file cannot be written, which stays unchanged', async function () {
		if (process.getuid?.() === 0) return this.skip();
		const client = await start();
		await add(client, 'a');
		await chmod(sidecar, 0o444);
		const before = await readFile(sidecar);
		const outcome = await add(client, 'b');
		assert.deepEqual(outcome, {
			kind: 'refused',
			code: 'not-written',
			message: '1_渡轮.md.annotations.jsonld cannot be written: permission denied',
		});
		assert.deepEqual(await readFile(sidecar), before);
	});

	it('are refused if the folder is gone, and written once it exists again', async () => {
		const client = await start();
		await add(client, 'a');
		await removeFolder(folder);
		const outcome = await add(client, 'b');
		assert.deepEqual(outcome, {
			kind: 'refused',
			code: 'not-written',
			message: '1_渡轮.md.annotations.jsonld cannot be written: its folder does not exist',
		});
		await mkdir(folder);
		assert.equal((await add(client, 'c')).kind, 'done');
		assertMeetsModel(await readFile(sidecar, 'utf8'));
	});

	it('are all kept when two processes add 50 each at the same time', async () => {
		const servers = [await start(), await start()];
		await Promise.all(
			servers.map(async (client, index) => {
				for (let count = 0; count < 50; count++) {
					const outcome = await add(client, `${index}-${count}`);
					assert.equal(outcome.kind, 'done');
				}
			}),
		);
		const text = await readFile(sidecar, 'utf8');
		assertMeetsModel(text);
		const { items } = JSON.parse(text).first;
		assert.equal(items.length, 100);
		assert.equal(new Set(items.map((item: { body: { value: string } }) => item.body.value)).size, 100);
	});
});
