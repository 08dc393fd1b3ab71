import { resolveCompletion } from '../languageFeatures/completion.ts';
import { inlayHints } from '../languageFeatures/inlayHint.ts';
import { linkedEditingRanges } from '../languageFeatures/linkedEditingRange.ts';
import { pastes } from '../languageFeatures/paste.ts';
import { tagClosing } from '../languageFeatures/tagClosing.ts';
import {
	InsertFilesRequest,
	MarkupRequest,
	NewArticleRequest,
	PasteRequest,
	TagClosingRequest,
} from '../protocol/editing.ts';
import { onRequest } from '../protocol/method.ts';
import type { Service } from '../service.ts';
import type { Answer, Attempt } from './answer.ts';
import type { ClientSupport } from './capabilities.ts';
import type { Handlers } from './connection.ts';

/** Registers the handlers for assistance while typing. `client` is called for each request, because the client is unknown before initialization. */
export function serveEditing(
	connection: Handlers,
	answer: Answer,
	attempt: Attempt,
	service: Pick<Service, 'completion' | 'insertFiles' | 'markup' | 'newArticle'>,
	client: () => ClientSupport,
): void {
	connection.onCompletion(({ textDocument: { uri }, position }, token) =>
		answer('textDocument/completion', uri, token, document =>
			service.completion(document, position, client().completion),
		),
	);
	connection.onCompletionResolve(item => resolveCompletion(item, client().completion));
	connection.languages.onLinkedEditingRange(({ textDocument: { uri }, position }, token) =>
		answer('textDocument/linkedEditingRange', uri, token, document => linkedEditingRanges(document, position)),
	);
	connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
		answer('textDocument/inlayHint', uri, token, document => inlayHints(document, range, client().hover.timeZone)),
	);
	onRequest(connection, TagClosingRequest, ({ textDocument: { uri }, position }, token) =>
		answer(TagClosingRequest.method, uri, token, document => tagClosing(document, position) ?? null),
	);
	onRequest(connection, MarkupRequest, ({ textDocument: { uri }, ranges, markup, tag }, token) =>
		answer(MarkupRequest.method, uri, token, document => service.markup(document, ranges, markup, tag)),
	);
	onRequest(
		connection,
		PasteRequest,
		async ({ textDocument: { uri }, range, html, text }, token) =>
			(await answer(PasteRequest.method, uri, token, document =>
				pastes(document, range, {
					...(html === undefined ? {} : { html }),
					...(text === undefined ? {} : { text }),
				}),
			)) ?? [],
	);
	onRequest(connection, NewArticleRequest, (params, token) =>
		attempt(NewArticleRequest.method, params.folder, token, () => service.newArticle(params, token)),
	);
	onRequest(
		connection,
		InsertFilesRequest,
		async ({ textDocument: { uri }, ranges, ...transfer }, token) =>
			(await answer(InsertFilesRequest.method, uri, token, document =>
				service.insertFiles(document, ranges, transfer, client().trusted, token),
			)) ?? { refusals: [] },
	);
}
