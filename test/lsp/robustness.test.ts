import assert from 'node:assert/strict';
import {
	CancellationTokenSource,
	CodeActionRequest,
	DidChangeTextDocumentNotification,
	DidCloseTextDocumentNotification,
	DocumentDiagnosticRequest,
	DocumentLinkRequest,
	DocumentSymbolRequest,
	ErrorCodes,
	ExitNotification,
	FoldingRangeRequest,
	HoverRequest,
	LSPErrorCodes,
	SelectionRangeRequest,
	type SymbolInformation,
} from 'vscode-languageserver/node';
import { MarginaliaErrorCodes } from '../../server/src/protocol/errors.ts';
import { type Client, connect, VSCODE } from './client.ts';

const URI = 'file:///archive/articles/harbour/1.md';
const HEAD = '<!--1639640221000-->\n[The last boat](https://courier.example/boat/)\n------\n\n';
const BODY = '<h2>At sea</h2><p>It <time pudate="x">left</time>\nat noon.</p><h3>Home</h3><p>It came back.</p>\n';
const START = { line: 0, character: 0 };

/** Every request about a document, at a position in it. */
function askAll({ connection }: Client, uri: string, line: number, character: number): Promise<unknown[]> {
	const textDocument = { uri };
	const position = { line, character };
	return Promise.all([
		connection.sendRequest(DocumentSymbolRequest.type, { textDocument }),
		connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument }),
		connection.sendRequest(HoverRequest.type, { textDocument, position }),
		connection.sendRequest(DocumentLinkRequest.type, { textDocument }),
		connection.sendRequest(FoldingRangeRequest.type, { textDocument }),
		connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [position] }),
		connection.sendRequest(CodeActionRequest.type, {
			textDocument,
			range: { start: START, end: position },
			context: { diagnostics: [] },
		}),
	]);
}

describe('a client with few capabilities', () => {
	let client: Client;
	before(async () => {
		client = await connect('stdio', {});
	});
	after(() => client.stop());

	it('is only offered what it supports', () => {
		const { codeActionProvider, diagnosticProvider, hoverProvider } = client.initialized.capabilities;
		assert.deepEqual([codeActionProvider, diagnosticProvider, hoverProvider], [undefined, undefined, true]);
	});

	it('receives diagnostics for every version after a pause, and when it closes the document', async () => {
		const first = client.published(URI);
		await client.open(URI, HEAD + BODY);
		const { version, diagnostics } = await first;
		assert.equal(version, 1);
		assert.deepEqual(
			diagnostics.map(({ code }) => code).filter(code => code === 'html/misspelt'),
			['html/misspelt'],
		);
		const second = client.published(URI);
		for (const [version, text] of [HEAD, HEAD + BODY, `${HEAD}<p>x</p>\n`].entries()) {
			await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
				textDocument: { uri: URI, version: version + 2 },
				contentChanges: [{ text }],
			});
		}
		assert.deepEqual(await second, { uri: URI, version: 4, diagnostics: [] });
		const third = client.published(URI);
		await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: URI } });
		assert.deepEqual(await third, { uri: URI, diagnostics: [] });
	});

	it('gets a flat outline, plain-text hovers and links without tooltips', async () => {
		await client.open(URI, `${HEAD}${BODY}<a href="https://a.example/%E6%B8%AF">x</a>`);
		const textDocument = { uri: URI };
		const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
		assert.deepEqual(
			(symbols as SymbolInformation[]).map(({ name, containerName, location }) => [name, containerName, location.uri]),
			[
				['The last boat', undefined, URI],
				['At sea', 'The last boat', URI],
				['Home', 'At sea', URI],
			],
		);
		const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument, position: START });
		assert.ok(hover && typeof hover.contents === 'object' && 'kind' in hover.contents);
		assert.equal(hover.contents.kind, 'plaintext');
		const links = await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument });
		assert.deepEqual(
			links?.map(({ target, tooltip }) => [target, tooltip]),
			[
				['https://courier.example/boat/', undefined],
				['https://a.example/%E6%B8%AF', undefined],
			],
		);
		const actions = await client.connection.sendRequest(CodeActionRequest.type, {
			textDocument,
			range: { start: START, end: { line: 9, character: 0 } },
			context: { diagnostics: [] },
		});
		assert.deepEqual(actions, []);
	});
});

