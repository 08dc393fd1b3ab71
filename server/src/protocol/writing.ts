import type { Position, Range, TextDocumentIdentifier } from 'vscode-languageserver';
import type { RequestType } from './method.ts';

/** The snippet to insert at a position, behind a `>` or `</` that was just typed; `null` for nothing. */
export const TagClosingRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly position: Position },
	string | null
> = { method: 'marginalia/tagClosing', messageDirection: 'clientToServer' };

/** What a clipboard holds. */
export interface Clipboard {
	/** `text/html`. */
	readonly html?: string;
	/** `text/plain`. */
	readonly text?: string;
}

/** A way to paste: instead of the plain text. */
export interface Paste {
	readonly kind: 'html' | 'link';
	/** For a menu. */
	readonly title: string;
	/** What to put in the place of the selection. */
	readonly text: string;
}

/** What a clipboard can be pasted as into a range, beside plain text. */
export const PasteRequest: RequestType<
	{ readonly textDocument: TextDocumentIdentifier; readonly range: Range } & Clipboard,
	readonly Paste[]
> = { method: 'marginalia/paste', messageDirection: 'clientToServer' };
