import type { WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Replacement } from '../article/edits.ts';
import { toRange } from './position.ts';

/** Edits of one document, which do not overlap. */
export interface DocumentEdits {
	readonly document: TextDocument;
	readonly edits: readonly Replacement[];
}

/**
 * Edits as the protocol has them.
 *
 * @param versioned whether the client takes edits of certain versions of documents
 * @param isOpen whether a document is open in the client, and so has a version
 */
export function toWorkspaceEdit(
	changes: readonly DocumentEdits[],
	versioned: boolean,
	isOpen: (document: TextDocument) => boolean = () => true,
): WorkspaceEdit {
	const made = changes.map(({ document, edits }) => ({
		textDocument: { uri: document.uri, version: isOpen(document) ? document.version : null },
		edits: edits.map(({ span, newText }) => ({ range: toRange(document, span), newText })),
	}));
	if (versioned) return { documentChanges: made };
	return { changes: Object.fromEntries(made.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
}
