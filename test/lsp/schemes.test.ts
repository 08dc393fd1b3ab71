import assert from 'node:assert/strict';
import {
	CodeActionRequest,
	ConfigurationRequest,
	DiagnosticRefreshRequest,
	DidChangeWatchedFilesNotification,
	DidSaveTextDocumentNotification,
	FileChangeType,
	HoverRequest,
	PublishDiagnosticsNotification,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileSystem } from '../../server/src/platform.ts';
import { answerFiles } from '../clientFiles.ts';
import { type Client, connect, VSCODE } from './client.ts';
import { ask, everyCommand, everyRequest, saysNothing } from './everyRequest.ts';

const TEXT = [
	'<!--1639640221000-->',
	'[老钟](https://harbour.example/9)',
	'------',
	'',
	'<p id="a">The <mark>old clock</mark><!-- check: Which one? #time @leonie 2023-04-10 --> stood <b>still</b>.</p>',
	'<figure><img src="pictures/clock.png"><figcaption>The clock</figcaption></figure>',
	'<p pudate="2021"><a href="#a">up</a> <a href="ttps://x.example/">c</a></p>',
	'',
].join('\n');

/** URIs by which VS Code, its extensions and other editors show a version of `/archive/articles/1.md`, or a text outside any folder. */
const ADDRESSES = [
	`git:/archive/articles/1.md?${encodeURIComponent('{"path":"/archive/articles/1.md","ref":"~"}')}`,
	'git:/archive/articles/1.md?{"path":"/archive/articles/1.md","ref":""}',
	'gitlens://7b22726566223a22227d/archive/articles/1.md',
	'pr:/archive/articles/1.md?{"commit":"1"}',
	'review:/archive/articles/1.md?{}',
	'gl-review:/archive/articles/1.md?q',
	'gitfs:/archive/articles/1.md',
	'vscode-local-history:/1.md?{"location":"file:///h/a.md"}',
	'showModifications:/archive/articles/1.md',
	'merge-conflict.conflict-diff:/archive/articles/1.md?{}',
	'fugitive:///archive/.git//0/articles/1.md',
	'output:extension-output-1',
	'search-editor:/1',
	'vscode-notebook-cell:/archive/a.ipynb#W0',
	'vscode-chat-code-block://1/1.md',
	'nobody-knows://host/archive/articles/1.md',
] as const;

const OWN_TEXT = [
	'textDocument/documentSymbol',
	'textDocument/foldingRange',
	'textDocument/hover',
	'textDocument/selectionRange',
	'textDocument/semanticTokens/full',
	'textDocument/semanticTokens/range',
];

/** A file system where every path exists, as in git's, which only looks at the query. */
function everywhere(asked: string[]): FileSystem {
	const file = new TextEncoder().encode(TEXT);
	const tell = (uri: string): void => {
		asked.push(uri);
	};
	return {
		async stat(uri) {
			tell(uri);
			return { type: 'file', size: file.length, modified: 1 };
		},
		async readHead(uri, length) {
			tell(uri);
			return file.subarray(0, length);
		},
		async readFile(uri) {
			tell(uri);
			return file;
		},
		async readDirectory(uri) {
			tell(uri);
			return [];
		},
		async update(uri) {
			tell(uri);
			return { kind: 'written' };
		},
	};
}

for (const transport of ['ipc', 'worker'] as const) {
	describe(`a version of an article, over ${transport}`, () => {
		const document = TextDocument.create('file:///', 'article', 1, TEXT);
		const position = document.positionAt(TEXT.indexOf('old clock') + 1);
		const asked: string[] = [];
		const scopes: string[] = [];
		const published: string[] = [];
		let client: Client;

		before(async () => {
			const capabilities = {
				...VSCODE,
				workspace: {
					...VSCODE.workspace,
					configuration: true,
					workspaceFolders: true,
					didChangeWatchedFiles: { dynamicRegistration: true },
				},
			};
			client = await connect(transport, capabilities, {
				folders: [{ uri: 'vscode-vfs://github/archive', name: 'archive' }],
				options: { servesFiles: true },
				prepare(connection) {
					answerFiles(connection, everywhere(asked));
					connection.onRequest(DiagnosticRefreshRequest.type, () => undefined);
					connection.onRequest(ConfigurationRequest.type, ({ items }) => {
						scopes.push(...items.flatMap(({ scopeUri }) => scopeUri ?? []));
						return items.map(() => null);
					});
					connection.onNotification(PublishDiagnosticsNotification.method, ({ uri }) => {
						published.push(uri);
					});
				},
			});
		});
		after(async () => {
			assert.equal(await client.stop(), 0);
			assert.deepEqual(client.log, []);
		});

		for (const uri of ADDRESSES) {
			it(`gets only results that depend on its own text: ${uri}`, async () => {
				await client.open(uri, TEXT);
				const answered: string[] = [];
				for (const request of everyRequest(position)) {
					const answer = await ask(client.connection, uri, request);
					if (!saysNothing(answer)) answered.push(request.method);
				}
				assert.deepEqual(answered.sort(), OWN_TEXT);
				for (const one of everyCommand(uri)) {
					const outcome = await client.connection
						.sendRequest<{ kind?: string; message?: string } | null>('workspace/executeCommand', one)
						.catch(error => ({ kind: 'refused', message: error.message }));
					assert.equal(outcome?.kind, 'refused', one.command);
					assert.match(
						outcome.message ?? '',
						/is a version of a file|is not a file|may be a version of a file/,
						one.command,
					);
				}
				await client.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
			});
		}

		it('says so in its hovers, including those of notes and images', async () => {
			for (const [piece, says] of [
				['old clock', /Which one\?/],
				['<img', /The clock/],
				['ttps:', /ttps/],
			] as const) {
				const hover = await client.connection.sendRequest(HoverRequest.type, {
					textDocument: { uri: ADDRESSES[0] },
					position: document.positionAt(TEXT.indexOf(piece) + 1),
				});
				assert.match(JSON.stringify(hover?.contents), says);
			}
		});

		it('of a sidecar or configuration is not treated as one', async () => {
			const query = ADDRESSES[0].slice(ADDRESSES[0].indexOf('?'));
			for (const name of ['articles/1.md.annotations.jsonld', 'marginalia.json']) {
				const uri = `git:/archive/${name}${query}`;
				await client.open(uri, '{ "rules": 7', 'json');
				const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
				const actions = await client.connection.sendRequest(CodeActionRequest.type, {
					textDocument: { uri },
					range,
					context: { diagnostics: [] },
				});
				assert.deepEqual(actions ?? [], []);
				await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
					changes: [{ uri, type: FileChangeType.Changed }],
				});
			}
		});

		it('causes no file access, no requests for settings, and no published diagnostics', async () => {
			// Late messages arrive before the results for a file that is opened now.
			const uri = 'vscode-vfs://github/archive/articles/1.md';
			await client.open(uri, TEXT);
			for (const request of everyRequest(document.positionAt(TEXT.indexOf('#a') + 1)))
				await ask(client.connection, uri, request);
			const isFile = (one: string): boolean => one.startsWith('vscode-vfs:');
			assert.ok(asked.some(isFile) && scopes.some(isFile));
			assert.deepEqual(
				asked.filter(one => !isFile(one)),
				[],
			);
			assert.deepEqual(
				scopes.filter(one => !isFile(one)),
				[],
			);
			assert.deepEqual(
				published.filter(one => !isFile(one)),
				[],
			);
		});
	});
}
