import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	CodeActionRequest,
	DidChangeTextDocumentNotification,
	DidCloseTextDocumentNotification,
	type DocumentDiagnosticReport,
	DocumentDiagnosticRequest,
	DocumentLinkRequest,
	type DocumentSymbol,
	DocumentSymbolRequest,
	FoldingRangeRequest,
	HoverRequest,
	type Position,
	type Range,
	SelectionRangeRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { TOKEN_TYPES } from '../../server/src/languageFeatures/semanticTokens.ts';
import { SERVER_COMMANDS } from '../../server/src/protocol/commands.ts';
import { png } from '../unit/languageFeatures/harness.ts';
import { type Client, connect, TRANSPORTS } from './client.ts';

const TEXT = [
	'<!--1639640221000-->',
	'[The last boat](https://courier.example/2021/12/16/boat/)',
	'------',
	'',
	'<address>INES OKAFOR</address><time pudate="2021-12-16 03:19:18" datetime="2021-12-16 03:19:18">16 December</time>',
	'<figure><img src="quay.png"><figcaption>The quay 😀 <cite>Jonah Pell</cite></figcaption></figure>',
	'<h2>At sea</h2>',
	'<p>The boat that',
	'<a href="/story">left</a><a href="/story"> at</a> <a href="/story">noon</a> came back.</p>',
	'',
].join('\n');
const MERGED = TEXT.replace('left</a><a href="/story"> at</a> <a href="/story">noon', 'left at noon');

/** Names of symbols, each with its children. */
function outline(symbols: readonly DocumentSymbol[]): unknown[] {
	return symbols.map(({ name, children = [] }) => (children.length > 0 ? [name, outline(children)] : name));
}

/** Codes and positions of diagnostics. */
function problems(report: DocumentDiagnosticReport, document: TextDocument): unknown[] {
	assert.equal(report.kind, 'full');
	if (report.kind !== 'full') return [];
	return report.items.map(({ code, range, source }) => [source, code, document.getText(range)]);
}

