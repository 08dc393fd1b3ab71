import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { BaseLanguageClient, ProgressToken } from 'vscode-languageclient';
import type { Watchdog } from './watchdog.ts';

/** What the language server is doing. `failed` has been told to the user and stays until a restart. */
export type ServerState = 'idle' | 'starting' | 'running' | 'stopped' | 'failed';

/** Where the extension and its server write what they do. */
export interface Channels {
	readonly output: LogOutputChannel;
	/** For the messages between client and server. */
	readonly trace: LogOutputChannel;
}

/** What the owner of a client decides and wants to hear. */
export interface ClientOptions {
	readonly selector: { language: string }[];
	/** What the server was last known to do; `stopped` once the owner gave this client up. */
	state(): ServerState;
	/** Called with every new state of the server. */
	onState(state: ServerState): void;
	/** Called when the server crashed; tells whether it is to be started again. */
	onCrash(): boolean;
	/** Sends the client's requests, and waits for their answers. */
	readonly sendRequest: Watchdog['sendRequest'];
	/** Tells the server that the user does not want to wait for some work any more. */
	cancelWork(token: ProgressToken): void;
}

/** A language client with its server, made by the platform: a process in Node, a worker in the browser. */
export interface Launch {
	readonly client: BaseLanguageClient;
	/** Stops the server and frees everything that the launch holds. */
	dispose(): Promise<void>;
}

/** The heavy half of the extension, loaded with the first article: the language client library and how to start the server. */
export interface Launcher {
	/** Makes a client that is not started yet. Throws where the server's bundle is missing. */
	launch(context: ExtensionContext, channels: Channels, options: ClientOptions): Promise<Launch>;
}
