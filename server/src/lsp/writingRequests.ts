import { type Position, type Range, RequestType, type TextDocumentIdentifier } from 'vscode-languageserver';
import type { Clipboard, Paste } from '../languageFeatures/paste.ts';
import type { Writing } from '../languageFeatures/writing.ts';
import type { Answer } from './answer.ts';
import type { Client } from './capabilities.ts';
import type { Handlers } from './connection.ts';

/**
 * `marginalia/tagClosing`: the snippet to insert at a position, behind a `>` or `</` that was just typed; `null` for nothing.
 * The protocol has no request of its own for this.
 */
export const TagClosingRequest = new RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly position: Position },
	string | null,
	void
>('marginalia/tagClosing');

/** `marginalia/paste`: what a clipboard can be pasted as into a range, beside plain text. */
export const PasteRequest = new RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly range: Range } & Clipboard,
	readonly Paste[],
	void
>('marginalia/paste');

/** Binds what helps while one writes. `client` is asked for each request, since it is known only once initialized. */
export function serveWriting(connection: Handlers, answer: Answer, writing: Writing, client: () => Client): void {
	connection.onCompletion(({ textDocument: { uri }, position }, token) =>
		answer('textDocument/completion', uri, token, document =>
			writing.completion(document, position, client().completion),
		),
	);
	connection.onCompletionResolve(item => writing.resolveCompletion(item, client().completion));
	connection.languages.onLinkedEditingRange(({ textDocument: { uri }, position }, token) =>
		answer('textDocument/linkedEditingRange', uri, token, document => writing.linkedEditingRanges(document, position)),
	);
	connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
		answer('textDocument/inlayHint', uri, token, document =>
			writing.inlayHints(document, range, client().hover.timeZone),
		),
	);
	connection.onRequest(TagClosingRequest, ({ textDocument: { uri }, position }, token) =>
		answer(TagClosingRequest.method, uri, token, document => writing.tagClosing(document, position) ?? null),
	);
	connection.onRequest(
		PasteRequest,
		async ({ textDocument: { uri }, range, html, text }, token) =>
			(await answer(PasteRequest.method, uri, token, document =>
				writing.pastes(document, range, {
					...(html === undefined ? {} : { html }),
					...(text === undefined ? {} : { text }),
				}),
			)) ?? [],
	);
}
