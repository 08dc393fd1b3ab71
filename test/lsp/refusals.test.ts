import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	type ClientCapabilities,
	DidChangeConfigurationNotification,
	DidChangeTextDocumentNotification,
	DidSaveTextDocumentNotification,
	DocumentDiagnosticRequest,
	ExecuteCommandRequest,
	type Hover,
	HoverRequest,
	LSPErrorCodes,
	type MessageConnection,
	type ProtocolConnection,
	RegistrationRequest,
	ResponseError,
	ShowMessageNotification,
	ShowMessageRequest,
} from 'vscode-languageserver/node';
import { removeFolder } from '../../scripts/host/temporary.ts';
import { LINK_COMMANDS } from '../../server/src/protocol/commands.ts';
import { createRandom } from '../bench/random.ts';
import { type Client, connect, TRANSPORTS, type Transport, VSCODE } from './client.ts';
import { METHODS, paramsFor } from './requests.ts';

/** A client that supports everything that the server may request. */
const ABLE: ClientCapabilities = {
	...VSCODE,
	window: { workDoneProgress: true, showDocument: { support: true } },
	workspace: {
		workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename'] },
		configuration: true,
		workspaceFolders: true,
		didChangeConfiguration: { dynamicRegistration: true },
		didChangeWatchedFiles: { dynamicRegistration: true },
		diagnostics: { refreshSupport: true },
		codeLens: { refreshSupport: true },
		fileOperations: { willRename: true },
	},
	textDocument: {
		...VSCODE.textDocument,
		synchronization: { dynamicRegistration: true },
		codeAction: { ...VSCODE.textDocument?.codeAction, dynamicRegistration: true },
	},
};

/** In expanded form, so that every command has something to do; its links point to a closed port of this machine. */
const TEXT = [
	'<!--1639640221000-->',
	'[The last boat](http://127.0.0.1:1/2021/12/16/boat/)',
	'------',
	'',
	'<h2>At sea</h2>',
	'<figure><img src="quay.png"><figcaption>The quay</figcaption></figure>',
	'<p>The <mark>boat</mark><!-- note: which one? --> left <a href="http://127.0.0.1:1/story">at noon</a>.</p>',
	'<p>It <time pudate="x">came</time> <a href="/a">ba</a><a href="/a">ck</a> to <ins>the</ins> <a href="other.md">quay</a>.</p>',
	'',
].join('\n');

const HOVERED = { line: 6, character: TEXT.split('\n')[6]?.indexOf('story') ?? 0 };

/** Answers all requests of the server that nothing else answers. */
function onAnyRequest(connection: ProtocolConnection, answer: (method: string) => unknown): void {
	// The library's types only know individual methods.
	(connection as unknown as Pick<MessageConnection, 'onRequest'>).onRequest(answer);
}

interface Refusing {
	readonly client: Client;
	/** The requests that it received. */
	readonly asked: ReadonlySet<string>;
	/** Requests that it answers with `null` instead. */
	readonly gracious: Set<string>;
}

/** A client that answers all requests with an error, and records them. */
async function refusing(transport: Transport, folder: string): Promise<Refusing> {
	const asked = new Set<string>();
	const gracious = new Set<string>();
	const refuse = (method: string): null => {
		asked.add(method);
		if (gracious.has(method)) return null;
		throw new ResponseError(LSPErrorCodes.RequestFailed, 'The editor refuses');
	};
	const client = await connect(transport, ABLE, {
		folders: [{ uri: pathToFileURL(folder).href, name: 'archive' }],
		options: { servesFiles: true, showsPlaces: true, opensReader: true, resolvesLinks: true },
		env: { XDG_CACHE_HOME: join(folder, 'cache') },
		prepare(connection) {
			onAnyRequest(connection, refuse);
			connection.onRequest(RegistrationRequest.type, () => void refuse(RegistrationRequest.method));
		},
	});
	return { client, asked, gracious };
}

