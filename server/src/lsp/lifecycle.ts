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

/** What a request becomes that the protocol forbids, so that it is answered in its turn. No client knows it. */
const REFUSED = 'marginalia/refused';

/** Where a server is between the first request and the last notification. */
type Phase = 'new' | 'running' | 'shut down';

/** What has yet to be answered, for a process that is told to end. */
export interface Unanswered {
	/** A request came. */
	asked(id: number | string | null): void;
	/** Waits until all that came has its answer, but not for ever. */
	answered(): Promise<void>;
}

/**
 * Keeps what the protocol forbids from the handlers: requests before `initialize` and after `shutdown`, a second `initialize`,
 * parameters that are none of the method's. Requests get the error that the protocol has for that, notifications are dropped. `exit` comes after the
 * answers to what was asked before, where somebody knows of them: clients send it without waiting for the one to `shutdown`.
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
		// A change that makes no sense leaves a text that is not the client's: better none, until it is opened again.
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

/** Answers what belongs to no feature: what `lifecycle` refused, and whether the server is there. */
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
