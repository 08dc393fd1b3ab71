import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
	createProtocolConnection,
	DidChangeTextDocumentNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	DocumentDiagnosticRequest,
	type DocumentSymbol,
	DocumentSymbolRequest,
	ErrorCodes,
	ExitNotification,
	type Hover,
	HoverRequest,
	InitializeRequest,
	LSPErrorCodes,
	type ProtocolConnection,
	ResponseError,
	ShutdownRequest,
} from 'vscode-languageserver/node';
import { SERVER_COMMANDS } from '../../server/src/protocol/commands.ts';
import { MarginaliaErrorCodes } from '../../server/src/protocol/errors.ts';
import { createRandom } from '../bench/random.ts';
import { type Client, connect, launch, TRANSPORTS, VSCODE } from './client.ts';
import { everyRequest } from './everyRequest.ts';
import { METHODS, paramsFor } from './requests.ts';

const URI = 'file:///archive/articles/harbour/1.md';
const START = { line: 0, character: 0 };

/** An article with this text as its only heading. */
function article(heading: string): string {
	return `<!--1639640221000-->\n[The boat](https://courier.example/boat/)\n------\n\n<h2>${heading}</h2><p>It left.</p>\n`;
}

/** The heading of the article as the server sees it. */
async function heading({ connection }: Client, uri = URI): Promise<string | undefined> {
	const symbols = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
	return (symbols as DocumentSymbol[])[0]?.children?.[0]?.name;
}

function change({ connection }: Client, version: number, text: string, uri = URI): Promise<void> {
	const textDocument = { uri, version };
	return connection.sendNotification(DidChangeTextDocumentNotification.type, {
		textDocument,
		contentChanges: [{ text }],
	});
}

function close({ connection }: Client, uri = URI): Promise<void> {
	return connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
}

for (const transport of TRANSPORTS)
	describe(`the life cycle of a server over ${transport}`, () => {
		let connection: ProtocolConnection;
		let ended: () => Promise<number | null>;
		beforeEach(() => {
			const launched = launch(transport);
			connection = createProtocolConnection(launched.reader, launched.writer);
			connection.listen();
			ended = launched.ended;
		});
		const initialize = (): Promise<unknown> =>
			connection.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
		const hover = (): Promise<Hover | null> =>
			connection.sendRequest(HoverRequest.type, { textDocument: { uri: URI }, position: START });

		it('rejects requests before it is initialized, and is initialized only once', async () => {
			await assert.rejects(hover(), { code: ErrorCodes.ServerNotInitialized });
			await assert.rejects(connection.sendRequest('textDocument/nothing', {}), {
				code: ErrorCodes.ServerNotInitialized,
			});
			await assert.rejects(connection.sendRequest(ShutdownRequest.type), { code: ErrorCodes.ServerNotInitialized });
			await assert.rejects(connection.sendRequest('initialize', { processId: null }), {
				code: ErrorCodes.InvalidParams,
			});
			// Notifications that came too early are ignored.
			const textDocument = { uri: URI, languageId: 'article', version: 1, text: article('Early') };
			await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
			await initialize();
			await assert.rejects(hover(), { code: MarginaliaErrorCodes.documentNotOpen, message: `${URI} is not open` });
			await assert.rejects(initialize(), { code: ErrorCodes.InvalidRequest });
			await connection.sendRequest(ShutdownRequest.type);
			await connection.sendNotification(ExitNotification.type);
			assert.equal(await ended(), 0);
		});

		it('rejects requests after shutdown', async () => {
			await initialize();
			await connection.sendRequest(ShutdownRequest.type);
			await assert.rejects(hover(), { code: ErrorCodes.InvalidRequest });
			await assert.rejects(initialize(), { code: ErrorCodes.InvalidRequest });
			await assert.rejects(connection.sendRequest(ShutdownRequest.type), { code: ErrorCodes.InvalidRequest });
			await connection.sendNotification(ExitNotification.type);
			assert.equal(await ended(), 0);
		});
	});