describe('a client that refuses all requests', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'marginalia-refusals-'));
		await writeFile(join(folder, 'boat.md'), TEXT);
		await writeFile(join(folder, 'other.md'), TEXT.replaceAll('boat', 'quay'));
	});
	afterEach(() => removeFolder(folder));

	for (const transport of TRANSPORTS) {
		it(`is still served over ${transport} after 1,000 requests`, async function () {
			this.timeout(120_000);
			const seed = Number(process.env.MARGINALIA_TEST_SEED ?? 20_211_216);
			const random = createRandom(seed);
			const { client, asked, gracious } = await refusing(transport, folder);
			const { connection, initialized } = client;
			const uris = [pathToFileURL(join(folder, 'boat.md')).href, 'memfs:/archive/boat.md'] as const;
			for (const uri of uris) await client.open(uri, TEXT);
			const hover = async (): Promise<Hover | null> => {
				// A worker has no files of its own, so only the client can resolve the link.
				if (transport === 'worker') gracious.add('marginalia/fs/stat');
				const textDocument = { uri: uris[0] };
				const shown = await connection.sendRequest(HoverRequest.type, { textDocument, position: HOVERED });
				gracious.clear();
				return shown;
			};
			const expected = await hover();
			assert.match(JSON.stringify(expected), /127\.0\.0\.1:1\/story/);
			const commands = initialized.capabilities.executeCommandProvider?.commands ?? [];
			let version = 1;
			try {
				for (let round = 0; round < 100; round++) {
					const answered = Promise.allSettled(
						Array.from({ length: 10 }, (): Promise<unknown> => {
							const params = paramsFor(random.pick(uris), random);
							if (random.percent(70)) return connection.sendRequest(random.pick(METHODS), params);
							const { textDocument, ...rest } = params as { textDocument: { uri: string } };
							const command = random.pick(commands as [string, ...string[]]);
							const given = command.includes('.annotations.') ? { ...textDocument, ...rest } : textDocument.uri;
							return connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: [given] });
						}),
					);
					if (random.percent(30))
						await connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
					if (random.percent(30)) {
						const textDocument = { uri: random.pick(uris) };
						await connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument });
					}
					if (random.percent(30)) {
						const textDocument = { uri: random.pick(uris), version: ++version };
						await connection.sendNotification(DidChangeTextDocumentNotification.type, {
							textDocument,
							contentChanges: [{ text: `${TEXT}<p>${random.token(9)}</p>` }],
						});
					}
					for (const result of await answered) {
						// An error answers a single request, with an error code of the protocol.
						if (result.status === 'rejected') assert.ok(result.reason instanceof ResponseError, String(result.reason));
					}
				}
				await connection.sendNotification(DidChangeTextDocumentNotification.type, {
					textDocument: { uri: uris[0], version: ++version },
					contentChanges: [{ text: TEXT }],
				});
				// Commands have checked links, or not, and hovers show the verdicts.
				const command = LINK_COMMANDS.clearCache;
				await connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: [] });
				assert.deepEqual(await hover(), expected);
			} catch (error) {
				throw new Error(`with MARGINALIA_TEST_SEED=${seed}: ${error}`, { cause: error });
			}
			for (const method of ['client/registerCapability', 'workspace/configuration', 'workspace/applyEdit'])
				assert.ok(asked.has(method), `${method} was not asked: ${[...asked]}`);
			assert.ok(asked.has('workspace/diagnostic/refresh') && asked.has('workspace/codeLens/refresh'));
			// Each refusal is only logged once.
			const refusals = client.log.filter(line => line.startsWith('The client refused '));
			assert.deepEqual(
				client.log.filter(line => line.startsWith('Unhandled error')),
				[],
			);
			assert.ok(
				refusals.includes('The client refused workspace/configuration: The editor refuses'),
				refusals.join('\n'),
			);
			assert.equal(new Set(refusals).size, refusals.length);
			assert.equal(await client.stop(), 0);
		});
	}

	it('gets the default settings, and still receives diagnostics', async () => {
		const { client } = await refusing('ipc', folder);
		const uri = pathToFileURL(join(folder, 'boat.md')).href;
		await client.open(uri, TEXT);
		const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
		assert.ok(report.kind === 'full' && report.items.some(({ code }) => code === 'html/misspelt'));
		const tokens = await client.connection.sendRequest('textDocument/semanticTokens/full', { textDocument: { uri } });
		assert.ok(tokens !== null);
		assert.equal(await client.stop(), 0);
	});

	it('is told why a command failed', async () => {
		const { client } = await refusing('ipc', folder);
		const uri = pathToFileURL(join(folder, 'boat.md')).href;
		await client.open(uri, TEXT);
		const command = 'marginalia.collapse';
		await assert.rejects(client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: [uri] }), {
			message: 'Collapse was not applied: The editor refuses',
		});
		assert.equal(await client.stop(), 0);
	});
});

describe('a client with nonsensical results', () => {
	for (const nonsense of [null, 7, 'yes', [], {}, [null], [{ title: 3 }]]) {
		it(`as ${JSON.stringify(nonsense)} is still served`, async () => {
			const client = await connect('ipc', ABLE, {
				options: { servesFiles: true },
				prepare: connection => onAnyRequest(connection, () => nonsense),
			});
			const uri = 'memfs:/archive/boat.md';
			await client.open(uri, TEXT);
			for (const command of client.initialized.capabilities.executeCommandProvider?.commands ?? [])
				await client.connection
					.sendRequest(ExecuteCommandRequest.type, { command, arguments: [uri] })
					.catch(error => assert.ok(error instanceof ResponseError, String(error)));
			const textDocument = { uri };
			const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument, position: HOVERED });
			assert.match(JSON.stringify(hover), /127\.0\.0\.1:1\/story/);
			assert.equal(await client.stop(), 0);
		});
	}
});

describe('messages', () => {
	it('are notifications if there is nothing to choose', async () => {
		const told: string[] = [];
		const asked: string[] = [];
		const client = await connect('ipc', ABLE, {
			env: { XDG_CACHE_HOME: join(tmpdir(), 'marginalia-messages') },
			prepare(connection) {
				connection.onNotification(ShowMessageNotification.type, ({ message }) => {
					told.push(message);
				});
				connection.onRequest(ShowMessageRequest.type, ({ message }) => {
					asked.push(message);
					return null;
				});
			},
		});
		const command = LINK_COMMANDS.clearCache;
		await client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: [] });
		assert.deepEqual([told, asked], [['Link cache cleared.'], []]);
		assert.equal(await client.stop(), 0);
	});
});
