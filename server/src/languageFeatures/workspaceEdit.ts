import type { WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../article/edits.ts';
import { toLspEdits } from './position.ts';
import type { Snapshot } from './snapshot.ts';

/** Edits of one document, which do not overlap. */
export interface DocumentEdits {
	readonly document: Snapshot;
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
 * @param versionOf the version of a document that is open in the client; `null` for a file
 * @param moves files that are moved afterwards, which only clients can be asked for that take versions
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
