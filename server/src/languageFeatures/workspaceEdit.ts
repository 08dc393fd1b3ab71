import type { WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../article/edits.ts';
import { toLspEdits } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** Non-overlapping edits of one document. */
export interface DocumentEdits {
	readonly document: Snapshot;
	readonly edits: readonly TextEdit[];
}

/** The move of a file or folder. */
export interface FileMove {
	readonly oldUri: string;
	readonly newUri: string;
}

/**
 * Converts edits to an LSP workspace edit.
 *
 * @param versioned whether the client supports edits of versioned documents
 * @param versionOf returns the version of a document that is open in the client; `null` for a file
 * @param moves files to move after the edits; ignored unless `versioned`
 */
export function toWorkspaceEdit(
	changes: readonly DocumentEdits[],
	versioned: boolean,
	versionOf: (document: Snapshot) => number | null = ({ version }) => version,
	moves: readonly FileMove[] = [],
): WorkspaceEdit {
	const made = changes.map(({ document, edits }) => ({
		textDocument: { uri: document.uri, version: versionOf(document) },
		edits: toLspEdits(document, edits),
	}));
	if (versioned) return { documentChanges: [...made, ...moves.map(move => ({ kind: 'rename' as const, ...move }))] };
	return { changes: Object.fromEntries(made.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
}
