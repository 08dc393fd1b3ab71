import assert from 'node:assert/strict';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	ApplyWorkspaceEditRequest,
	type ClientCapabilities,
	CodeActionRequest,
	DiagnosticRefreshRequest,
	ExecuteCommandRequest,
	type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { FURNITURE_COMMANDS, SOURCE_COMMANDS } from '../../server/src/protocol/commands.ts';
import { FurnitureRequest, WithoutFurnitureRequest } from '../../server/src/protocol/furniture.ts';
import { SelectorReachRequest, SelectorsRequest } from '../../server/src/protocol/sources.ts';
import { type Client, connect, VSCODE } from './client.ts';

const HEAD = '<!--1639640221000-->\n[The ferry](https://harbour.example/ferry)\n------\n\n';
const PROSE = '<p>The last boat leaves at eleven, and nobody on the quay had been told about it.</p>';
const SHARE = '<div class="share"><a href="/s">Share this article</a></div>';
const BOX = '<div class="box">Read this too.</div>';
const TEXT = `${HEAD}${PROSE}${SHARE}${PROSE}${BOX}\n`;

const CAPABILITIES: ClientCapabilities = {
	...VSCODE,
	workspace: {
		...VSCODE.workspace,
		workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
	},
};

describe('the page around an article over the protocol', () => {
	let folder: string;
	let uri: string;
	let client: Client;
	let applied: WorkspaceEdit[];

	const start = async (options = {}): Promise<void> => {
		client = await connect('stdio', CAPABILITIES, {
			...options,
			folders: [{ uri: pathToFileURL(folder).href, name: 'archive' }],
			prepare(connection) {
				connection.onRequest(DiagnosticRefreshRequest.type, () => {});
				connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
					applied.push(edit);
					return { applied: true };
				});
			},
		});
		await client.open(uri, TEXT);
	};
	const run = (command: string, given: object): Promise<unknown> =>
		client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: [{ uri, ...given }] });
	const ask = <T>({ method }: { readonly method: string }, params: object = {}): Promise<T> =>
		client.connection.sendRequest<T>(method, { textDocument: { uri }, ...params });

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'marginalia-furniture-'));
		uri = pathToFileURL(join(folder, '1.md')).href;
		applied = [];
		await writeFile(join(folder, '1.md'), TEXT);
	});
	afterEach(async () => {
		await client.stop();
		await removeFolder(folder);
	});

	it('is listed, previewed and removed by one edit', async () => {
		await start();
		const { version, parts } = await ask<{ version: number; parts: { name: string; goes: boolean }[] }>(
			FurnitureRequest,
		);
		assert.deepEqual(
			parts.map(({ name, goes }) => [name, goes]),
			[['share buttons', true]],
		);
		const without = await ask<{ text: string }>(WithoutFurnitureRequest, { version, parts: [0] });
		assert.equal(without.text, TEXT.replace(SHARE, ''));
		assert.equal(await ask(WithoutFurnitureRequest, { version: version + 1, parts: [0] }), null);
		const outcome = await run(FURNITURE_COMMANDS.remove, { version, parts: [0] });
		assert.deepEqual(outcome, { kind: 'done', removed: 1, characters: 18, left: 0, withNotes: 0, anchored: 0 });
		assert.equal(applied.length, 1);
		const [change] = applied[0]?.documentChanges ?? [];
		assert.ok(change && 'edits' in change);
		const edits = change.edits.flatMap(edit => ('newText' in edit ? edit : []));
		assert.equal(TextDocument.applyEdits(TextDocument.create(uri, '', 0, TEXT), edits), without.text);
	});

	it('is not removed from another version, or by invalid arguments', async () => {
		await start();
		const stale = (await run(FURNITURE_COMMANDS.remove, { version: 99 })) as { code: string };
		const invalid = (await run(FURNITURE_COMMANDS.remove, { parts: ['x'] })) as { code: string };
		assert.deepEqual([stale.code, invalid.code, applied], ['conflict', 'arguments', []]);
	});

	it('is removed by the fix of its problem', async () => {
		await start();
		const at = { line: 4, character: PROSE.length + 2 };
		const actions = await client.connection.sendRequest(CodeActionRequest.type, {
			textDocument: { uri },
			range: { start: at, end: at },
			context: { diagnostics: [] },
		});
		const commands = (actions ?? []).flatMap(action => (typeof action.command === 'object' ? action.command : []));
		assert.deepEqual(
			commands.map(({ command, arguments: given }) => [command, given]),
			[[FURNITURE_COMMANDS.remove, [{ uri }]]],
		);
	});

	it('is described in a new marginalia.json', async () => {
		await start();
		const position = { line: 4, character: TEXT.split('\n')[4]?.indexOf('Read') ?? 0 };
		const found = await ask<{ host: string; choices: { selector: string }[] }>(SelectorsRequest, { position });
		assert.deepEqual([found.host, found.choices[0]?.selector], ['harbour.example', '.box']);
		const reach = await ask<object[]>(SelectorReachRequest, { selectors: ['.box'] });
		assert.deepEqual(reach, [
			{ articles: 1, matching: 1, characters: 14, most: [], examples: [{ uri, label: 'Read this too.' }] },
		]);
		const json = pathToFileURL(join(folder, 'marginalia.json')).href;
		const outcome = await run(SOURCE_COMMANDS.describe, { list: 'furniture', selector: '.box' });
		assert.deepEqual(outcome, { kind: 'done', uri: json });
		assert.deepEqual(applied[0]?.documentChanges?.[0], { kind: 'create', uri: json });
		assert.equal(await readFile(join(folder, '1.md'), 'utf8'), TEXT);
	});

	it('is not described in an untrusted workspace, or by what is no selector', async () => {
		await start({ options: { untrusted: true } });
		const untrusted = (await run(SOURCE_COMMANDS.describe, { list: 'furniture', selector: '.box' })) as object;
		assert.deepEqual(untrusted, {
			kind: 'refused',
			code: 'not-possible',
			message: 'marginalia.json was not changed because the workspace is not trusted: trust it first',
		});
		const unknown = (await run(SOURCE_COMMANDS.describe, { list: 'hide', selector: '.box' })) as { code: string };
		assert.deepEqual([unknown.code, applied], ['arguments', []]);
	});
});