describe('the server', () => {
	let client: Client;
	before(async () => {
		client = await connect('ipc');
	});
	after(async () => assert.equal(await client.stop(), 0));

	it('answers a request that fails with an error, and continues', async () => {
		const textDocument = { uri: 'file:///nowhere.md' };
		await assert.rejects(client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument }), {
			code: MarginaliaErrorCodes.documentNotOpen,
			message: 'file:///nowhere.md is not open',
		});
		await assert.rejects(askAll(client, 'file:///nowhere.md', 0, 0), { code: MarginaliaErrorCodes.documentNotOpen });
		await client.open(URI, HEAD + BODY);
		await askAll(client, URI, 4, 5);
	});

	it('survives invalid parameters and unknown methods', async () => {
		const { connection } = client;
		for (const [method, params] of [
			['textDocument/hover', {}],
			['textDocument/hover', { textDocument: { uri: URI } }],
			['textDocument/selectionRange', { textDocument: { uri: URI }, positions: 7 }],
			['textDocument/codeAction', { textDocument: { uri: URI }, range: null, context: {} }],
			['textDocument/documentSymbol', null],
			['textDocument/documentLink', { textDocument: null }],
		] as const)
			await assert.rejects(connection.sendRequest(method, params), { code: ErrorCodes.InvalidParams }, method);
		const position = { line: 'x', character: null };
		await assert.rejects(connection.sendRequest('textDocument/hover', { textDocument: { uri: URI }, position }), {
			code: ErrorCodes.InvalidParams,
		});
		await assert.rejects(connection.sendRequest('textDocument/nothing', {}), { code: ErrorCodes.MethodNotFound });
		await connection.sendNotification('$/nothing', {});
		await askAll(client, URI, 4, 5);
	});

	it('answers requests for positions outside the text', async () => {
		for (const [line, character] of [
			[0, 1_000_000],
			[1_000_000, 0],
			[2 ** 31 - 1, 2 ** 31 - 1],
		] as const)
			await askAll(client, URI, line, character);
	});

	it('reports cancelled requests', async () => {
		const uri = 'file:///archive/long.md';
		// This takes longer to read than the next two messages take to arrive.
		await client.open(uri, HEAD + '<p>潮 <a href="/x">x</a></p>'.repeat(20_000));
		const source = new CancellationTokenSource();
		const { connection } = client;
		const outline = connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
		const check = connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } }, source.token);
		source.cancel();
		await assert.rejects(check, { code: LSPErrorCodes.RequestCancelled });
		assert.ok(await outline);
		await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
	});

	it('gives the same results with carriage returns and a byte order mark', async () => {
		const twins = [HEAD + BODY, (HEAD + BODY).replaceAll('\n', '\r\n'), `\uFEFF${HEAD}${BODY}`];
		const seen = await Promise.all(
			twins.map(async (text, index) => {
				const uri = `file:///archive/twin-${index}.md`;
				await client.open(uri, text);
				const [symbols, report, , links, folds, selection] = await askAll(client, uri, 4, 5);
				const { items } = report as { items: unknown[] };
				// A byte order mark only shifts the text of the first line.
				return JSON.parse(
					JSON.stringify([symbols, items, links, folds, selection]).replaceAll(
						'"line":0,"character":1',
						'"line":0,"character":0',
					),
				);
			}),
		);
		assert.deepEqual(seen[1], seen[0]);
		assert.deepEqual(seen[2], seen[0]);
	});

	it('accepts any text', async () => {
		const pieces = [
			'<',
			'>',
			'</',
			'p',
			'a',
			'"',
			"'",
			'=',
			'<!--',
			'-->',
			'<table>',
			'&',
			'#',
			';',
			'\n',
			'\r',
			'\0',
			'\uD800',
			'\uDC00',
			'😀',
			'潮',
			'<svg>',
			'<noscript>',
			'<template>',
			'[x](',
			')',
			'---',
			' href=',
			'//',
			'note:',
		];
		// A linear congruential generator (Numerical Recipes), for the same texts each time.
		let seed = 20_211_216;
		const random = (limit: number): number => {
			seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
			return seed % limit;
		};
		for (let round = 0; round < 60; round++) {
			const bytes = Array.from({ length: random(400) }, () =>
				random(2) ? pieces[random(pieces.length)] : String.fromCharCode(random(256)),
			);
			const uri = `file:///archive/random-${round}.md`;
			const text = (round % 2 ? HEAD : '') + bytes.join('');
			await client.open(uri, text);
			await askAll(client, uri, random(8), random(60));
			await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
		}
	});

	it('answers requests whatever the text', async () => {
		const texts = {
			deep: '<div>'.repeat(5000),
			footers: '<footer>'.repeat(5000),
			figures: '<figure><img src="a">'.repeat(5000),
			unclosed: '<p>x'.repeat(60_000),
			long: `<p>${'字'.repeat(5_000_000)}</p>`,
			attributes: `<a ${'x="y" '.repeat(20_000)}href="/">z</a>`,
		};
		for (const [name, body] of Object.entries(texts)) {
			const uri = `file:///archive/${name}.md`;
			await client.open(uri, HEAD + body);
			await askAll(client, uri, 4, Math.floor(body.length / 2));
			await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
		}
	});

	it('has logged nothing', () => {
		assert.deepEqual(client.log, []);
	});
});

describe('the server process', () => {
	it('exits with code 1 without shutdown', async () => {
		const client = await connect('stdio', VSCODE);
		await client.connection.sendNotification(ExitNotification.type);
		assert.equal(await client.ended(), 1);
	});

	it('exits when its client is gone', async () => {
		for (const transport of ['ipc', 'stdio'] as const) {
			const client = await connect(transport);
			client.connection.dispose();
			if (transport === 'ipc') client.process?.disconnect();
			else client.process?.stdin?.end();
			assert.equal(await client.ended(), 1);
		}
	});
});
