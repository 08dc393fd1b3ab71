import {
	type ApplyWorkspaceEditParams,
	ApplyWorkspaceEditRequest,
	CancellationTokenSource,
	type ConfigurationItem,
	type ConfigurationParams,
	ConfigurationRequest,
	type Connection,
	LogMessageNotification,
	MessageType,
	type ProgressToken,
	PublishDiagnosticsNotification,
	type PublishDiagnosticsParams,
	type Registration,
	RegistrationRequest,
	type RegistrationType,
	ResponseError,
	type ShowDocumentParams,
	ShowDocumentRequest,
	ShowMessageNotification,
	ShowMessageRequest,
	type WorkDoneProgressBegin,
	WorkDoneProgressCancelNotification,
	WorkDoneProgressCreateRequest,
	type WorkDoneProgressEnd,
	type WorkDoneProgressReport,
} from 'vscode-languageserver';
import type { NotificationType, RequestType } from '../protocol/method.ts';
import { messageOf } from '../util/errors.ts';
import { withoutLinks } from '../util/labels.ts';

/** The progress notification, which the library handles separately. */
const PROGRESS = '$/progress';

/** `workspace/configuration`, with an unchecked result. */
const CONFIGURATION: RequestType<ConfigurationParams, unknown> = {
	method: ConfigurationRequest.method,
	messageDirection: 'serverToClient',
};

/** How long a client may take to return settings, in milliseconds. It needs no user interaction. */
const SETTINGS_PATIENCE = 10_000;

/** The server's log. */
export interface Log {
	error(message: string): void;
	warn(message: string): void;
}

/**
 * The client of a connection. All requests and notifications to the client go through this interface. A client may
 * refuse any request, return an invalid result, or disconnect; each function documents the consequence. Refusals are logged once per
 * reason, and never stop the server.
 */
export interface RemoteClient {
	readonly log: Log;
	/** Sends a notification. */
	notify<P extends object>(type: NotificationType<P>, params: P): void;
	publishDiagnostics(params: PublishDiagnosticsParams): void;
	/** Shows a message without actions. */
	show(type: MessageType, message: string): void;
	/** Shows a message with actions; `undefined` if none was chosen, or the client refused. */
	choose(type: MessageType, message: string, actions: readonly string[]): Promise<string | undefined>;
	/** The values of settings; `undefined` if the client refused or did not answer. */
	configuration(items: readonly ConfigurationItem[]): Promise<readonly unknown[] | undefined>;
	/** Registers capabilities. A refusal is only logged. */
	register(registrations: readonly Registration[]): Promise<void>;
	/** Applies an edit; returns the reason if it was not applied. */
	applyEdit(params: ApplyWorkspaceEditParams): Promise<string | undefined>;
	/** Asks the client to request something again; if it refuses, it keeps what it has. */
	refresh(method: string): void;
	/** Shows a document; returns whether it is shown. */
	showDocument(params: ShowDocumentParams): Promise<boolean>;
	/** Sends a request whose result is required. Rejects if the client refuses, or does not answer in time. */
	request<P extends object, R>(type: RequestType<P, R>, params: P, patience: number): Promise<R>;
	/** Shows a progress indicator that the user can cancel; `undefined` if the client refuses. */
	showWork(title: string, isMeasured: boolean, onCancel: () => void): Promise<ShownWork | undefined>;
}

/** A progress indicator of a client. */
export interface ShownWork {
	/** `percentage` is from 0 to 100, if progress is measured. */
	report(message: string, percentage?: number): void;
	done(): void;
}

