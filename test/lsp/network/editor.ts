import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	type ApplyWorkspaceEditParams,
	ApplyWorkspaceEditRequest,
	type CodeAction,
	CodeActionRequest,
	CodeLensRefreshRequest,
	ConfigurationRequest,
	DiagnosticRefreshRequest,
	DidChangeConfigurationNotification,
	DidChangeTextDocumentNotification,
	DidSaveTextDocumentNotification,
	DocumentDiagnosticRequest,
	ExecuteCommandRequest,
	type MessageActionItem,
	type Position,
	type ProgressToken,
	ShowDocumentRequest,
	ShowMessageNotification,
	ShowMessageRequest,
	TextDocumentSaveReason,
	WillSaveTextDocumentNotification,
	WorkDoneProgress,
	WorkDoneProgressCreateRequest,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { removeFolder } from '../../../scripts/host/temporary.ts';
import { CursorsRequest } from '../../../server/src/protocol/editing.ts';
import { onRequest } from '../../../server/src/protocol/method.ts';
import { type Hosts, startHosts } from '../../hosts/hosts.ts';
import { type Client, connect, type Transport, VSCODE } from '../client.ts';

/** VS Code's client capabilities, as far as network checks use them. */
const CAPABILITIES = {
	...VSCODE,
	window: { workDoneProgress: true, showDocument: { support: true } },
	workspace: {
		...VSCODE.workspace,
		configuration: true,
		didChangeConfiguration: { dynamicRegistration: true },
		codeLens: { refreshSupport: true },
	},
};

/** An editor with one server, and all requests and notifications from the server. */
export interface Editor {
	readonly client: Client;
	/** The settings that it returns. */
	links: Record<string, unknown>;
	readonly messages: string[];
	/** Titles of the buttons to press, in order. */
	readonly presses: string[];
	readonly shown: string[];
	readonly edits: ApplyWorkspaceEditParams[];
	/** Progress reports. */
	readonly work: string[];
	readonly workTokens: ProgressToken[];
	/** Resolves the next time that the server asks for a refresh of diagnostics. */
	refreshed(): Promise<void>;
	open(path: string): Promise<TextDocument>;
	save(document: TextDocument, reason?: TextDocumentSaveReason): Promise<void>;
	/** The cursors that it tells. */
	readonly cursors: Position[];
	command(name: string, ...args: unknown[]): Promise<unknown>;
	/** The rules with problems from the last network check, with the text that they mark. */
	found(document: TextDocument): Promise<string[]>;
	/** Waits until a condition holds, which is checked after each message from the server. */
	until(condition: () => boolean): Promise<void>;
	/** Waits until `found` has this value, checked whenever the server asks for a refresh of diagnostics. */
	untilFound(document: TextDocument, expected: readonly string[]): Promise<void>;
	/** Replaces the whole text of an open document. */
	replace(document: TextDocument, text: string): Promise<TextDocument>;
	/** The code actions for a piece of the text. */
	actions(document: TextDocument, piece: string): Promise<CodeAction[]>;
	changeSettings(links: Record<string, unknown>): Promise<void>;
}

/** Options for starting an editor. */
export interface StartOptions {
	readonly transport?: Transport;
	readonly trusted?: boolean;
	/** VS Code's settings `http.*`. */
	readonly http?: Record<string, unknown>;
	/** Environment variables of the server. */
	readonly env?: NodeJS.ProcessEnv;
}

/** The environment of a suite's tests. */
export interface Workplace {
	readonly hosts: Hosts;
	/** Path of a folder for each test. */
	readonly folder: string;
	/** Starts an editor that is stopped after the test; its server must not have logged anything. */
	start(links?: Record<string, unknown>, options?: StartOptions): Promise<Editor>;
	/** Writes an article with these links, and with images for image paths. */
	article(path: string, paths: readonly string[]): Promise<void>;
}

