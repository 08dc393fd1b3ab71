import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	type ApplyWorkspaceEditParams,
	ApplyWorkspaceEditRequest,
	CodeActionRequest,
	ExecuteCommandRequest,
	ShowMessageNotification,
	ShowMessageRequest,
} from 'vscode-languageserver/node';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { type Client, connect, VSCODE } from './client.ts';

const COMMAND = 'marginalia.updateMovedFiles';
const LIST = 'Harbour\n------\n\n12-16 [Tide](/articles/h/391207.md)\n\n12-16 [Ebb](/articles/h/391208.md)\n';
const article = (id: string, title: string): string =>
	`<!--1639640221000-->\n[${title}](https://harbour.example/${id})\n------\n\n<p>x</p>\n`;
const FILES: Readonly<Record<string, string>> = {
	'lists/h.md': LIST,
	'articles/h/391207_潮.md': article('1', 'Tide'),
	'articles/h/391208_a.md': article('2', 'One'),
	'articles/h/391208_b.md': article('2', 'Two'),
	'articles/h/old.md.annotations.jsonld': JSON.stringify({
		'@context': 'http://www.w3.org/ns/anno.jsonld',
		id: 'urn:x:1',
		type: 'Annotation',
		body: { type: 'TextualBody', value: 'Why?' },
		target: 'https://harbour.example/1',
	}),
};

describe(`the command ${COMMAND}`, () => {
	let folder: string;
	let client: Client | undefined;
	let messages: string[];
	let edits: ApplyWorkspaceEditParams[];
	const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'marginalia-moved-'));
		[messages, edits] = [[], []];
		for (const [path, text] of Object.entries(FILES)) {
			await mkdir(dirname(join(folder, path)), { recursive: true });
			await writeFile(join(folder, path), text);
		}
	});
	afterEach(async () => {
		await client?.stop();
		client = undefined;
		await removeFolder(folder);
	});

	/** Starts a server in the archive. `press` is the button that is pressed in its questions. */
	async function start(
		press: string,
		{
			operations = ['create', 'rename'],
			...options
		}: { readonly operations?: readonly string[]; untrusted?: boolean } = {},
	): Promise<Client> {
		const capabilities = {
			...VSCODE,
			workspace: {
				...VSCODE.workspace,
				workspaceFolders: true,
				applyEdit: true,
				workspaceEdit: { documentChanges: true, resourceOperations: operations },
			},
		};
		client = await connect('ipc', capabilities as typeof VSCODE, {
			folders: [{ uri: pathToFileURL(folder).href, name: 'archive' }],
			options,
			prepare(connection) {
				connection.onNotification(ShowMessageNotification.type, ({ message }) => void messages.push(message));
				connection.onRequest(ShowMessageRequest.type, ({ message }) => {
					messages.push(message);
					return { title: press };
				});
				connection.onRequest(ApplyWorkspaceEditRequest.type, params => {
					edits.push(params);
					return { applied: true };
				});
			},
		});
		return client;
	}
	const run = async ({ connection }: Client, ...given: readonly string[]): Promise<void> => {
		await connection.sendRequest(ExecuteCommandRequest.type, { command: COMMAND, arguments: [...given] });
	};
	const LEFT = '1 more is not certain: use the quick fixes of its problem.';

	it('updates references and renames sidecars in one edit, after asking', async () => {
		await run(await start('Update'));
		assert.deepEqual(messages, [`Update 1 reference to moved files in 1 file and rename 1 sidecar file? ${LEFT}`]);
		const range = { start: { line: 3, character: 13 }, end: { line: 3, character: 34 } };
		assert.deepEqual(
			edits.map(({ edit }) => edit.documentChanges),
			[
				[
					{
						textDocument: { uri: uriOf('lists/h.md'), version: null },
						edits: [{ range, newText: '/articles/h/391207_潮.md' }],
					},
					{
						kind: 'rename',
						oldUri: uriOf('articles/h/old.md.annotations.jsonld'),
						newUri: uriOf('articles/h/391207_潮.md.annotations.jsonld'),
					},
				],
			],
		);
	});

	it('changes nothing if the user declines, or the workspace is not trusted', async () => {
		const trusted = await start('Cancel');
		await run(trusted, uriOf('lists/h.md'));
		await trusted.stop();
		await run(await start('Update', { untrusted: true }));
		assert.deepEqual(messages.slice(1), ['References in other files can only be updated in a trusted workspace.']);
		assert.deepEqual(edits, []);
	});

	it('renames no sidecars for clients that cannot, and offers them no such fix', async () => {
		const simple = await start('Update', { operations: [] });
		await run(simple);
		assert.deepEqual(messages, [`Update 1 reference to moved files in 1 file? ${LEFT}`]);
		assert.equal(edits[0]?.edit.documentChanges?.length, 1);
		const uri = uriOf('articles/h/391207_潮.md');
		await simple.open(uri, FILES['articles/h/391207_潮.md'] ?? '');
		const title = { start: { line: 1, character: 1 }, end: { line: 1, character: 1 } };
		const params = { textDocument: { uri }, range: title, context: { diagnostics: [] } };
		const actions = await simple.connection.sendRequest(CodeActionRequest.type, params);
		assert.ok(!(actions ?? []).some(action => action.title.startsWith('Rename the sidecar')));
	});

	it('offers in an article to rename the sidecar that it lost, as one edit', async () => {
		const able = await start('Update');
		const uri = uriOf('articles/h/391207_潮.md');
		await able.open(uri, FILES['articles/h/391207_潮.md'] ?? '');
		// The command waits until the archive has been read.
		await run(able, uri);
		const range = { start: { line: 1, character: 1 }, end: { line: 1, character: 1 } };
		const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
		const actions = (await able.connection.sendRequest(CodeActionRequest.type, params)) ?? [];
		const found = actions.find(({ title }) => title === 'Rename the sidecar file to 391207_潮.md.annotations.jsonld');
		assert.ok(found && 'edit' in found, actions.map(({ title }) => title).join('\n'));
		assert.deepEqual(
			found.edit?.documentChanges?.map(change => 'kind' in change && change.kind),
			['rename'],
		);
		assert.ok(actions.some(({ title }) => title === 'Update all references to moved files in the archive'));
	});
});
