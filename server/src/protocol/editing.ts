import type { Position, Range, TextDocumentIdentifier } from 'vscode-languageserver';
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
