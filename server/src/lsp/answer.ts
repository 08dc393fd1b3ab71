import {
	type CancellationToken,
	CompletionRequest,
	type DiagnosticServerCancellationData,
	DocumentDiagnosticRequest,
	LSPErrorCodes,
	RAL,
	ResponseError,
} from 'vscode-languageserver';
import type { Snapshot } from '../languageFeatures/snapshot.ts';
import type { Refused } from '../protocol/annotations.ts';
import { Refusal } from '../services/annotations/outcome.ts';
import type { OpenDocument } from '../services/documents.ts';

/** Runs a request; an error only affects this request. `about` names its subject, for the log. */
export type Attempt = <T>(
	method: string,
	about: string,
	token: CancellationToken,
	run: () => T | Promise<T>,
) => Promise<T>;

/**
 * Runs a request on a snapshot of an open document; the result is `null` for a document that is left alone
 * (`admission.ts`).
 */
export type Answer = <T>(
	method: string,
	uri: string,
	token: CancellationToken,
	run: (document: Snapshot) => T | Promise<T>,
) => Promise<T | null>;

/** Runs a command on an open document. Rejects with the reason for a document that is left alone. */
export type Perform = <T>(
	command: string,
	uri: string,
	token: CancellationToken,
	run: (document: Snapshot) => T | Promise<T>,
) => Promise<T>;

/**
 * Whether a result is outdated. The result for a document that was closed always is, even if the document was opened again. The result for a
 * text that has changed is outdated if it depends on the text alone. Exceptions are Marginalia's own requests, whose results name their version, and
 * completion, because editors filter the result by the text typed in the meantime, and would otherwise show nothing.
 */
export function isOutdated(method: string, asked: Snapshot, { snapshot, closed }: OpenDocument): boolean {
	if (closed.aborted) return true;
	const isOfItsText = method.startsWith('textDocument/') && method !== CompletionRequest.method;
	return isOfItsText && snapshot.text !== asked.text;
}

/** Resolves once the messages that arrived together with the current one have been handled, which takes one turn of the event loop each. */
export async function pendingHandled(): Promise<void> {
	for (let turn = 0; turn < TURNS; turn++)
		await new Promise<void>(resolve => {
			RAL().timer.setImmediate(resolve);
		});
}

/** The number of turns until a subsequent message is decoded and handled. */
const TURNS = 3;

/** The protocol's error for a document that was changed before the request was answered. */
export function outdated(method: string, reason: string): ResponseError<DiagnosticServerCancellationData | undefined> {
	// For any other error, editors remove all diagnostics.
	if (method === DocumentDiagnosticRequest.method)
		return new ResponseError(LSPErrorCodes.ServerCancelled, reason, { retriggerRequest: true });
	return new ResponseError(LSPErrorCodes.ContentModified, reason);
}

/** Runs a command whose refusal is its result, not an error. */
export async function orRefused<T>(run: () => Promise<T>): Promise<T | Refused> {
	try {
		return await run();
	} catch (error) {
		if (error instanceof Refusal) return error.outcome;
		throw error;
	}
}
