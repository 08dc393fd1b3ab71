import assert from 'node:assert/strict';
import {
	CompletionRequest,
	DefinitionRequest,
	DiagnosticRefreshRequest,
	DidChangeWatchedFilesNotification,
	DocumentDiagnosticRequest,
	FileChangeType,
	HoverRequest,
	WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSystem } from '../../server/src/platform.ts';
import { answerFiles } from '../clientFiles.ts';
import { createFiles, png } from '../unit/features/harness.ts';
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
const URI = `${ROOT}/articles/1.md`;

for (const transport of ['ipc', 'worker'] as const) {
	describe(`files that the server cannot read itself, over ${transport}`, () => {
		let client: Client;
		let files: FileSystem;
		const document = TextDocument.create(URI, 'article', 1, TEXT);
		const at = (text: string) => ({
			textDocument: { uri: URI },
			position: document.positionAt(TEXT.indexOf(text) + text.length),
		});
		const targets = async (): Promise<string[]> => {
			const found = await client.connection.sendRequest(DefinitionRequest.type, at('http://www'));
			assert.ok(Array.isArray(found));
			return found.map(link => ('uri' in link ? link.uri : link.targetUri).slice(ROOT.length));
		};
		const codes = async (): Promise<unknown[]> => {
			const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, {
				textDocument: { uri: URI },
			});
			assert.ok(report.kind === 'full');
			return report.items.map(({ code }) => code).sort();
		};
		/** Changes a file, and tells the server of it as an editor does. */
		const change = async (path: string, text: string): Promise<void> => {
			const uri = `${ROOT}/${path}`;
			await files.update(uri, () => new TextEncoder().encode(text));
			await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
				changes: [{ uri, type: FileChangeType.Changed }],
			});
		};

		before(async () => {
			files = createFiles({
				[URI]: TEXT,
				[`${ROOT}/articles/2.md`]: article('two', '<p>x</p>'),
				[`${ROOT}/articles/pictures/quay.png`]: png(12, 34),
			});
			client = await connect(transport, CAPABILITIES, {
				folders: [{ uri: ROOT, name: 'archive' }],
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
		});

		it('hold the archived copy of a page', async () => {
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

		it('are pictures', async () => {
			const hover = await client.connection.sendRequest(HoverRequest.type, at('<img'));
			assert.match(JSON.stringify(hover?.contents), /12 × 34/);
		});

		it('are missed, and configured', async () => {
			const all = ['image/missing-file', 'link/insecure', 'link/relative'];
			assert.deepEqual(await codes(), all);
			await change('marginalia.json', '{ "rules": { "link/*": "off" } }');
			assert.deepEqual(await codes(), ['image/missing-file']);
		});

		it('are followed', async () => {
			await change('articles/3.md', article('two', '<p>x</p>'));
			assert.deepEqual(await targets(), ['/articles/2.md', '/articles/3.md']);
			await change('articles/pictures/gone.png', 'here');
			assert.deepEqual(await codes(), []);
		});
	});
}
