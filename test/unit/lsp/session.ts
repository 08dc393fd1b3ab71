import { PassThrough } from 'node:stream';
import {
	type ClientCapabilities,
	ConfigurationRequest,
	createConnection,
	createProtocolConnection,
	type ProtocolConnection,
	RegistrationRequest,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';
import { lifecycle } from '../../../server/src/lsp/lifecycle.ts';
import { serve } from '../../../server/src/lsp/server.ts';
import type { FileSystem } from '../../../server/src/platform.ts';
import { createOpenDocuments, type OpenDocuments } from '../../../server/src/services/documents.ts';
import { NOW } from '../languageFeatures/harness.ts';

/** The capabilities of the client of a session. */
const CAPABILITIES: ClientCapabilities = {
	workspace: { workspaceEdit: { documentChanges: true }, applyEdit: true, workspaceFolders: true },
	textDocument: {
		documentSymbol: { hierarchicalDocumentSymbolSupport: true },
		codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix'] } } },
		diagnostic: {},
	},
};

/** The client of a server in the same process, which communicates as with a separate process. */
export interface Session {
	readonly connection: ProtocolConnection;
	/** The server's store of open documents. */
	readonly store: OpenDocuments;
	open(uri: string, text: string): void;
	/** Replaces a whole text. */
	change(uri: string, version: number, text: string): void;
	close(uri: string): void;
	/** Adds and removes workspace folders. */
	folders(added: readonly string[], removed: readonly string[]): void;
	/** Changes a setting of the client, and says so. */
	set(name: string, value: unknown): void;
	/** Waits until the server has handled all messages. */
	settled(): Promise<void>;
	end(): void;
}

/**
 * Starts a server on files in memory.
 *
 * @param more capabilities of the client in addition
 */
export async function startSession(
	files: FileSystem,
	root: string,
	more: ClientCapabilities['workspace'] = {},
): Promise<Session> {
	const settings = new Map<string, unknown>();
	const [up, down] = [new PassThrough(), new PassThrough()];
	const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down), lifecycle());
	const store = createOpenDocuments();
	serve(server, () => ({ files, now: () => NOW }), store);
	const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
	connection.onRequest(ConfigurationRequest.type, ({ items }) =>
		items.map(({ section }) => settings.get(section ?? '') ?? null),
	);
	connection.onRequest(RegistrationRequest.type, () => {});
	connection.listen();
	await connection.sendRequest('initialize', {
		processId: null,
		rootUri: null,
		workspaceFolders: [{ uri: root, name: 'archive' }],
		capabilities: { ...CAPABILITIES, workspace: { ...CAPABILITIES.workspace, ...more } },
	});
	void connection.sendNotification('initialized', {});
	return {
		connection,
		store,
		open(uri, text) {
			const textDocument = { uri, languageId: 'article', version: 1, text };
			void connection.sendNotification('textDocument/didOpen', { textDocument });
		},
		change(uri, version, text) {
			const params = { textDocument: { uri, version }, contentChanges: [{ text }] };
			void connection.sendNotification('textDocument/didChange', params);
		},
		close(uri) {
			void connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
		},
		folders(added, removed) {
			const [more, gone] = [added, removed].map(uris => uris.map(uri => ({ uri, name: uri })));
			const event = { added: more, removed: gone };
			void connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
		},
		set(name, value) {
			settings.set(name, value);
			void connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
		},
		async settled() {
			await connection.sendRequest('marginalia/ping');
		},
		end() {
			connection.dispose();
			server.dispose();
		},
	};
}
