import { NotificationType, RequestType, type TextDocumentIdentifier } from 'vscode-languageserver';
import type { ReaderAnswer, ReaderLink, ReaderPictureData } from '../reader/protocol.ts';
import type { Reader } from '../services/reader.ts';
import type { Answer } from './answer.ts';
import type { Handlers } from './connection.ts';
import { encodeContent } from './fileRequests.ts';

/** What names a document and one of its readers. */
interface ReaderParams {
	readonly textDocument: TextDocumentIdentifier;
	/** Chosen by the client; each reader is sent differences from what it has itself. */
	readonly reader: string;
}

/** `marginalia/reader`: an article as it is read; `has` is the version that the reader shows, where it shows one; `null` where it is none. */
export const ReaderRequest = new RequestType<ReaderParams & { readonly has?: number }, ReaderAnswer | null, void>(
	'marginalia/reader',
);

/** `marginalia/readerLink`: where a link leads: a place in the article, a file of the archive, or a page. */
export const ReaderLinkRequest = new RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly href: string },
	ReaderLink,
	void
>('marginalia/readerLink');

/** `marginalia/readerPicture`: a picture of an article that could not be loaded, fetched with its page for a referrer. */
export const ReaderPictureRequest = new RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly url: string },
	ReaderPictureData,
	void
>('marginalia/readerPicture');

/** `marginalia/readerQuote`: a passage of an article as a quotation in Markdown, with what it is from. */
export const ReaderQuoteRequest = new RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly text: string },
	{ readonly markdown: string } | null,
	void
>('marginalia/readerQuote');

/** `marginalia/readerClosed`: a reader shows the document no more. */
export const ReaderClosedNotification = new NotificationType<ReaderParams>('marginalia/readerClosed');

/** What is said of a document that no reader shows. */
const NO_ARTICLE = 'This document is no article';

/** Binds the reader. `followNotes` is told of each article whose notes are shown. */
export function serveReader(
	connection: Handlers,
	answer: Answer,
	reader: Reader,
	followNotes: (uri: string) => void,
): void {
	connection.onRequest(ReaderRequest, ({ textDocument: { uri }, reader: name, has }, token) =>
		answer(ReaderRequest.method, uri, token, document => {
			followNotes(uri);
			return reader.read(document, name, has, token);
		}),
	);
	connection.onRequest(ReaderLinkRequest, async ({ textDocument: { uri }, href }, token): Promise<ReaderLink> => {
		const link = await answer(ReaderLinkRequest.method, uri, token, document => reader.link(document, href));
		return link ?? { kind: 'nowhere', reason: NO_ARTICLE };
	});
	connection.onRequest(ReaderPictureRequest, async ({ textDocument: { uri }, url }, token) => {
		const picture = await answer(ReaderPictureRequest.method, uri, token, document => reader.picture(document, url));
		if (!picture) return { reason: NO_ARTICLE };
		if (picture.kind === 'none') return { reason: picture.reason };
		return { data: `data:${picture.type};base64,${encodeContent(picture.bytes)}` };
	});
	connection.onRequest(ReaderQuoteRequest, async ({ textDocument: { uri }, text }, token) => {
		const markdown = await answer(ReaderQuoteRequest.method, uri, token, document => reader.quote(document, text));
		return markdown === null ? null : { markdown };
	});
	connection.onNotification(ReaderClosedNotification, ({ textDocument: { uri }, reader: name }) =>
		reader.closed(uri, name),
	);
}
