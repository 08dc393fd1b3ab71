import type { Position, Range, TextDocumentIdentifier, TextEdit } from 'vscode-languageserver';
import type { RequestType } from './method.ts';

/** The snippet to insert after a `>` or `</` that was just typed; `null` if there is none. */
export const TagClosingRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly position: Position },
	string | null
> = { method: 'marginalia/tagClosing', messageDirection: 'clientToServer' };

/** The content of a clipboard. */
export interface Clipboard {
	/** `text/html`. */
	readonly html?: string;
	/** `text/plain`. */
	readonly text?: string;
}

/** An alternative to pasting plain text. */
export interface Paste {
	readonly kind: 'html' | 'link';
	/** The label for a menu. */
	readonly title: string;
	/** The text that replaces the selection. */
	readonly text: string;
}

/** The ways to paste the clipboard into a range, other than as plain text. */
export const PasteRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly range: Range } & Clipboard,
	readonly Paste[]
> = { method: 'marginalia/paste', messageDirection: 'clientToServer' };

/** What is known of an article that is begun. */
export interface NewArticleParams {
	/** URI of the folder at hand, which says in which archive it belongs. */
	readonly folder: string;
	/** The page that it is taken from. */
	readonly source?: string;
	readonly title?: string;
	/** The user's time zone, an IANA name; defaults to that of the server. */
	readonly timeZone?: string;
}

/** The line of a list for a new article: an edit of the list, the text of a new list, or why the list is left unchanged. */
export type NewEntry = { readonly uri: string } & (
	| { readonly edit: TextEdit }
	| { readonly text: string }
	| { readonly refusal: string }
);

/** How to begin an article. */
export interface NewArticle {
	/** The file to create, named and placed like the articles of the same source. Absent if the folder is in no archive. */
	readonly uri?: string;
	/** The file name. */
	readonly name: string;
	/** The text that it starts with. */
	readonly text: string;
	/** URIs of the articles of the archive that were taken from the same page. */
	readonly copies: readonly string[];
	/** Absent if the archive has no lists. */
	readonly list?: NewEntry;
}

/** Where and how to begin an article. Nothing is written. */
export const NewArticleRequest: RequestType<NewArticleParams, NewArticle> = {
	method: 'marginalia/newArticle',
	messageDirection: 'clientToServer',
};
