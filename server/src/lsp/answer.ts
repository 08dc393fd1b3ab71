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
import type { OpenDocument } from '../services/documents.ts';

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
	run: (document: Snapshot) => T | Promise<T>,
) => Promise<T | null>;

/** Runs one command over an open document; one with which nothing is done is an error that says why. */
export type Perform = <T>(
	command: string,
	uri: string,
	token: CancellationToken,
	run: (document: Snapshot) => T | Promise<T>,
) => Promise<T>;

/**
 * Whether an answer is of no use any more. One for a document that was closed meanwhile never is, even if it was opened again; one for a
 * text that was changed is where the text alone says what it means: Marginalia's own requests say what version they answer for, and
 * editors filter completions by what was typed meanwhile, and would show none at all.
 */
export function isOutdated(method: string, asked: Snapshot, { snapshot, closed }: OpenDocument): boolean {
	if (closed.aborted) return true;
	const isOfItsText = method.startsWith('textDocument/') && method !== CompletionRequest.method;
	return isOfItsText && snapshot.text !== asked.text;
}

/** Ends once the messages were taken in that came together with the one before: they are, one a turn of the event loop. */
export async function takenIn(): Promise<void> {
	for (let turn = 0; turn < TURNS; turn++)
		await new Promise<void>(resolve => {
			RAL().timer.setImmediate(resolve);
		});
}

/** Turns in which a message that follows another one is decoded and handled. */
const TURNS = 3;

/** The protocol's error for a text that was changed before the answer was there. */
export function outdated(method: string, reason: string): ResponseError<DiagnosticServerCancellationData | undefined> {
	// Editors take any other error for an article without problems.
	if (method === DocumentDiagnosticRequest.method)
		return new ResponseError(LSPErrorCodes.ServerCancelled, reason, { retriggerRequest: true });
	return new ResponseError(LSPErrorCodes.ContentModified, reason);
}
