import {
	type CancellationToken,
	CompletionRequest,
	type DiagnosticServerCancellationData,
	DocumentDiagnosticRequest,
	LSPErrorCodes,
	ResponseError,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** Runs one request; whatever goes wrong is the answer to this request alone. `about` is what it is about, for the log. */
export type Attempt = <T>(
	method: string,
	about: string,
	token: CancellationToken,
	run: () => T | Promise<T>,
) => Promise<T>;

/**
 * Runs one request over an open document, as the document is when it begins; `null` for a document of which nothing is said
 * (`admission.ts`).
 */
export type Answer = <T>(
	method: string,
	uri: string,
	token: CancellationToken,
	run: (document: TextDocument) => T | Promise<T>,
) => Promise<T | null>;

/** Runs one command over an open document; one with which nothing is done is an error that says why. */
export type Perform = <T>(
	command: string,
	uri: string,
	token: CancellationToken,
	run: (document: TextDocument) => T | Promise<T>,
) => Promise<T>;

/**
 * Whether an answer is of no use for any text but its own. Commands go on while somebody types, and change texts themselves;
 * Marginalia's own requests say what version they answer for; editors filter completions by what was typed meanwhile, and
 * would show none at all.
 */
export function isOfItsText(method: string): boolean {
	return method.startsWith('textDocument/') && method !== CompletionRequest.method;
}

/** The protocol's error for a text that was changed before the answer was there. */
export function outdated(method: string, reason: string): ResponseError<DiagnosticServerCancellationData | undefined> {
	// Editors take any other error for an article without problems.
	if (method === DocumentDiagnosticRequest.method)
		return new ResponseError(LSPErrorCodes.ServerCancelled, reason, { retriggerRequest: true });
	return new ResponseError(LSPErrorCodes.ContentModified, reason);
}