/** Provides hosts for the calling suite, and a folder for each of its tests. */
export function workplace(): Workplace {
	let hosts: Hosts;
	let folder: string;
	const editors: Editor[] = [];
	before(async () => {
		hosts = await startHosts();
	});
	after(() => hosts.close());
	beforeEach(async () => {
		hosts.forget();
		folder = await mkdtemp(join(tmpdir(), 'marginalia-network-'));
	});
	afterEach(async () => {
		for (const { client } of editors.splice(0)) {
			assert.equal(await client.stop(), 0);
			// In a browser, no folder can be read.
			assert.deepEqual(client.process ? client.log : [], []);
		}
		await removeFolder(folder);
	});

	async function start(links: Record<string, unknown> = {}, options: StartOptions = {}): Promise<Editor> {
		const { transport = 'ipc', trusted = true, http = {}, env = {} } = options;
		let refresh = (): void => {};
		let told = (): void => {};
		const made = {
			links: { network: 'onSave', allowPrivate: true, timeout: 5, ...links } as Record<string, unknown>,
			messages: [] as string[],
			presses: [] as string[],
			shown: [] as string[],
			edits: [] as ApplyWorkspaceEditParams[],
			work: [] as string[],
			workTokens: [] as ProgressToken[],
			cursors: [] as Position[],
		};
		const client = await connect(transport, CAPABILITIES, {
			env: { XDG_CACHE_HOME: join(folder, 'cache'), ...env },
			folders: [{ uri: pathToFileURL(folder).href, name: 'archive' }],
			options: { untrusted: !trusted, showsPlaces: true, tellsCursors: true },
			prepare(connection) {
				connection.onRequest(ConfigurationRequest.type, ({ items }) =>
					items.map(({ section }) => (section === 'marginalia.links' ? made.links : section === 'http' ? http : {})),
				);
				connection.onRequest(DiagnosticRefreshRequest.type, () => refresh());
				onRequest(connection, CursorsRequest, () => made.cursors);
				connection.onRequest(CodeLensRefreshRequest.type, () => undefined);
				connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
					made.workTokens.push(token);
					connection.onProgress(WorkDoneProgress.type, token, params => {
						made.work.push(params.kind === 'begin' ? params.title : `${params.kind} ${params.message ?? ''}`.trim());
						told();
					});
				});
				connection.onNotification(ShowMessageNotification.type, ({ message }) => {
					made.messages.push(message);
					told();
				});
				connection.onRequest(ShowMessageRequest.type, ({ message, actions }): MessageActionItem | null => {
					made.messages.push(message);
					told();
					const press = made.presses.shift();
					return actions?.find(({ title }) => title === press) ?? null;
				});
				connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
					made.shown.push(uri);
					told();
					return { success: true };
				});
				connection.onRequest(ApplyWorkspaceEditRequest.type, params => {
					made.edits.push(params);
					return { applied: true };
				});
			},
		});
		const { connection } = client;
		const editor: Editor = {
			...made,
			client,
			refreshed: () =>
				new Promise(resolve => {
					refresh = resolve;
				}),
			async open(path) {
				const uri = pathToFileURL(join(folder, path)).href;
				const text = await readFile(join(folder, path), 'utf8');
				await client.open(uri, text);
				return TextDocument.create(uri, 'article', 1, text);
			},
			async save({ uri }, reason = TextDocumentSaveReason.Manual) {
				const textDocument = { uri };
				await connection.sendNotification(WillSaveTextDocumentNotification.type, { textDocument, reason });
				await connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument });
			},
			command: (command, ...args) => connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: args }),
			async found(document) {
				const report = await connection.sendRequest(DocumentDiagnosticRequest.type, {
					textDocument: { uri: document.uri },
				});
				assert.equal(report.kind, 'full');
				const items = report.kind === 'full' ? report.items : [];
				return items
					.filter(({ code }) => /broken|moved|not-an-image/.test(String(code)))
					.map(({ code, range }) => `${code} ${new URL(document.getText(range)).pathname}`);
			},
			async until(condition) {
				while (!condition())
					await new Promise<void>(resolve => {
						told = resolve;
					});
			},
			async untilFound(document, expected) {
				for (;;) {
					const next = editor.refreshed();
					const found = await editor.found(document);
					if (JSON.stringify(found) === JSON.stringify(expected)) return;
					await next;
				}
			},
			async replace({ uri, version }, text) {
				const changed = TextDocument.create(uri, 'article', version + 1, text);
				await connection.sendNotification(DidChangeTextDocumentNotification.type, {
					textDocument: { uri, version: changed.version },
					contentChanges: [{ text }],
				});
				return changed;
			},
			async actions(document, piece) {
				const start = placeOf(document, piece);
				const found = await connection.sendRequest(CodeActionRequest.type, {
					textDocument: { uri: document.uri },
					range: { start, end: start },
					context: { diagnostics: [] },
				});
				return (found ?? []).filter((action): action is CodeAction => 'kind' in action);
			},
			async changeSettings(changed) {
				made.links = changed;
				await connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
			},
		};
		editors.push(editor);
		return editor;
	}

	async function article(path: string, paths: readonly string[]): Promise<void> {
		const body = paths.map(one =>
			one.startsWith('/picture') ? `<img alt="" src="${hosts.url(one)}">` : `<a href="${hosts.url(one)}">x</a>`,
		);
		const text = `<!--1639640221000-->\n[Tide](https://news.example/${path})\n------\n\n<p>${body.join(' ')}</p>\n`;
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), text);
	}

	return {
		get hosts() {
			return hosts;
		},
		get folder() {
			return folder;
		},
		start,
		article,
	};
}

/** The position of a piece of a document's text. */
export function placeOf(document: TextDocument, piece: string): Position {
	return document.positionAt(document.getText().indexOf(piece) + 1);
}