/** Creates the client of a connection. */
export function createRemoteClient(
	connection: Pick<Connection, 'onNotification' | 'sendNotification' | 'sendRequest'>,
): RemoteClient {
	/** Refusals that have been logged. */
	const known = new Set<string>();
	/** How to cancel the work shown by each progress indicator. */
	const cancels = new Map<ProgressToken, () => void>();
	const send = async (method: string, params: object | undefined): Promise<void> => {
		try {
			await connection.sendNotification(method, params);
		} catch {
			// The client is gone, and so is the log. The server ends with its input.
		}
	};
	const write = (type: MessageType, message: string): void =>
		void send(LogMessageNotification.method, { type, message });
	const refused = (method: string, error: unknown): void => {
		const line = `The client refused ${method}: ${messageOf(error)}`;
		if (known.has(line)) return;
		known.add(line);
		write(MessageType.Warning, line);
	};
	const ask = async <T>(method: string, params: object | undefined): Promise<{ readonly answer: T } | undefined> => {
		try {
			return { answer: await connection.sendRequest<T>(method, params) };
		} catch (error) {
			refused(method, error);
			return undefined;
		}
	};
	const request = async <P extends object, R>(
		{ method }: RequestType<P, R>,
		params: P,
		patience: number,
	): Promise<R> => {
		const about = 'uri' in params ? ` for ${params.uri}` : '';
		const source = new CancellationTokenSource();
		let timer: ReturnType<typeof setTimeout> | undefined;
		const late = new Promise<never>((_, reject) => {
			timer = setTimeout(() => {
				source.cancel();
				reject(new Error(`The client did not answer ${method}${about} within ${patience} ms`));
			}, patience);
		});
		try {
			return await Promise.race([connection.sendRequest<R>(method, params, source.token), late]);
		} catch (error) {
			// An error of the client must not become the server's response to the client's own request.
			if (!(error instanceof ResponseError)) throw error;
			throw new Error(`The client refused ${method}${about}: ${error.message}`, { cause: error });
		} finally {
			clearTimeout(timer);
			source.dispose();
		}
	};
	return {
		log: {
			error: message => write(MessageType.Error, message),
			warn: message => write(MessageType.Warning, message),
		},
		notify: ({ method }, params) => void send(method, params),
		publishDiagnostics: params => void send(PublishDiagnosticsNotification.method, params),
		show: (type, message) => void send(ShowMessageNotification.method, { type, message: withoutLinks(message) }),
		async choose(type, message, actions) {
			const params = { type, message: withoutLinks(message), actions: actions.map(title => ({ title })) };
			const answered = await ask<{ readonly title?: unknown } | null>(ShowMessageRequest.method, params);
			return actions.find(title => title === answered?.answer?.title);
		},
		async configuration(items) {
			try {
				const values = await request(CONFIGURATION, { items }, SETTINGS_PATIENCE);
				if (Array.isArray(values)) return values;
				throw new Error(`it answered ${JSON.stringify(values)}, which is not an array`);
			} catch (error) {
				refused(ConfigurationRequest.method, error instanceof Error && error.cause ? error.cause : error);
				return undefined;
			}
		},
		async register(registrations) {
			await ask(RegistrationRequest.method, { registrations });
		},
		async applyEdit(params) {
			try {
				const result = await connection.sendRequest(ApplyWorkspaceEditRequest.type, params);
				if (result?.applied === true) return undefined;
				return result?.failureReason ?? 'the editor gave no reason';
			} catch (error) {
				refused(ApplyWorkspaceEditRequest.method, error);
				return messageOf(error);
			}
		},
		refresh: method => void ask(method, undefined),
		async showDocument(params) {
			const answered = await ask<{ readonly success?: unknown } | null>(ShowDocumentRequest.method, params);
			return answered?.answer?.success === true;
		},
		request,
		async showWork(title, isMeasured, onCancel) {
			const token = crypto.randomUUID();
			if (!(await ask(WorkDoneProgressCreateRequest.method, { token }))) return undefined;
			cancels.set(token, onCancel);
			// The library registers its own handler during initialization, which only handles its own progress.
			connection.onNotification(WorkDoneProgressCancelNotification.type, params => cancels.get(params.token)?.());
			const tell = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void =>
				void send(PROGRESS, { token, value });
			tell({ kind: 'begin', title, cancellable: true, ...(isMeasured ? { percentage: 0 } : {}) });
			return {
				report: (message, percentage) =>
					tell({
						kind: 'report',
						message,
						...(percentage === undefined ? {} : { percentage: Math.round(percentage) }),
					}),
				done() {
					cancels.delete(token);
					tell({ kind: 'end' });
				},
			};
		},
	};
}

/** A registration with an id of its own. */
export function registrationOf<O>({ method }: RegistrationType<O>, registerOptions: O): Registration {
	return { id: crypto.randomUUID(), method, registerOptions };
}
