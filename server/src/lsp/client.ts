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

/** The notification of progress, for which the library has a function of its own. */
const PROGRESS = '$/progress';

/** `workspace/configuration`, of which a client may answer anything. */
const CONFIGURATION: RequestType<ConfigurationParams, unknown> = {
	method: ConfigurationRequest.method,
	messageDirection: 'serverToClient',
};

/** How long a client may take to tell its settings, in milliseconds; nobody has to think about them. */
const SETTINGS_PATIENCE = 10_000;

/** What the server writes of its own doings, for whoever looks for it. */
export interface Log {
	error(message: string): void;
	warn(message: string): void;
}

/**
 * The client at the other end of a connection: all that the server asks of it and tells it goes through here. A client may
 * refuse anything, answer nonsense, or be gone: what that means is said for each function. It is logged, once for each reason,
 * and never the end of the server.
 */
export interface RemoteClient {
	readonly log: Log;
	/** Tells something. */
	notify<P extends object>(type: NotificationType<P>, params: P): void;
	publishDiagnostics(params: PublishDiagnosticsParams): void;
	/** Shows a message that asks for nothing. */
	show(type: MessageType, message: string): void;
	/** Shows a message with actions; `undefined` where none was chosen, and where the client refuses. */
	choose(type: MessageType, message: string, actions: readonly string[]): Promise<string | undefined>;
	/** The values of settings; `undefined` where the client refuses or does not answer. */
	configuration(items: readonly ConfigurationItem[]): Promise<readonly unknown[] | undefined>;
	/** Asks to be told of more; where the client refuses, it is not. */
	register(registrations: readonly Registration[]): Promise<void>;
	/** Has an edit applied; tells why it was not. */
	applyEdit(params: ApplyWorkspaceEditParams): Promise<string | undefined>;
	/** Has the client ask again for something; where it refuses, it shows what it has. */
	refresh(method: string): void;
	/** Shows a document; tells whether it is shown. */
	showDocument(params: ShowDocumentParams): Promise<boolean>;
	/** Asks for something that one piece of work needs, and fails where the client refuses, or does not answer in time. */
	request<P extends object, R>(type: RequestType<P, R>, params: P, patience: number): Promise<R>;
	/** Shows work that its user can cancel; `undefined` where the client refuses. */
	showWork(title: string, isMeasured: boolean, onCancel: () => void): Promise<ShownWork | undefined>;
}

/** Work that a client shows. */
export interface ShownWork {
	/** `percentage` is from 0 to 100, where the work is measured. */
	report(message: string, percentage?: number): void;
	done(): void;
}

/** The client at the other end of a connection. */
export function createRemoteClient(
	connection: Pick<Connection, 'onNotification' | 'sendNotification' | 'sendRequest'>,
): RemoteClient {
	/** What was logged of refusals. */
	const known = new Set<string>();
	/** How to cancel the work that is shown. */
	const cancels = new Map<ProgressToken, () => void>();
	const send = async (method: string, params: object | undefined): Promise<void> => {
		try {
			await connection.sendNotification(method, params);
		} catch {
			// The client is gone, and with it the log. The connection has said so where it can, and the server ends with its input.
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
			// Its error is none of the server's, and must not become the answer to what the client asked.
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
			// The library binds a handler of its own when it initializes, which knows only its own work.
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

/** What a client is asked to tell of, with an id of its own. */
export function registrationOf<O>({ method }: RegistrationType<O>, registerOptions: O): Registration {
	return { id: crypto.randomUUID(), method, registerOptions };
}