describe('the text used for requests', () => {
	let client: Client;
	beforeEach(async () => {
		client = await connect('ipc');
		await client.open(URI, article('First'));
	});
	afterEach(async () => {
		assert.equal(await client.stop(), 0);
		assert.deepEqual(client.log, []);
	});

	it('is the latest one, whatever the version numbers', async () => {
		assert.equal(await heading(client), 'First');
		for (const [at, version] of [1, 1, 7, 7, 3, 0, -1].entries()) {
			await change(client, version, article(`Change ${at}`));
			assert.equal(await heading(client), `Change ${at}`);
		}
	});

	it('is the latest one when changes and requests arrive at once, and every request is answered', async () => {
		const asked: Promise<unknown>[] = [];
		const random = createRandom(20_211_216);
		for (let round = 0; round < 200; round++) {
			const params = paramsFor(URI, random);
			asked.push(
				...[random.pick(METHODS), random.pick(METHODS)].map(method => client.connection.sendRequest(method, params)),
			);
			await change(client, 1, article(`Round ${round}`));
			for (const [at, one] of asked.entries()) asked[at] = one.catch((error: ResponseError<void>) => error.code);
		}
		for (const answer of await Promise.all(asked))
			if (typeof answer === 'number')
				assert.ok(
					[LSPErrorCodes.ContentModified, LSPErrorCodes.ServerCancelled, LSPErrorCodes.RequestFailed].includes(answer),
					String(answer),
				);
		assert.equal(await heading(client), 'Round 199');
	});

	it('is that of a document that is opened again, whether or not it was closed before', async () => {
		assert.equal(await heading(client), 'First');
		await client.open(URI, article('Second'));
		assert.equal(await heading(client), 'Second');
		// A request that is running when its document is closed keeps no data for it.
		const late = heading(client).catch((error: ResponseError<void>) => error.code);
		await close(client);
		await client.open(URI, article('Third'));
		assert.ok(['Second', LSPErrorCodes.ContentModified].includes((await late) ?? ''));
		assert.equal(await heading(client), 'Third');
	});

	it('is not affected by notifications about documents that are not open', async () => {
		const other = 'file:///archive/2.md';
		await change(client, 2, article('Nowhere'), other);
		await close(client, other);
		await assert.rejects(heading(client, other), { code: MarginaliaErrorCodes.documentNotOpen });
		assert.equal(await heading(client), 'First');
	});

	it('is changed at its ends by ranges outside of it', async () => {
		const far = { line: 1_000_000, character: 1_000_000 };
		for (const [start, end, text] of [
			[far, far, '<h2>Last</h2>\n'],
			[{ line: 4, character: 0 }, { line: 4, character: 1_000_000 }, '<h2>Line</h2>'],
			// From the end to the start.
			[far, { line: 5, character: 0 }, '<h2>End</h2>'],
		] as const)
			await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
				textDocument: { uri: URI, version: 2 },
				contentChanges: [{ range: { start, end }, text }],
			});
		const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: URI } });
		const [title] = symbols as DocumentSymbol[];
		assert.deepEqual(
			title?.children?.map(({ name }) => name),
			['Line', 'End'],
		);
	});

	it('is gone after an invalid change, until the document is opened again', async () => {
		for (const params of [
			{ textDocument: { uri: URI, version: 2 }, contentChanges: [{ text: 7 }] },
			{ textDocument: { uri: URI, version: 2 }, contentChanges: [{ range: { start: START, end: null }, text: 'x' }] },
			{ textDocument: { uri: URI, version: 2 }, contentChanges: 'x' },
			{ textDocument: { uri: URI, version: null }, contentChanges: [{ text: 'x' }] },
		]) {
			await client.connection.sendNotification('textDocument/didChange', params);
			await assert.rejects(heading(client), { code: MarginaliaErrorCodes.documentNotOpen });
			await client.open(URI, article('Again'));
			assert.equal(await heading(client), 'Again');
		}
		for (const params of [{}, null, { textDocument: { uri: URI } }, { textDocument: { ...START, uri: 7 } }])
			await client.connection.sendNotification('textDocument/didOpen', params ?? undefined);
		assert.equal(await heading(client), 'Again');
	});

	it('makes pending results outdated when it changes', async () => {
		const uri = 'file:///archive/long.md';
		const long = article('Long') + '<p>潮 <a href="/x">x</a></p>'.repeat(20_000);
		await client.open(uri, long);
		const textDocument = { uri };
		const outline = client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
		const report = client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
		const refused = Promise.all([
			assert.rejects(report, { code: LSPErrorCodes.ServerCancelled, data: { retriggerRequest: true } }),
			outline.then(
				symbols => assert.equal((symbols as DocumentSymbol[])[0]?.children?.[0]?.name, 'Long'),
				(error: ResponseError<void>) => assert.equal(error.code, LSPErrorCodes.ContentModified),
			),
		]);
		await change(client, 2, article('Short'), uri);
		await refused;
		assert.equal(await heading(client, uri), 'Short');
	});
});

