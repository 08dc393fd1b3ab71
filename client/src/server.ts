import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ClientOptions } from './clientOptions.ts';
import { ARTICLE_LANGUAGE } from './detection.ts';

/** What the language server is doing. `failed` has been told to the user and stays until a restart. */
export type ServerState = 'idle' | 'starting' | 'running' | 'stopped' | 'failed';

/** A language client with its server, made by the platform: a process in Node, a worker in the browser. */
export interface Launch {
	readonly client: BaseLanguageClient;
	/** Stops the server and frees everything that the launch holds. */
	dispose(): Promise<void>;
}

/** The heavy half of the extension, loaded with the first article: the language client library and how to start the server. */
export interface Launcher {
	/** Makes a client that is not started yet. Throws where the server's bundle is missing. */
	launch(context: vscode.ExtensionContext, output: vscode.LogOutputChannel, hooks: ClientOptions): Promise<Launch>;
}

/** Starts the language server with the first article, and keeps what is known about it. */
export class Server {
	readonly #context: vscode.ExtensionContext;
	readonly #output: vscode.LogOutputChannel;
	readonly #load: () => Promise<Launcher>;
	readonly #changed = new vscode.EventEmitter<ServerState>();
	#state: ServerState = 'idle';
	#launch: Launch | undefined;
	/** The last start, stop or restart; the next one waits for it. */
	#queue: Promise<void> = Promise.resolve();

	constructor(context: vscode.ExtensionContext, output: vscode.LogOutputChannel, load: () => Promise<Launcher>) {
		this.#context = context;
		this.#output = output;
		this.#load = load;
	}

	get state(): ServerState {
		return this.#state;
	}

	/** Fires with every new state. */
	get onDidChangeState(): vscode.Event<ServerState> {
		return this.#changed.event;
	}

	/** Starts the server if it was never started. Failures are told to the user and end in state `failed`. */
	start(): Promise<void> {
		return this.#enqueue(async () => {
			if (!this.#launch && this.#state === 'idle') await this.#start();
		});
	}

	/** Stops the server, if there is one, and starts a new one. */
	restart(): Promise<void> {
		return this.#enqueue(async () => {
			await this.#dispose();
			await this.#start();
		});
	}

	/** Stops the server; part of deactivation. */
	stop(): Promise<void> {
		return this.#enqueue(() => this.#dispose());
	}

	#enqueue(task: () => Promise<void>): Promise<void> {
		this.#queue = this.#queue.then(task);
		return this.#queue;
	}

	async #start(): Promise<void> {
		this.#setState('starting');
		try {
			const launcher = await this.#load();
			this.#launch = await launcher.launch(this.#context, this.#output, {
				selector: documentSelector(),
				onState: state => this.#setState(state),
				onGivenUp: message => this.#report(message),
			});
			await this.#launch.client.start();
		} catch (error) {
			this.#setState('failed');
			this.#report(`The Marginalia language server cannot start: ${error instanceof Error ? error.message : error}`);
		}
	}

	async #dispose(): Promise<void> {
		const launch = this.#launch;
		this.#launch = undefined;
		if (!launch) return;
		try {
			await launch.dispose();
		} catch (error) {
			// The old server is given up either way: it crashed, or does not answer.
			this.#output.warn('The language server did not stop cleanly', error);
		}
		this.#setState('stopped');
	}

	#setState(state: ServerState): void {
		if (state === this.#state) return;
		this.#state = state;
		this.#output.info(`Language server: ${state}`);
		this.#changed.fire(state);
	}

	#report(message: string): void {
		this.#output.error(message);
		const restart = 'Restart';
		const show = 'Show Output';
		vscode.window.showErrorMessage(message, restart, show).then(choice => {
			if (choice === restart) void this.restart();
			else if (choice === show) this.#output.show();
		});
	}
}

/**
 * The documents that the server answers for: articles on disk, in new editors, and in the places that the workspace's
 * folders come from (virtual file systems). Old versions in a comparison (`git:`) are only coloured.
 */
export function documentSelector(): { language: string; scheme: string }[] {
	const folders = vscode.workspace.workspaceFolders ?? [];
	const schemes = new Set(['file', 'untitled', 'vscode-vfs', ...folders.map(folder => folder.uri.scheme)]);
	return [...schemes].map(scheme => ({ language: ARTICLE_LANGUAGE, scheme }));
}
