import * as vscode from 'vscode';
import type { BaseLanguageClient, WorkDoneProgressCancelParams } from 'vscode-languageclient';
import { PingRequest } from '../../../server/src/protocol/lifecycle.ts';
import type { NotificationType, RequestType } from '../../../server/src/protocol/method.ts';
import { messageOf } from '../../../server/src/util/errors.ts';
import { documentSelector } from '../article/documents.ts';
import { settingOf } from '../util/settings.ts';
import type { Channels, Launch, Launcher, ServerState } from './launcher.ts';
import { createWatchdog, type Watchdog } from './watchdog.ts';

/** How long a restart waits for a server that is still starting. */
const START_LIMIT_MS = 5000;

/** How often a server that crashed or hung is started again in so many minutes. */
const FAILURE_LIMIT = 4;
const FAILURE_PERIOD_MINUTES = 15;

/** The user does not want to wait for some work any more; of the protocol, whose library is loaded later. */
const CANCEL_WORK: NotificationType<WorkDoneProgressCancelParams> = {
	method: 'window/workDoneProgress/cancel',
	messageDirection: 'clientToServer',
};

/** Starts the language server with the first article, and keeps what is known about it. */
export class Server {
	readonly #context: vscode.ExtensionContext;
	readonly #channels: Channels;
	readonly #load: () => Promise<Launcher>;
	readonly #changed = new vscode.EventEmitter<ServerState>();
	readonly #told = new vscode.EventEmitter<string>();
	#state: ServerState = 'idle';
	#launch: Launch | undefined;
	#watchdog: Watchdog | undefined;
	/** When the server crashed or hung lately. */
	#failures: readonly number[] = [];
	readonly #listeners = new Set<Listener>();
	/** Ends when the last launch answered or failed. */
	#started: Promise<void> = Promise.resolve();
	/** Counts launches, so that one that was given up is not listened to any more. */
	#generation = 0;
	/** The last start, stop or restart; the next one waits for it. */
	#queue: Promise<void> = Promise.resolve();

	constructor(context: vscode.ExtensionContext, channels: Channels, load: () => Promise<Launcher>) {
		this.#context = context;
		this.#channels = channels;
		this.#load = load;
	}

	get state(): ServerState {
		return this.#state;
	}

	/** Fires with every new state. */
	get onDidChangeState(): vscode.Event<ServerState> {
		return this.#changed.event;
	}

	/** Fires with every message about the server that the user is shown. */
	get onDidTell(): vscode.Event<string> {
		return this.#told.event;
	}

