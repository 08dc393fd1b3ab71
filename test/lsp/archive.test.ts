import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	ConfigurationRequest,
	DefinitionRequest,
	DiagnosticRefreshRequest,
	DidChangeConfigurationNotification,
	DidChangeTextDocumentNotification,
	DidChangeWatchedFilesNotification,
	DidChangeWorkspaceFoldersNotification,
	FileChangeType,
	type FileSystemWatcher,
	ReferencesRequest,
	RegistrationRequest,
	RenameRequest,
	WillRenameFilesRequest,
	WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { type Client, connect, VSCODE } from './client.ts';

function article(id: string, body: string): string {
	return `<!--1639640221000-->\n[渡轮 ${id}](https://news.example/${id})\n------\n\n${body}\n`;
}

const TEXT = article('one', '<p><a href="http://www.news.example/two/">two</a></p>');
const CAPABILITIES = {
	...VSCODE,
	workspace: {
		...VSCODE.workspace,
		workspaceFolders: true,
		didChangeWatchedFiles: { dynamicRegistration: true },
		fileOperations: { willRename: true },
		configuration: true,
		didChangeConfiguration: { dynamicRegistration: true },
	},
};

describe('a session in an archive', () => {
	let folder: string;
	let client: Client;
	const globs: unknown[] = [];
	let excluded: Readonly<Record<string, boolean>> = {};
	let refreshed: (() => void) | undefined;
	const uriOf = (path: string): string => pathToFileURL(join(folder, path)).href;
	const position = TextDocument.create('file:///', 'article', 1, TEXT).positionAt(TEXT.indexOf('http://www'));
	/** The target of the open document's link, by path. */
	const targets = async (): Promise<string[]> => {
		const found = await client.connection.sendRequest(DefinitionRequest.type, {
			textDocument: { uri: uriOf('articles/1.md') },
			position,
		});
		assert.ok(Array.isArray(found));
		return found.map(link => ('uri' in link ? link.uri : link.targetUri).slice(uriOf('').length).replace(/^\//, ''));
	};
	const titles = async (query: string): Promise<string[]> => {
		const found = await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query });
		return (found ?? []).map(({ name }) => name).sort();
	};
	/** Writes or deletes a file, and notifies the server as an editor does. */
	const change = async (path: string, text: string | undefined): Promise<void> => {
		if (text === undefined) await rm(join(folder, path));
		else await writeFile(join(folder, path), text);
		const type = text === undefined ? FileChangeType.Deleted : FileChangeType.Changed;
		await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
			changes: [{ uri: uriOf(path), type }],
		});
	};

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'marginalia-archive-'));
		await mkdir(join(folder, 'articles'));
		await writeFile(join(folder, 'articles/1.md'), TEXT);
		await writeFile(join(folder, 'articles/2.md'), article('two', '<p>x</p>'));
		client = await connect('ipc', CAPABILITIES, {
			folders: [{ uri: pathToFileURL(folder).href, name: 'archive' }],
			prepare: connection => {
				connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
					for (const { registerOptions } of registrations)
						globs.push(...(registerOptions?.watchers ?? []).map((watcher: FileSystemWatcher) => watcher.globPattern));
				});
				connection.onRequest(ConfigurationRequest.type, ({ items }) =>
					items.map(({ section }) => (section === 'files.exclude' ? excluded : null)),
				);
				connection.onRequest(DiagnosticRefreshRequest.type, () => {
					refreshed?.();
				});
			},
		});
		await client.open(uriOf('articles/1.md'), TEXT);
	});
	after(async () => {
		assert.equal(await client.stop(), 0);
		await removeFolder(folder);
	});

	it('resolves a link to the archived copy, without an origin for clients that do not support it', async () => {
		const found = await client.connection.sendRequest(DefinitionRequest.type, {
			textDocument: { uri: uriOf('articles/1.md') },
			position,
		});
		const range = { start: { line: 1, character: 1 }, end: { line: 1, character: 7 } };
		assert.deepEqual(found, [{ uri: uriOf('articles/2.md'), range }]);
	});

	it('finds the articles that link to an article, and articles by title', async () => {
		const found = await client.connection.sendRequest(ReferencesRequest.type, {
			textDocument: { uri: uriOf('articles/1.md') },
			position,
			context: { includeDeclaration: false },
		});
		assert.deepEqual(
			found?.map(({ uri, range }) => [uri, range.start]),
			[[uriOf('articles/1.md'), position]],
		);
		assert.deepEqual(await titles('渡轮'), ['渡轮 one', '渡轮 two']);
	});

	it('registers for file changes, and applies them', async () => {
		assert.ok(globs.includes('**/*'), String(globs));
		await change('articles/3.md', article('two', '<p>x</p>'));
		assert.deepEqual(await targets(), ['articles/2.md', 'articles/3.md']);
		await change('articles/2.md', undefined);
		assert.deepEqual(await targets(), ['articles/3.md']);
	});

	it('reflects the open document', async () => {
		await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri: uriOf('articles/1.md'), version: 2 },
			contentChanges: [{ text: TEXT.replace('渡轮 one', 'Renamed') }],
		});
		assert.deepEqual(await titles(''), ['Renamed', '渡轮 two']);
	});

	it('returns edits before files are moved, and explains why an id cannot be renamed', async () => {
		assert.ok(client.initialized.capabilities.workspace?.fileOperations?.willRename);
		await writeFile(join(folder, 'articles/4.md'), article('four', '<p id="a"><a href="1.md">1</a></p>'));
		await change('articles/4.md', article('four', '<p id="a"><a href="1.md">1</a></p>'));
		const edit = await client.connection.sendRequest(WillRenameFilesRequest.type, {
			files: [{ oldUri: uriOf('articles/1.md'), newUri: uriOf('articles/old/1.md') }],
		});
		const [moved] = edit?.documentChanges ?? [];
		assert.ok(moved && 'textDocument' in moved);
		assert.deepEqual(moved.textDocument, { uri: uriOf('articles/4.md'), version: null });
		assert.deepEqual(
			moved.edits.map(one => 'newText' in one && one.newText),
			['old/1.md'],
		);
		const renaming = client.connection.sendRequest(RenameRequest.type, {
			textDocument: { uri: uriOf('articles/1.md') },
			position: { line: 4, character: 1 },
			newName: 'b',
		});
		await assert.rejects(renaming, { message: 'Only ids and links to ids can be renamed' });
	});

	it('applies exclude settings as soon as they change', async () => {
		await change('articles/5.md', article('five', '<p>x</p>'));
		assert.deepEqual(await titles('five'), ['渡轮 five']);
		excluded = { '**/5.*': true, '**/4.*': false };
		// The file written before is another reason to check again.
		const next = (): Promise<void> =>
			new Promise(resolve => {
				refreshed = resolve;
			});
		let refresh = next();
		await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
		do {
			await refresh;
			refresh = next();
		} while ((await titles('five')).length > 0);
		assert.deepEqual(await titles('four'), ['渡轮 four']);
	});

	it('reads a folder that is added to the workspace', async () => {
		const other = await mkdtemp(join(tmpdir(), 'marginalia-other-'));
		try {
			const uri = pathToFileURL(join(other, '1.md')).href;
			await writeFile(join(other, '1.md'), article('other', '<p>x</p>'));
			await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
				event: { added: [{ uri: pathToFileURL(other).href, name: 'other' }], removed: [] },
			});
			await client.open(uri, article('other', '<p>x</p>'));
			// Requests are answered in order, so the folder has been added by now.
			await client.connection.sendRequest(DefinitionRequest.type, { textDocument: { uri }, position });
			assert.deepEqual(await titles('other'), ['渡轮 other']);
		} finally {
			await removeFolder(other);
		}
	});
});
