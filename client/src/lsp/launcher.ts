import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { BaseLanguageClient, ProgressToken } from 'vscode-languageclient';
import type { Watchdog } from './watchdog.ts';

/** The state of the language server. `failed` has been reported to the user and lasts until a restart. */
export type ServerState = 'idle' | 'starting' | 'running' | 'stopped' | 'failed';

/** The output channels of the extension and its server. */
export interface Channels {
	readonly output: LogOutputChannel;
	/** Logs the messages between client and server. */
	readonly trace: LogOutputChannel;
}

/** Decisions and callbacks of a client's owner. */
export interface ClientOptions {
	readonly selector: { language: string }[];
	/** Returns the last known state of the server; `stopped` once the owner has abandoned this client. */
	state(): ServerState;
	/** Called when the state of the server changes. */
	onState(state: ServerState): void;
	/** Called when the server has crashed. Returns whether to restart it. */
	onCrash(): boolean;
	/** Sends the client's requests and awaits the responses. */
	readonly sendRequest: Watchdog['sendRequest'];
	/** Tells the server that the user cancelled an operation. */
	cancelWork(token: ProgressToken): void;
}

/** A language client and its server, which is a process in Node or a worker in the browser. */
export interface Launch {
	readonly client: BaseLanguageClient;
	/** Stops the server and releases all resources. */
	dispose(): Promise<void>;
}

/** The expensive half of the extension, loaded with the first article: the language client library and the code that starts the server. */
export interface Launcher {
	/**
	 * Creates a client without starting it.
	 *
	 * @throws if the server's bundle is missing
	 */
	launch(context: ExtensionContext, channels: Channels, options: ClientOptions): Promise<Launch>;
}