	/** Starts the server if it was never started. Failures are told to the user and end in state `failed`. */
	async start(): Promise<void> {
		await this.#enqueue(async () => {
			if (this.#state === 'idle') await this.#begin();
		});
		await this.#started;
	}

	/** Stops the server, if there is one, and starts a new one; ends when that answers. Failures are told to the user. */
	async restart(): Promise<void> {
		this.#failures = [];
		await this.#replace();
	}

	async #replace(): Promise<void> {
		await this.#enqueue(async () => {
			await this.#end();
			await this.#begin();
		});
		await this.#started;
	}

	/** What the server answers to a request; `undefined` where it does not run. Rejects with the server's error. */
	async request<P extends object, R>(
		{ method }: RequestType<P, R>,
		params: P,
		token?: vscode.CancellationToken,
	): Promise<R | undefined> {
		await this.#started;
		const launch = this.#launch;
		if (this.#state !== 'running' || !launch) return undefined;
		// Without a token there must be no argument either: it would be sent as a second parameter.
		return token ? launch.client.sendRequest<R>(method, params, token) : launch.client.sendRequest<R>(method, params);
	}

	/** Tells the server something, if it runs. */
	notify<P extends object>({ method }: NotificationType<P>, params: P): void {
		if (this.#state !== 'running') return;
		this.#launch?.client
			.sendNotification(method, params)
			.catch(error => this.#channels.output.warn(`${method} was not sent`, error));
	}

	/** Listens to what the server tells, also after a restart. */
	onNotification<P>({ method }: NotificationType<P>, listener: (params: P) => void): vscode.Disposable {
		const entry: Listener = { method, listener: params => listener(params as P) };
		this.#listeners.add(entry);
		if (this.#launch) this.#listen(this.#launch.client, method);
		return { dispose: () => this.#listeners.delete(entry) };
	}

	/** Has a client tell all who listen: it has one handler for each method, and a second would be put in its place. */
	#listen(client: BaseLanguageClient, method: string): void {
		client.onNotification(method, (params: unknown) => {
			for (const entry of [...this.#listeners]) if (entry.method === method) entry.listener(params);
		});
	}

	/** Stops the server; part of deactivation. */
	stop(): Promise<void> {
		return this.#enqueue(() => this.#end());
	}

	#enqueue(task: () => Promise<void>): Promise<void> {
		this.#queue = this.#queue.then(task);
		return this.#queue;
	}

	async #begin(): Promise<void> {
		const generation = ++this.#generation;
		const isCurrent = (): boolean => generation === this.#generation;
		this.#setState('starting');
		const watchdog = createWatchdog({
			limit: () => this.#limit(),
			ping: () => void this.request(PingRequest, {}).catch(() => undefined),
			onHang: seconds => {
				if (isCurrent()) this.#hung(seconds);
			},
		});
		try {
			const launcher = await this.#load();
			this.#launch = await launcher.launch(this.#context, this.#channels, {
				selector: documentSelector(),
				state: () => (isCurrent() ? this.#state : 'stopped'),
				onState: state => {
					if (isCurrent()) this.#setState(state);
				},
				onCrash: () => this.#mayStartAgain('ended unexpectedly'),
				sendRequest: watchdog.sendRequest,
				cancelWork: token => this.notify(CANCEL_WORK, { token }),
			});
		} catch (error) {
			this.#setState('failed');
			this.#report(`The Marginalia language server cannot start: ${messageOf(error)}`);
			return;
		}
		for (const { method } of this.#listeners) this.#listen(this.#launch.client, method);
		// The client itself shows and logs why a start failed, and says so in its state.
		this.#started = this.#launch.client.start().catch(() => undefined);
		this.#watchdog = watchdog;
		watchdog.watch(this.#started);
	}

	async #end(): Promise<void> {
		const launch = this.#launch;
		if (!launch) return;
		const limit = new Promise<void>(resolve => setTimeout(resolve, START_LIMIT_MS));
		await Promise.race([this.#started, limit]);
		this.#launch = undefined;
		this.#watchdog?.dispose();
		this.#generation++;
		try {
			await launch.dispose();
		} catch (error) {
			// It crashed or does not answer; its process is ended all the same.
			this.#channels.output.warn('The language server did not stop cleanly', error);
		}
		this.#setState('stopped');
	}

	#setState(state: ServerState): void {
		if (state === this.#state) return;
		this.#state = state;
		this.#channels.output.info(`Language server: ${state}`);
		this.#changed.fire(state);
	}

	/** How many seconds the server may owe an answer and say nothing; 0 for any time. */
	#limit(): number {
		// A developer may have stopped it at a line.
		if (this.#context.extensionMode === vscode.ExtensionMode.Development) return 0;
		return settingOf('marginalia.server.timeout');
	}

	#hung(seconds: number): void {
		if (this.#mayStartAgain(`gave no answer for ${seconds} seconds`)) void this.#replace();
		else void this.stop();
	}

	/** Counts a failure, and tells the user about it and what follows. */
	#mayStartAgain(failure: string): boolean {
		const now = Date.now();
		const since = now - FAILURE_PERIOD_MINUTES * 60_000;
		this.#failures = [...this.#failures.filter(time => time > since), now];
		const count = this.#failures.length;
		if (count > FAILURE_LIMIT) {
			this.#report(
				`The Marginalia language server ${failure}. That was failure ${count} in ${FAILURE_PERIOD_MINUTES} minutes: it is not started again. ` +
					'Close the article that was edited last and restart the server; if it fails again, report what the output says.',
			);
			return false;
		}
		const message = `The Marginalia language server ${failure} and is started again.`;
		this.#channels.output.warn(message);
		this.#told.fire(message);
		const show = 'Show Output';
		vscode.window.showWarningMessage(message, show).then(choice => {
			if (choice === show) this.#channels.output.show();
		});
		return true;
	}

	#report(message: string): void {
		this.#channels.output.error(message);
		this.#told.fire(message);
		const restart = 'Restart';
		const show = 'Show Output';
		vscode.window.showErrorMessage(message, restart, show).then(choice => {
			if (choice === restart) void this.restart();
			else if (choice === show) this.#channels.output.show();
		});
	}
}

/** Someone who listens to one kind of notification. */
interface Listener {
	readonly method: string;
	readonly listener: (params: unknown) => void;
}
