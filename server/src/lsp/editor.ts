import type { Connection, TextDocumentEdit, TextDocuments, WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { AnnotationSettings, DocumentEdit, Editor } from '../features/annotations/editor.ts';
import { toRange } from '../features/position.ts';
import type { Client } from './capabilities.ts';

/** The editor at the other end of a connection. `client` is asked for each call, since it is known only once initialized. */
export function createEditor(
	connection: Connection,
	documents: TextDocuments<TextDocument>,
	client: () => Client,
): Editor {
	return {
		document: uri => documents.get(uri),
		async apply(label, edits) {
			const edit = toWorkspaceEdit(edits, documents, client().codeActions?.versionedEdits === true);
			const { applied, failureReason } = await connection.workspace.applyEdit({ label, edit });
			return applied ? undefined : (failureReason ?? 'the editor gave no reason');
		},
		async settings(uri) {
			if (!client().configures) return readSettings(undefined);
			return readSettings(
				await connection.workspace.getConfiguration({ scopeUri: uri, section: 'marginalia.annotations' }),
			);
		},
	};
}

function toWorkspaceEdit(
	edits: readonly DocumentEdit[],
	documents: TextDocuments<TextDocument>,
	versioned: boolean,
): WorkspaceEdit {
	const changes = edits.map(({ document, edits: its }): TextDocumentEdit => {
		const { uri } = document;
		const version = documents.get(uri) ? document.version : null;
		return {
			textDocument: { uri, version },
			edits: its.map(({ span, newText }) => ({ range: toRange(document, span), newText })),
		};
	});
	if (versioned) return { documentChanges: changes };
	return {
		changes: Object.fromEntries(changes.map(({ textDocument, edits: its }) => [textDocument.uri, its as never])),
	};
}

function readSettings(given: unknown): AnnotationSettings {
	const settings: Record<string, unknown> = typeof given === 'object' && given !== null ? { ...given } : {};
	const { author, carrier } = settings;
	return {
		author: typeof author === 'string' ? author : undefined,
		carrier: carrier === 'inline' ? 'inline' : 'sidecar',
	};
}