describe('invalid parameters', () => {
	it('are rejected with a description of the error', async () => {
		const client = await connect('ipc');
		await client.open(URI, article('First'));
		const textDocument = { uri: URI };
		for (const [method, params, message] of [
			['textDocument/hover', {}, 'textDocument/hover: params.textDocument is not an object'],
			['textDocument/hover', { textDocument: {} }, 'textDocument/hover: params.textDocument.uri is not a string'],
			['textDocument/hover', { textDocument }, 'textDocument/hover: params.position is not an object'],
			[
				'textDocument/hover',
				{ textDocument, position: { line: 0.5, character: 0 } },
				'textDocument/hover: params.position.line is not an unsigned integer',
			],
			['textDocument/documentSymbol', 'x', 'textDocument/documentSymbol: params is not an object'],
			['workspace/executeCommand', { command: 7 }, 'workspace/executeCommand: params.command is not a string'],
			['workspace/symbol', {}, 'workspace/symbol: params.query is not a string'],
			['marginalia/newArticle', { folder: '\ud800:' }, 'marginalia/newArticle: params.folder is not a URI'],
			[
				'textDocument/documentSymbol',
				{ textDocument: { uri: 'my file:/a.md' } },
				'textDocument/documentSymbol: params.textDocument.uri is not a URI',
			],
			[
				'marginalia/insertFiles',
				{ textDocument, ranges: [], files: [], destination: { '*.md': 7 }, overwriteBehavior: '' },
				'marginalia/insertFiles: params.destination.*.md is not a string',
			],
		] as const)
			await assert.rejects(client.connection.sendRequest(method, params), { code: ErrorCodes.InvalidParams, message });
		for (const method of METHODS)
			for (const params of [{ textDocument: 7 }, { textDocument: { uri: URI }, position: [], range: {}, context: 3 }]) {
				const answer = await client.connection.sendRequest(method, params).catch((error: unknown) => error);
				if (answer instanceof Error)
					assert.ok(answer instanceof ResponseError && answer.code === ErrorCodes.InvalidParams, `${method} ${answer}`);
			}
		assert.equal(await heading(client), 'First');
		assert.equal(await client.stop(), 0);
		assert.deepEqual(client.log, []);
	});

	it('include URIs that cannot be read, wherever they are', async () => {
		const client = await connect('ipc');
		await client.open(URI, article('First'));
		for (const uri of ['\ud800:', 'a b:/x', 'file:////x', '\0:x', 'é:/x']) {
			const start = { line: 4, character: 5 };
			const inserted = { ranges: [{ start, end: start }], destination: {}, overwriteBehavior: 'overwrite' };
			const files = [{ name: 'quay.png', type: 'image/png', uri }];
			for (const [method, params] of [
				['textDocument/hover', { textDocument: { uri }, position: start }],
				['marginalia/newArticle', { folder: uri }],
				['marginalia/insertFiles', { textDocument: { uri: URI }, files, ...inserted }],
				['workspace/willRenameFiles', { files: [{ oldUri: uri, newUri: URI }] }],
				['workspace/willRenameFiles', { files: [{ oldUri: URI, newUri: uri }] }],
				...SERVER_COMMANDS.flatMap(command =>
					[uri, { uri }].map(given => ['workspace/executeCommand', { command, arguments: [given] }] as const),
				),
			] as const)
				await assert.rejects(
					client.connection.sendRequest(method, params),
					{ code: ErrorCodes.InvalidParams },
					`${method} ${JSON.stringify(params)}`,
				);
			await client.open(uri, article('Nowhere'));
			await change(client, 2, article('Nowhere'), uri);
			await close(client, uri);
			await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
			await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
				event: { added: [{ uri, name: 'x' }], removed: [{ uri, name: 'x' }] },
			});
		}
		assert.equal(await heading(client), 'First');
		assert.equal(await client.stop(), 0);
		assert.deepEqual(client.log, []);
	});

	it('are rejected wherever they are in the parameters, or do no harm', async () => {
		const client = await connect('ipc');
		await client.open(URI, article('First').replace('</h2>', '</h2><a href="">x</a>'));
		const position = { line: 4, character: 2 };
		const requests = [
			...everyRequest(position),
			{
				method: 'marginalia/newArticle',
				params: { folder: 'file:///archive', source: 'x', title: 'x', timeZone: 'UTC' },
			},
			{ method: 'marginalia/comparison', params: { text: article('First'), offset: 90 } },
			{
				method: 'marginalia/comparisonEdits',
				params: { text: article('First'), edited: article('Second'), shown: article('First') },
			},
		];
		for (const { method, params } of requests)
			for (const wrong of withWrongValues({ textDocument: { uri: URI }, ...params })) {
				const answer = await client.connection.sendRequest(method, wrong).catch((error: unknown) => error);
				if (!(answer instanceof Error)) continue;
				const isExpected =
					answer instanceof ResponseError &&
					// Of documents that are not open, and places where nothing can be renamed.
					(answer.code === ErrorCodes.InvalidParams || /is not open|can be renamed/.test(answer.message));
				assert.ok(isExpected, `${method} ${JSON.stringify(wrong)}: ${answer}`);
			}
		assert.equal(await client.stop(), 0);
		assert.deepEqual(client.log, []);
	});
});

