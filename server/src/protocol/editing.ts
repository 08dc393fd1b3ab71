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
	/** The user's time zone, an IANA name; defaults to that of the server, also if it does not know the name. */
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
	/**
	 * The file to create, named and placed like the articles of the same source. Absent if the folder is in no archive, or out of reach behind a
	 * symbolic link.
	 */
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

/** A file that was pasted or dropped. */
export interface TransferredFile {
	/** Its name; `image.png` or the like if the clipboard holds a picture that is in no file. */
	readonly name: string;
	/** Its media type; empty if unknown. */
	readonly type: string;
	/** Where it is; absent if unknown. */
	readonly uri?: string;
	/** What the client can write into a new file; absent if it only knows where the file is. */
	readonly content?: {
		/** In bytes. */
		readonly size: number;
		/** The SHA-256 digest of the bytes, in hexadecimal. */
		readonly sha256: string;
	};
}

/** How pasted and dropped files are copied. */
export interface CopyOptions {
	/** The setting `marginalia.copyFiles.destination`. */
	readonly destination: Readonly<Record<string, string>>;
	/** The setting `marginalia.copyFiles.overwriteBehavior`. */
	readonly overwriteBehavior: 'nameIncrementally' | 'overwrite';
}

/** A way to insert files. */
export interface FileInsertion {
	readonly kind: 'figure' | 'link';
	/** The label for a menu. */
	readonly title: string;
	/** Set if the HTML that comes with the files says more than they do, as for a picture of copied text. */
	readonly isSecondary?: true;
	/** Snippets with all their white space, and the ranges that they replace. */
	readonly edits: readonly { readonly range: Range; readonly snippet: string }[];
	/** Files to create before that, each with the content of the file at this index. */
	readonly copies: readonly { readonly file: number; readonly uri: string; readonly overwrite: boolean }[];
}

/** The answer to files that were pasted or dropped. */
export interface InsertedFiles {
	/** Absent if nothing can be inserted. */
	readonly insertion?: FileInsertion;
	/** Sentences that say which files are left out, and what to do. */
	readonly refusals: readonly string[];
}

/**
 * The figures and links to insert for files that were pasted or dropped. `html` comes with them: for an image that was copied in a browser, its
 * element.
 */
export const InsertFilesRequest: RequestType<
	{
		readonly textDocument: TextDocumentIdentifier;
		readonly ranges: readonly Range[];
		readonly files: readonly TransferredFile[];
		readonly html?: string;
	} & CopyOptions,
	InsertedFiles
> = { method: 'marginalia/insertFiles', messageDirection: 'clientToServer' };

/**
 * Where the user is writing in an open document: the cursors of its editor, if it is shown. The addresses they stand in are not
 * checked by a save. Requested from clients with the option `tellsCursors`.
 */
export const CursorsRequest: RequestType<{ readonly textDocument: TextDocumentIdentifier }, readonly Position[]> = {
	method: 'marginalia/cursors',
	messageDirection: 'serverToClient',
};
/** What a `MarkupRequest` does. All but `wrap` undo it where it is already done. */
export const MARKUP = [
	'bold',
	'italic',
	'link',
	'heading1',
	'heading2',
	'heading3',
	'quote',
	'list',
	'orderedList',
	'comment',
	'wrap',
] as const;
export type MarkupName = (typeof MARKUP)[number];

/** The edits of a `MarkupRequest`, or why it is not possible: a sentence that says what to do, without a full stop. */
export type MarkupResult =
	| {
			/** The version of the document that the edits are for. */
			readonly version: number;
			readonly edits: readonly TextEdit[];
			/** What to select after the edits: one for each range of the request, or the empty URLs of new links. */
			readonly selections: readonly Range[];
	  }
	| { readonly refused: string };

/** The edits that toggle markup on selections and, for empty ranges, at cursors. */
export const MarkupRequest: RequestType<
	{
		readonly textDocument: TextDocumentIdentifier;
		readonly ranges: readonly Range[];
		readonly markup: MarkupName;
		/** For `wrap`: the name of an element and its attributes, as in its start tag. */
		readonly tag?: string;
	},
	MarkupResult | null
> = { method: 'marginalia/markup', messageDirection: 'clientToServer' };