for (const transport of TRANSPORTS) {
	describe(`a session over ${transport}`, () => {
		let folder: string;
		let uri: string;
		let client: Client;
		const document = TextDocument.create('file:///', 'article', 1, TEXT);
		const at = (range: Range): string => document.getText(range);
		const positionOf = (piece: string): Position => document.positionAt(TEXT.indexOf(piece));

		before(async () => {
			folder = await mkdtemp(join(tmpdir(), 'marginalia-session-'));
			await writeFile(join(folder, 'quay.png'), png(640, 480));
			uri = pathToFileURL(join(folder, 'boat.md')).href;
			client = await connect(transport);
		});
		after(() => removeFolder(folder));

		it('reports the server’s name and capabilities', () => {
			assert.deepEqual(client.initialized, {
				serverInfo: { name: 'marginalia' },
				capabilities: {
					positionEncoding: 'utf-16',
					textDocumentSync: { openClose: true, change: 2, willSave: true, save: true },
					documentSymbolProvider: { label: 'Marginalia' },
					hoverProvider: true,
					documentLinkProvider: { resolveProvider: true },
					definitionProvider: true,
					referencesProvider: true,
					renameProvider: true,
					documentHighlightProvider: true,
					workspaceSymbolProvider: { resolveProvider: true },
					workspace: {},
					foldingRangeProvider: true,
					selectionRangeProvider: true,
					documentFormattingProvider: true,
					documentRangeFormattingProvider: true,
					codeLensProvider: { resolveProvider: true },
					executeCommandProvider: {
						commands: SERVER_COMMANDS,
					},
					completionProvider: {
						triggerCharacters: ['<', '/', '"', "'", '=', '#', '-', '['],
						resolveProvider: true,
					},
					linkedEditingRangeProvider: true,
					inlayHintProvider: true,
					semanticTokensProvider: {
						legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: ['deprecated'] },
						full: true,
						range: true,
					},
					codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.marginalia'] },
					diagnosticProvider: { identifier: 'marginalia', interFileDependencies: false, workspaceDiagnostics: false },
				},
			});
		});

		it('outlines the article', async () => {
			await client.open(uri, TEXT);
			const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
			assert.deepEqual(outline(symbols as DocumentSymbol[]), [
				['The last boat', ['INES OKAFOR', '16 December', 'The quay 😀', 'At sea']],
			]);
		});

		it('returns diagnostics on request, and says if nothing has changed', async () => {
			const ask = (previousResultId?: string): Promise<DocumentDiagnosticReport> =>
				client.connection.sendRequest(DocumentDiagnosticRequest.type, {
					textDocument: { uri },
					...(previousResultId === undefined ? {} : { previousResultId }),
				});
			const first = await ask();
			const found = problems(first, document);
			for (const [code, piece] of [
				['html/misspelt', 'pudate'],
				['link/split', '<a href="/story">left</a><a href="/story"> at</a> <a href="/story">noon</a>'],
			])
				assert.ok(
					found.some(problem => JSON.stringify(problem) === JSON.stringify(['marginalia', code, piece])),
					JSON.stringify(found),
				);
			assert.deepEqual(await ask(first.resultId), { kind: 'unchanged', resultId: first.resultId });
			assert.equal((await ask('something else')).kind, 'full');
		});

		it('shows the image', async () => {
			const hover = await client.connection.sendRequest(HoverRequest.type, {
				textDocument: { uri },
				position: positionOf('Jonah'),
			});
			assert.ok(hover?.range && typeof hover.contents === 'object' && 'value' in hover.contents);
			assert.equal(at(hover.range), '<cite>Jonah Pell</cite>');
			const local = hover.contents.value.split('\n\n---')[0];
			// A worker reads no files: the image is at the URL in the source.
			assert.ok(
				local?.includes(
					transport === 'worker'
						? '](https://courier.example/2021/12/16/boat/quay.png)'
						: `**640 × 480** · ${png(640, 480).length} bytes · PNG · [quay.png](${new URL('quay.png', uri).href})`,
				),
				local,
			);
		});

		it('returns empty results if there is nothing', async () => {
			const position = positionOf('that');
			assert.equal(await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }), null);
		});

		it('returns links, folding ranges and selection ranges', async () => {
			const links = await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
			assert.deepEqual(
				links?.map(({ range, target }) => [at(range), target]),
				[
					['https://courier.example/2021/12/16/boat/', 'https://courier.example/2021/12/16/boat/'],
					[
						'quay.png',
						transport === 'worker' ? 'https://courier.example/2021/12/16/boat/quay.png' : new URL('quay.png', uri).href,
					],
					...Array(3).fill(['/story', 'https://courier.example/story']),
				],
			);
			assert.deepEqual(await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } }), [
				{ startLine: 0, endLine: 2 },
				{ startLine: 6, endLine: 8 },
				{ startLine: 7, endLine: 8 },
			]);
			const [selection] =
				(await client.connection.sendRequest(SelectionRangeRequest.type, {
					textDocument: { uri },
					positions: [positionOf('oon')],
				})) ?? [];
			assert.ok(selection?.parent);
			assert.deepEqual([at(selection.range), at(selection.parent.range)], ['noon', '<a href="/story">noon</a>']);
		});

		it('fixes the split link', async () => {
			const range = { start: positionOf('noon'), end: positionOf('noon') };
			const actions = await client.connection.sendRequest(CodeActionRequest.type, {
				textDocument: { uri },
				range,
				context: { diagnostics: [], only: ['quickfix'] },
			});
			const [action] = (actions ?? []).filter(one => one.title === 'Merge 3 links into one');
			assert.ok(action && 'edit' in action && action.edit?.documentChanges);
			const [change] = action.edit.documentChanges;
			assert.ok(change && 'edits' in change);
			assert.deepEqual(change.textDocument, { uri, version: 1 });
			const edits = change.edits.filter(edit => 'newText' in edit);
			assert.equal(TextDocument.applyEdits(document, edits), MERGED);
			await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
				textDocument: { uri, version: 2 },
				// One after the other, the last one first, so that none shifts another.
				contentChanges: edits.toReversed().map(({ range, newText }) => ({ range, text: newText })),
			});
			const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
			const fixed = TextDocument.create(uri, 'article', 2, MERGED);
			assert.ok(!JSON.stringify(problems(report, fixed)).includes('link/split'));
			assert.ok(JSON.stringify(problems(report, fixed)).includes('html/misspelt'));
		});

		it('applies every edit', async () => {
			let text = MERGED;
			const { connection } = client;
			for (const [version, [from, to]] of [
				['At sea', 'At the 港 😀'],
				['<h2>', '<h3>'],
				['</h2>', '</h3>'],
				['The last', 'The very last'],
				['came back.</p>', 'came back.</p><h3>Home</h3>'],
				['<figure>', ''],
				['<figcaption>', ''],
			].entries()) {
				const edited = TextDocument.create(uri, 'article', 1, text);
				const start = text.indexOf(from ?? '');
				await connection.sendNotification(DidChangeTextDocumentNotification.type, {
					textDocument: { uri, version: version + 3 },
					contentChanges: [
						{
							range: { start: edited.positionAt(start), end: edited.positionAt(start + (from ?? '').length) },
							text: to ?? '',
						},
					],
				});
				text = text.replace(from ?? '', to ?? '');
				const twin = `${uri}-${version}`;
				await client.open(twin, text);
				// The results after the edit equal those for the same text in a new document.
				const [edits, anew] = await Promise.all(
					[uri, twin].map(one => connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: one } })),
				);
				assert.deepEqual(edits, anew);
				await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: twin } });
			}
			const symbols = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
			assert.deepEqual(outline(symbols as DocumentSymbol[]), [
				['The very last boat', ['INES OKAFOR', '16 December', 'quay.png', 'At the 港 😀', 'Home']],
			]);
		});

		it('exits with code 0, and has logged no error', async () => {
			assert.equal(await client.stop(), 0);
			assert.deepEqual(client.log, []);
		});
	});
}
