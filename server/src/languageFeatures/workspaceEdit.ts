import type { WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from '../article/edits.ts';
import { toLspEdits } from './position.ts';

/** Edits of one document, which do not overlap. */
export interface DocumentEdits {
	readonly document: TextDocument;
	readonly edits: readonly TextEdit[];
}

/** A file or folder that gets another place. */
export interface FileMove {
	readonly oldUri: string;
	readonly newUri: string;
}

/**
 * Edits as the protocol has them.
 *
 * @param versioned whether the client takes edits of certain versions of documents
 * @param isOpen whether a document is open in the client, and so has a version
 * @param moves files that are moved afterwards, which only clients can be asked for that take versions
 */
export function toWorkspaceEdit(
	changes: readonly DocumentEdits[],
	versioned: boolean,
	isOpen: (document: TextDocument) => boolean = () => true,
	moves: readonly FileMove[] = [],
): WorkspaceEdit {
	const made = changes.map(({ document, edits }) => ({
		textDocument: { uri: document.uri, version: isOpen(document) ? document.version : null },
		edits: toLspEdits(document, edits),
	}));
	if (versioned) return { documentChanges: [...made, ...moves.map(move => ({ kind: 'rename' as const, ...move }))] };
	return { changes: Object.fromEntries(made.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
}
