import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	ApplyWorkspaceEditRequest,
	type ClientCapabilities,
	DidChangeTextDocumentNotification,
	DidSaveTextDocumentNotification,
	type DocumentSymbol,
	DocumentSymbolRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { type Client, connect, VSCODE } from './client.ts';
import { ask, everyCommand, everyRequest, OTHER_CAPABILITIES, saysNothing } from './everyRequest.ts';

const README = [
	'# Setting up',
	'',
	'Put this in a page, and <b id="a">mind</b> the [order](../order.md):',
	'',
	'```html',
	'<script src="a.js"></script>',
	'<a href="#a">up</a> <img src="x.png" onclick="go()">',
	'```',
	'',
	'<!-- note: not for anyone -->',
	'<section><div><p>One</p><p>Two</p></div></section>',
	'<ul>',
	'<li>a</li>',
	'</ul>',
	'<i>',
	'<p pudate="2021">a <ins>b</ins> <a href="ttps://x.example/">c</a></p>',
	'',
].join('\n');
const ARTICLE = `<!--1639640221000-->\n[渡轮](https://news.example/1)\n------\n\n<h2 id="a">At sea</h2><p><a href="#a">up</a></p>\n`;

/** Positions in the text at which requests have results if it is an article. */
const PLACES = ['mind', 'href', '#a', '<img', 'b</ins>', 'section>', 'pudate'].map(piece => README.indexOf(piece) + 1);

const { diagnostic: _, ...TEXT_DOCUMENT } = VSCODE.textDocument ?? {};
const PUSHED: ClientCapabilities = { ...VSCODE, textDocument: TEXT_DOCUMENT };

describe('a document that is not an article', () => {
	let folder: string;
	let uri: string;
	let client: Client;
	const edits: unknown[] = [];
	const document = TextDocument.create('file:///', 'markdown', 1, README);
	const start = async (capabilities: ClientCapabilities): Promise<void> => {
		client = await connect('ipc', capabilities, {
			prepare(connection) {
				connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
					edits.push(edit);
					return { applied: true };
				});
			},
		});
	};
	const change = (text: string, version: number, target = uri): Promise<void> =>
		client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
			textDocument: { uri: target, version },
			contentChanges: [{ text }],
		});
	const outline = async (target: string): Promise<readonly string[]> => {
		const found = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: target } });
		return ((found ?? []) as DocumentSymbol[]).map(({ name }) => name);
	};
	const command = async (one: {
		readonly command: string;
		readonly arguments: readonly unknown[];
	}): Promise<string> => {
		try {
			const answer = await client.connection.sendRequest<{ kind?: string; message?: string } | null>(
				'workspace/executeCommand',
				one,
			);
			return answer?.kind === 'refused' ? (answer.message ?? '') : `done: ${JSON.stringify(answer)}`;
		} catch (error) {
			return error instanceof Error ? error.message : String(error);
		}
	};

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'marginalia-hands-off-'));
		uri = pathToFileURL(join(folder, 'README.md')).href;
		await writeFile(join(folder, 'README.md'), README);
	});
	after(() => removeFolder(folder));
	beforeEach(async () => {
		edits.length = 0;
		await start(VSCODE);
	});
	afterEach(async () => {
		assert.equal(await client.stop(), 0);
		assert.deepEqual(client.log, []);
	});

	it('is covered here by every request that the server offers', () => {
		const asked = new Set<string>(
			everyRequest({ line: 0, character: 0 }).flatMap(({ capability }) => capability ?? []),
		);
		const offered = Object.keys(client.initialized.capabilities).filter(name => !OTHER_CAPABILITIES.has(name));
		assert.deepEqual(
			offered.filter(name => !asked.has(name)),
			[],
		);
	});

	it('gets empty results for all requests; the same text gets results if its language id is `article`', async () => {
		await client.open(uri, README, 'markdown');
		const article = pathToFileURL(join(folder, 'called.md')).href;
		await client.open(article, README, 'article');
		const answered = new Set<string>();
		for (const place of [...PLACES, README.indexOf('<i>') + 3])
			for (const request of everyRequest(document.positionAt(place))) {
				const answer = await ask(client.connection, uri, request).catch(error => error);
				assert.ok(saysNothing(answer), `${request.method}: ${JSON.stringify(answer)}`);
				const other = await ask(client.connection, article, request).catch(error => error);
				if (!saysNothing(other)) answered.add(request.method);
			}
		const silent = everyRequest({ line: 0, character: 0 }).filter(({ method }) => !answered.has(method));
		// These require a header, and there is none.
		assert.deepEqual(
			silent.map(({ method }) => method),
			['textDocument/codeLens', 'textDocument/inlayHint'],
		);
	});

	it('is not changed by any command, and the command says why', async () => {
		await client.open(uri, README, 'markdown');
		for (const one of everyCommand(uri))
			assert.match(await command(one), /^README\.md is not recognised as an article or a list/, one.command);
		assert.deepEqual(edits, []);
	});

	it('gets no diagnostics when it is opened, changed or saved', async () => {
		await client.stop();
		await start(PUSHED);
		const article = pathToFileURL(join(folder, 'other.md')).href;
		let isTold = false;
		client.published(uri).then(() => {
			isTold = true;
		});
		await client.open(uri, README, 'markdown');
		await change(`${README}\n`, 2);
		await client.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
		await client.open(article, ARTICLE, 'markdown');
		assert.ok((await client.published(article)).diagnostics);
		assert.ok(!isTold);
	});

	it('becomes an article as soon as its text is one, and stays one while its header is rewritten', async () => {
		for (const target of [uri, 'untitled:Untitled-1']) {
			await client.open(target, '', 'plaintext');
			assert.deepEqual(await outline(target), []);
			await change(ARTICLE, 2, target);
			assert.deepEqual(await outline(target), ['渡轮']);
			await change(ARTICLE.replace('<!--1639640221000-->\n[', '['), 3, target);
			await change(ARTICLE.replace('<!--1639640221000-->\n[渡轮](https://news.example/1)\n------\n', '[渡'), 4, target);
			assert.notDeepEqual(await outline(target), []);
			assert.match(await command({ command: 'marginalia.expand', arguments: [target] }), /^done/);
		}
	});
});
