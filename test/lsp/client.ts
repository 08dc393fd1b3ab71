import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import {
	type ClientCapabilities,
	createProtocolConnection,
	DidOpenTextDocumentNotification,
	ExitNotification,
	InitializedNotification,
	InitializeRequest,
	type InitializeResult,
	IPCMessageReader,
	IPCMessageWriter,
	LogMessageNotification,
	type MessageReader,
	type MessageWriter,
	PortMessageReader,
	PortMessageWriter,
	type ProtocolConnection,
	PublishDiagnosticsNotification,
	type PublishDiagnosticsParams,
	RegistrationRequest,
	ShutdownRequest,
	StreamMessageReader,
	StreamMessageWriter,
	type WorkspaceFolder,
} from 'vscode-languageserver/node';
import { workerScript } from '../../client/src/browser/workerScript.ts';

/** The transport between client and server: as in VS Code, in other editors, and in VS Code for the Web. */
export const TRANSPORTS = ['ipc', 'stdio', 'worker'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** VS Code's client capabilities, as far as the server uses them. */
export const VSCODE: ClientCapabilities = {
	general: { markdown: { parser: 'marked', version: '1.1.0' }, positionEncodings: ['utf-16'] },
	workspace: { workspaceEdit: { documentChanges: true }, diagnostics: { refreshSupport: true } },
	textDocument: {
		documentSymbol: { hierarchicalDocumentSymbolSupport: true },
		hover: { contentFormat: ['markdown', 'plaintext'] },
		documentLink: { tooltipSupport: true },
		foldingRange: { rangeLimit: 5000, lineFoldingOnly: true },
		codeAction: {
			codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix'] } },
			isPreferredSupport: true,
		},
		diagnostic: {},
	},
};

/** A connection to a separate server. */
export interface Client {
	readonly connection: ProtocolConnection;
	readonly initialized: InitializeResult;
	/** The server's log. */
	readonly log: readonly string[];
	/** The capabilities that the server registered, by method. */
	readonly registered: readonly string[];
	/** The server's process; `undefined` for a worker. */
	readonly process: ChildProcess | undefined;
	/** Opens a document, by default as an article. */
	open(uri: string, text: string, languageId?: string): Promise<void>;
	/** The next diagnostics that the server pushes for a document. */
	published(uri: string): Promise<PublishDiagnosticsParams>;
	/** Waits for the end of the server, and returns its exit code. */
	ended(): Promise<number | null>;
	/** Shuts the server down properly, and returns its exit code; 0 for a worker, which is terminated by its page. */
	stop(): Promise<number | null>;
}

/** A running server with a client. */
interface Launched {
	readonly reader: MessageReader;
	readonly writer: MessageWriter;
	readonly process?: ChildProcess;
	/** Ends the server if necessary, and waits for its end. */
	ended(): Promise<number | null>;
}

const SERVER = fileURLToPath(new URL('../../server/dist/node.js', import.meta.url));

/** A bundle of the server. */
function read(name: string): string {
	return readFileSync(new URL(`../../server/dist/${name}`, import.meta.url), 'utf8');
}

/** Starts a server without sending it anything. */
export function launch(transport: Transport, env: NodeJS.ProcessEnv = {}): Launched {
	switch (transport) {
		case 'ipc': {
			const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
			const server = fork(SERVER, ['--node-ipc'], { execArgv: [], stdio: [...stdio], env: { ...process.env, ...env } });
			return {
				reader: new IPCMessageReader(server),
				writer: new IPCMessageWriter(server),
				process: server,
				ended: exitOf(server),
			};
		}
		case 'stdio': {
			const server = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
			return {
				reader: new StreamMessageReader(server.stdout),
				writer: new StreamMessageWriter(server.stdin),
				process: server,
				ended: exitOf(server),
			};
		}
		case 'worker': {
			const { port1, port2 } = new MessageChannel();
			const script = workerScript(read('engine.cjs'), read('browser.cjs')).join('');
			const worker = new Worker(WEB_WORKER, { eval: true, workerData: { port: port2, script }, transferList: [port2] });
			return {
				reader: new PortMessageReader(port1),
				writer: new PortMessageWriter(port1),
				async ended() {
					port1.close();
					await worker.terminate();
					return 0;
				},
			};
		}
	}
}

/** The globals by which a web worker talks to its page, for Node's own workers; then the script, which cannot see Node. */
const WEB_WORKER = `
const { workerData: { port, script } } = require('node:worker_threads');
const errors = new EventTarget();
globalThis.addEventListener = errors.addEventListener.bind(errors);
globalThis.postMessage = message => port.postMessage(message);
port.on('message', data => globalThis.onmessage({ data }));
// An unhandled rejection does not end the worker here either.
process.on('unhandledRejection', reason => {
	errors.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }));
});
(0, eval)('(process, require, module, exports, Buffer, setImmediate) => {' + script + '\\n}')();
`;

/** Servers that are still running. */
const running = new Set<ChildProcess>();

after(() => {
	for (const server of running) server.kill('SIGKILL');
});

/** Waits for the end of a process, which may already have ended. */
function exitOf(server: ChildProcess): () => Promise<number | null> {
	const exited = once(server, 'exit');
	// A failed test does not stop its server, which must not keep running either.
	running.add(server);
	server.once('exit', () => running.delete(server));
	return async () => (await exited)[0];
}

/**
 * Starts a server and initializes it with these client capabilities.
 *
 * @param folders the workspace folders
 * @param options its initialization options
 * @param prepare called before the first message, to register handlers for requests of the server
 */
export async function connect(
	transport: Transport,
	capabilities = VSCODE,
	{
		folders,
		options,
		prepare,
		env = {},
	}: {
		folders?: readonly WorkspaceFolder[];
		options?: object;
		prepare?: (connection: ProtocolConnection) => void;
		/** Environment variables of the server, if it is a process. */
		env?: NodeJS.ProcessEnv;
	} = {},
): Promise<Client> {
	const { reader, writer, process: server, ended } = launch(transport, env);
	const connection = createProtocolConnection(reader, writer);
	const log: string[] = [];
	const waiting = new Map<string, (params: PublishDiagnosticsParams) => void>();
	connection.onNotification(LogMessageNotification.type, ({ message }) => {
		log.push(message);
	});
	connection.onNotification(PublishDiagnosticsNotification.type, params => {
		waiting.get(params.uri)?.(params);
		waiting.delete(params.uri);
	});
	const registered: string[] = [];
	connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
		registered.push(...registrations.map(({ method }) => method));
	});
	prepare?.(connection);
	connection.listen();
	const initialized = await connection.sendRequest(InitializeRequest.type, {
		processId: process.pid,
		rootUri: null,
		workspaceFolders: folders ? [...folders] : null,
		capabilities,
		initializationOptions: options,
	});
	await connection.sendNotification(InitializedNotification.type, {});
	return {
		connection,
		initialized,
		log,
		registered,
		process: server,
		ended,
		open: (uri, text, languageId = 'article') =>
			connection.sendNotification(DidOpenTextDocumentNotification.type, {
				textDocument: { uri, languageId, version: 1, text },
			}),
		published: uri => new Promise(resolve => waiting.set(uri, resolve)),
		async stop() {
			await connection.sendRequest(ShutdownRequest.type);
			await connection.sendNotification(ExitNotification.type);
			const code = await ended();
			connection.dispose();
			return code;
		},
	};
}