/** Yields copies of a value, in each of which one value inside has another type. */
function* withWrongValues(value: unknown): Generator<unknown> {
	yield* [null, 7, 'x', '\ud800:', true, [], {}, [7], [{}], [{ code: 'link/empty' }]];
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value))
		for (const wrong of withWrongValues(inner))
			yield Array.isArray(value) ? value.with(Number(key), wrong) : { ...value, [key]: wrong };
}

describe('a lone surrogate', () => {
	it('does no harm to any request, wherever it is in the text', async function () {
		this.timeout(60_000);
		const client = await connect('ipc', VSCODE);
		const unit = fc.constantFrom(
			'\uD800',
			'\uDBFF',
			'\uDC00',
			'\uDFFF',
			'😀',
			'x',
			'潮',
			'/',
			'../',
			'#',
			'?',
			'%',
			'%D8',
			'.md',
			'&#xD800;',
		);
		const value = fc.array(unit, { minLength: 1, maxLength: 5 }).map(units => units.join(''));
		const text = fc
			.tuple(value, value, value, value, fc.boolean())
			.map(
				([one, two, three, four, isLone]) =>
					`<!--1639640221000-->\n[${two}](https://courier.example/${isLone ? one : ''})\n------\n\n` +
					`<h2 id="${three}">${one}</h2><p><a href="${one}">${two}</a> <a href="#${three}">x</a> <a href="file:///${two}">y</a></p>` +
					`<figure><img src="${two}" srcset="${four} 2x" alt="${one}"><figcaption>${three}</figcaption></figure>` +
					`<p><mark>${four}</mark><!-- note: ${one} #${two} @${three} --> <ins cite="${one}">${two}</ins></p>\n`,
			);
		const random = createRandom(20_211_216);
		let count = 0;
		await fc.assert(
			fc.asyncProperty(text, async content => {
				const uri = `file:///archive/articles/${++count}.md`;
				await client.open(uri, content);
				const lines = content.split('\n');
				for (const method of METHODS) {
					const line = 4;
					const params = paramsFor(uri, random);
					const position = { line, character: random.below(lines[line]?.length ?? 1) };
					const answer = await client.connection
						.sendRequest(method, {
							...params,
							position,
							positions: [position],
							href: content.slice(80, 90),
							url: '\uD800',
						})
						.catch((error: ResponseError<void>) => error);
					// A new name may be rejected, and a position may have nothing to rename.
					if (answer instanceof Error && !/[rR]ename$/.test(method)) assert.fail(`${method}: ${answer.message}`);
				}
				await close(client, uri);
			}),
			{ numRuns: 60, seed: 20_211_216 },
		);
		assert.equal(await client.stop(), 0);
		assert.deepEqual(client.log, []);
	});
});
