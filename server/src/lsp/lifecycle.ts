import {
	type ConnectionOptions,
	DidChangeTextDocumentNotification,
	DidCloseTextDocumentNotification,
	ErrorCodes,
	ExitNotification,
	InitializeRequest,
	Message,
	type NotificationMessage,
	type RequestMessage,
	ResponseError,
	ShutdownRequest,
} from 'vscode-languageserver';
import { PingRequest } from '../protocol/lifecycle.ts';
import { onRequest } from '../protocol/method.ts';
import { isRecord } from '../util/value.ts';
import type { Handlers } from './connection.ts';
import { faultIn } from './params.ts';

/** The method that replaces a rejected request, so that it is answered in order. No client knows it. */
const REFUSED = 'marginalia/refused';

/** The phase of the server, between the first request and the last notification. */
type Phase = 'new' | 'running' | 'shut down';

/** Tracks requests that have not been answered, for a process that is about to exit. */
export interface Unanswered {
	/** A request was received. */
	asked(id: number | string | null): void;
	/** Resolves once all received requests have been answered, or after a timeout. */
	answered(): Promise<void>;
}

/**
 * Rejects messages that the protocol forbids: requests before `initialize` and after `shutdown`, a second `initialize`, and
 * invalid parameters. Requests are answered with the error code defined by the protocol, notifications are dropped. If `unanswered` is given, `exit` is delayed
 * until all earlier requests have been answered, because clients do not wait for the response to `shutdown`.
 */
export function lifecycle(unanswered?: Unanswered): ConnectionOptions {
	let phase: Phase = 'new';
	const refuse = (message: RequestMessage, code: number, reason: string): RequestMessage => ({
		...message,
		method: REFUSED,
		params: [code, reason],
	});
	const request = (message: RequestMessage): RequestMessage => {
		const { method, params } = message;
		const isFirst = method === InitializeRequest.method;
		if (phase === 'shut down')
			return refuse(message, ErrorCodes.InvalidRequest, `The server has been shut down: ${method}`);
		if (phase === 'new' && !isFirst)
			return refuse(message, ErrorCodes.ServerNotInitialized, `The server is not initialized: ${method}`);
		if (phase === 'running' && isFirst)
			return refuse(message, ErrorCodes.InvalidRequest, 'The server is already initialized');
		const fault = faultIn(method, params);
		if (fault !== undefined) return refuse(message, ErrorCodes.InvalidParams, `${method}: ${fault}`);
		if (isFirst) phase = 'running';
		if (method === ShutdownRequest.method) phase = 'shut down';
		return message;
	};
	const notification = (message: NotificationMessage): NotificationMessage | undefined => {
		const { method, params } = message;
		if (method === ExitNotification.method) return message;
		if (phase !== 'running') return undefined;
		if (faultIn(method, params) === undefined) return message;
		// After an invalid change, the text would differ from the client's. The document is closed until it is opened again.
		const uri = method === DidChangeTextDocumentNotification.method ? uriIn(params) : undefined;
		if (uri === undefined) return undefined;
		return { ...message, method: DidCloseTextDocumentNotification.method, params: { textDocument: { uri } } };
	};
	return {
		messageStrategy: {
			async handleMessage(message, next) {
				if (Message.isRequest(message)) unanswered?.asked(message.id);
				if (Message.isNotification(message) && message.method === ExitNotification.method) await unanswered?.answered();
				const passed = Message.isRequest(message)
					? request(message)
					: Message.isNotification(message)
						? notification(message)
						: message;
				if (passed) await next(passed);
			},
		},
	};
}

/** Registers the handlers that belong to no feature: rejected requests, and ping. */
export function serveLifecycle(connection: Handlers): void {
	onRequest(connection, PingRequest, () => null);
	connection.onRequest(REFUSED, (code: number, reason: string) => {
		throw new ResponseError(code, reason);
	});
}

function uriIn(params: unknown): string | undefined {
	const textDocument = isRecord(params) ? params.textDocument : undefined;
	return isRecord(textDocument) && typeof textDocument.uri === 'string' ? textDocument.uri : undefined;
}
