import { encodeContent } from '../protocol/files.ts';
import { onNotification, onRequest } from '../protocol/method.ts';
import {
	ReaderClosedNotification,
	ReaderImageRequest,
	type ReaderLink,
	ReaderLinkRequest,
	ReaderQuoteRequest,
	ReaderRequest,
} from '../protocol/reader.ts';
import type { ReaderService } from '../services/reader.ts';
import type { Answer } from './answer.ts';
import type { Handlers } from './connection.ts';

/** The reason for documents that the reader cannot show. */
const NO_ARTICLE = 'This document is not an article';

/** Registers the handlers for the reader. `followNotes` is called for each article whose notes are shown. */
export function serveReader(
	connection: Handlers,
	answer: Answer,
	reader: ReaderService,
	followNotes: (uri: string) => void,
): void {
	onRequest(connection, ReaderRequest, ({ textDocument: { uri }, reader: name, has, cursors }, token) =>
		answer(ReaderRequest.method, uri, token, document => {
			followNotes(uri);
			const offsets = cursors?.map(cursor => document.lines.offsetAt(cursor)) ?? [];
			return reader.read(document, name, { has, cursors: offsets }, token);
		}),
	);
	onRequest(connection, ReaderLinkRequest, async ({ textDocument: { uri }, href }, token): Promise<ReaderLink> => {
		const link = await answer(ReaderLinkRequest.method, uri, token, document => reader.link(document, href));
		return link ?? { kind: 'nowhere', reason: NO_ARTICLE };
	});
	onRequest(connection, ReaderImageRequest, async ({ textDocument: { uri }, url }, token) => {
		const picture = await answer(ReaderImageRequest.method, uri, token, document => reader.picture(document, url));
		if (!picture) return { reason: NO_ARTICLE };
		if (picture.kind === 'none') return { reason: picture.reason };
		return { data: `data:${picture.type};base64,${encodeContent(picture.bytes)}` };
	});
	onRequest(connection, ReaderQuoteRequest, async ({ textDocument: { uri }, text }, token) => {
		const markdown = await answer(ReaderQuoteRequest.method, uri, token, document => reader.quote(document, text));
		return markdown === null ? null : { markdown };
	});
	onNotification(connection, ReaderClosedNotification, ({ textDocument: { uri }, reader: name }) =>
		reader.closed(uri, name),
	);
}
