import * as vscode from 'vscode';
import type { BaseLanguageClient, WorkDoneProgressCancelParams } from 'vscode-languageclient';
import { PingRequest } from '../../../server/src/protocol/lifecycle.ts';
import type { NotificationType, RequestType } from '../../../server/src/protocol/method.ts';
import { messageOf } from '../../../server/src/util/errors.ts';
import { documentSelector } from '../article/documents.ts';
import { settingOf } from '../util/settings.ts';
import type { Channels, Launch, Launcher, ServerState } from './launcher.ts';
import { createWatchdog, type Watchdog } from './watchdog.ts';

/** How long a restart waits for a server that is still starting, in milliseconds. */
const START_LIMIT_MS = 5000;

/** How often a crashed or unresponsive server is restarted within the period. */
const FAILURE_LIMIT = 4;
const FAILURE_PERIOD_MINUTES = 15;

/** Cancels an operation. Defined here because the protocol library is loaded later. */
const CANCEL_WORK: NotificationType<WorkDoneProgressCancelParams> = {
	method: 'window/workDoneProgress/cancel',
	messageDirection: 'clientToServer',
};

/** Starts the language server with the first article, and tracks its state. */
export class Server {
	readonly #context: vscode.ExtensionContext;
	readonly #channels: Channels;
	readonly #load: () => Promise<Launcher>;
	readonly #changed = new vscode.EventEmitter<ServerState>();
	readonly #told = new vscode.EventEmitter<string>();
	#state: ServerState = 'idle';
	#launch: Launch | undefined;
	#watchdog: Watchdog | undefined;
	/** The times of recent crashes and hangs. */
	#failures: readonly number[] = [];
	readonly #listeners = new Set<Listener>();
	/** Resolves when the last launch has started or failed. */
	#started: Promise<void> = Promise.resolve();
	/** Counts launches, so that events of an abandoned one are ignored. */
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

	/** Fires when the state changes. */
	get onDidChangeState(): vscode.Event<ServerState> {
		return this.#changed.event;
	}

	/** Fires when the user is shown a message about the server. */
	get onDidTell(): vscode.Event<string> {
		return this.#told.event;
	}

	/** Starts the server unless it has been started before. Failures are reported to the user and set the state to `failed`. */
	async start(): Promise<void> {
		await this.#enqueue(async () => {
			if (this.#state === 'idle') await this.#begin();
		});
		await this.#started;
	}

	/** Replaces the server with a new one, and resolves when that has started. Failures are reported to the user. */
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

	/** Sends a request. Resolves to `undefined` if the server is not running, and rejects with the server's error. */
	async request<P extends object, R>(
		{ method }: RequestType<P, R>,
		params: P,
		token?: vscode.CancellationToken,
	): Promise<R | undefined> {
		await this.#started;
		const launch = this.#launch;
		if (this.#state !== 'running' || !launch) return undefined;
		// Omit the argument without a token, or it would be sent as a second parameter.
		return token ? launch.client.sendRequest<R>(method, params, token) : launch.client.sendRequest<R>(method, params);
	}

	/** Sends a notification if the server is running. */
	notify<P extends object>({ method }: NotificationType<P>, params: P): void {
		if (this.#state !== 'running') return;
		this.#launch?.client
			.sendNotification(method, params)
			.catch(error => this.#channels.output.warn(`${method} was not sent`, error));
	}

	/** Listens to a notification of the server, across restarts. */
	onNotification<P>({ method }: NotificationType<P>, listener: (params: P) => void): vscode.Disposable {
		const entry: Listener = { method, listener: params => listener(params as P) };
		this.#listeners.add(entry);
		if (this.#launch) this.#listen(this.#launch.client, method);
		return { dispose: () => this.#listeners.delete(entry) };
	}

	/** Forwards a notification to all listeners, because a client keeps only one handler per method. */
	#listen(client: BaseLanguageClient, method: string): void {
		client.onNotification(method, (params: unknown) => {
			for (const entry of [...this.#listeners]) if (entry.method === method) entry.listener(params);
		});
	}

	/** Stops the server on deactivation. */
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
				onCrash: () => this.#mayRestart('ended unexpectedly'),
				sendRequest: watchdog.sendRequest,
				cancelWork: token => this.notify(CANCEL_WORK, { token }),
			});
		} catch (error) {
			this.#setState('failed');
			this.#report(`The Marginalia language server cannot start: ${messageOf(error)}`);
			return;
		}
		for (const { method } of this.#listeners) this.#listen(this.#launch.client, method);
		// The client itself shows and logs why a start failed, and reports it as a state change.
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
			// It crashed or does not respond. Its process is terminated in any case.
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

	/** The number of seconds the server may be unresponsive; 0 for no limit. */
	#limit(): number {
		// It may be paused in a debugger.
		if (this.#context.extensionMode === vscode.ExtensionMode.Development) return 0;
		return settingOf('marginalia.server.timeout');
	}

	#hung(seconds: number): void {
		if (this.#mayRestart(`did not respond for ${seconds} seconds`)) void this.#replace();
		else void this.stop();
	}

	/** Counts a failure and reports it to the user. Returns whether to restart the server. */
	#mayRestart(failure: string): boolean {
		const now = Date.now();
		const since = now - FAILURE_PERIOD_MINUTES * 60_000;
		this.#failures = [...this.#failures.filter(time => time > since), now];
		const count = this.#failures.length;
		if (count > FAILURE_LIMIT) {
			this.#report(
				`The Marginalia language server ${failure}. It failed ${count} times in ${FAILURE_PERIOD_MINUTES} minutes and will not be restarted. ` +
					'Close the last edited article and restart the server. If it fails again, report an issue with the output.',
			);
			return false;
		}
		const message = `The Marginalia language server ${failure} and is being restarted.`;
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

/** A listener for one kind of notification. */
interface Listener {
	readonly method: string;
	readonly listener: (params: unknown) => void;
}
