import assert from 'node:assert/strict';
import {
	CompletionRequest,
	DefinitionRequest,
	DiagnosticRefreshRequest,
	DidChangeWatchedFilesNotification,
	DocumentDiagnosticRequest,
	ExecuteCommandRequest,
	FileChangeType,
	HoverRequest,
	WillRenameFilesRequest,
	WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSystem } from '../../server/src/platform.ts';
import { answerFiles } from '../clientFiles.ts';
import { createFiles, png } from '../unit/languageFeatures/harness.ts';
import { type Client, connect, VSCODE } from './client.ts';

const ROOT = 'vscode-vfs://github/me/archive';
const CAPABILITIES = {
	...VSCODE,
	workspace: { ...VSCODE.workspace, workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
};

function article(id: string, body: string): string {
	return `<!--1639640221000-->\n[渡轮 ${id}](https://news.example/${id})\n------\n\n${body}\n`;
}

const BODY = [
	'<p><a href="http://www.news.example/two/">two</a></p>',
	'<p><img src="pictures/quay.png" alt="Quay"><img src="pictures/gone.png" alt="Gone"></p>',
	'<p><a href="渡">three</a></p>',
].join('');
const TEXT = article('one', BODY);

/** Files with a query in their URIs, as in GitLab; `strays` is called for requests without it. */
function withQuery(files: FileSystem, query: string, strays: string[]): FileSystem {
	const plain = (uri: string): string => {
		if (!uri.endsWith(query) || uri.slice(0, uri.length - query.length).includes('?')) strays.push(uri);
		return uri.slice(0, uri.length - query.length);
	};
	return {
		stat: uri => files.stat(plain(uri)),
		readHead: (uri, length) => files.readHead(plain(uri), length),
		readFile: uri => files.readFile(plain(uri)),
		readDirectory: uri => files.readDirectory(plain(uri)),
		update: (uri, change) => files.update(plain(uri), change),
	};
}

const WAYS = [
	['ipc', ''],
	['worker', ''],
	['ipc', '?project=7&ref=main'],
] as const;

for (const [transport, query] of WAYS) {
	describe(`files that only the client can read${query && ', with a query'}, over ${transport}`, () => {
		const URI = `${ROOT}/articles/1.md${query}`;
		let client: Client;
		let files: FileSystem;
		const strays: string[] = [];
		const document = TextDocument.create(URI, 'article', 1, TEXT);
		const at = (text: string) => ({
			textDocument: { uri: URI },
			position: document.positionAt(TEXT.indexOf(text) + text.length),
		});
		const targets = async (): Promise<string[]> => {
			const found = await client.connection.sendRequest(DefinitionRequest.type, at('http://www'));
			assert.ok(Array.isArray(found));
			return found.map(link => {
				const uri = 'uri' in link ? link.uri : link.targetUri;
				assert.ok(uri.endsWith(query), uri);
				return uri.slice(ROOT.length, uri.length - query.length);
			});
		};
		const codes = async (): Promise<unknown[]> => {
			const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, {
				textDocument: { uri: URI },
			});
			assert.ok(report.kind === 'full');
			return report.items.map(({ code }) => code).sort();
		};
		/** Changes a file, and notifies the server as an editor does. */
		const change = async (path: string, text: string): Promise<void> => {
			const uri = `${ROOT}/${path}${query}`;
			await files.update(uri, () => new TextEncoder().encode(text));
			await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
				changes: [{ uri, type: FileChangeType.Changed }],
			});
		};

		before(async () => {
			const plain = createFiles({
				[`${ROOT}/articles/1.md`]: TEXT,
				[`${ROOT}/articles/2.md`]: article('two', '<p>x</p>'),
				[`${ROOT}/articles/pictures/quay.png`]: png(12, 34),
			});
			files = withQuery(plain, query, strays);
			client = await connect(transport, CAPABILITIES, {
				folders: [{ uri: ROOT + query, name: 'archive' }],
				options: { servesFiles: true },
				prepare: connection => {
					answerFiles(connection, files);
					connection.onRequest(DiagnosticRefreshRequest.type, () => undefined);
				},
			});
			await client.open(URI, TEXT);
		});

		after(async () => {
			assert.equal(await client.stop(), 0);
			assert.deepEqual(client.log, []);
			assert.deepEqual(strays, []);
		});

		it('include the archived copy of a page', async () => {
			assert.deepEqual(await targets(), ['/articles/2.md']);
		});

		it('are found by title, and completed', async () => {
			const found = await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'two' });
			assert.deepEqual(
				found?.map(({ name }) => name),
				['渡轮 two'],
			);
			const completed = await client.connection.sendRequest(CompletionRequest.type, at('href="渡'));
			assert.ok(completed && !Array.isArray(completed));
			assert.deepEqual(
				completed.items.map(({ label, detail }) => `${label}: ${detail}`),
				['渡轮 two: https://news.example/two', '渡轮 two: 2.md'],
			);
		});

		it('include images', async () => {
			const hover = await client.connection.sendRequest(HoverRequest.type, at('<img'));
			assert.match(JSON.stringify(hover?.contents), /12 × 34/);
		});

		it('are reported if missing, and configured', async () => {
			const all = ['image/missing-file', 'link/insecure', 'link/relative'];
			assert.deepEqual(await codes(), all);
			await change('marginalia.json', '{ "rules": { "link/*": "off" } }');
			assert.deepEqual(await codes(), ['image/missing-file']);
		});

		it('are watched', async () => {
			await change('articles/3.md', article('two', '<p>x</p>'));
			assert.deepEqual(await targets(), ['/articles/2.md', '/articles/3.md']);
			await change('articles/pictures/gone.png', 'here');
			assert.deepEqual(await codes(), []);
		});

		it('get sidecar files', async () => {
			const added = await client.connection.sendRequest(ExecuteCommandRequest.type, {
				command: 'marginalia.annotations.add',
				arguments: [{ uri: URI, text: 'Which quay?' }],
			});
			assert.equal(added.kind, 'done', JSON.stringify(added));
			const sidecar = await files.readFile(`${ROOT}/articles/1.md.annotations.jsonld${query}`);
			assert.match(new TextDecoder().decode(sidecar), /Which quay\?/);
		});

		it('can be moved, and links to them are updated', async () => {
			const edit = await client.connection.sendRequest(WillRenameFilesRequest.type, {
				files: [{ oldUri: `${ROOT}/articles/pictures${query}`, newUri: `${ROOT}/articles/images${query}` }],
			});
			const [change] = edit?.documentChanges ?? [];
			assert.ok(change && 'edits' in change && change.textDocument.uri === URI, JSON.stringify(edit));
			assert.deepEqual(
				change.edits.map(edit => 'newText' in edit && edit.newText),
				['images/quay.png', 'images/gone.png'],
			);
		});
	});
}
