import {
	BulkRegistration,
	CodeActionKind,
	CodeActionRequest,
	type Connection,
	DidChangeTextDocumentNotification,
	DidChangeWatchedFilesNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Client } from './capabilities.ts';

/**
 * Asks a client to tell of files with certain names that change, on disk and in its editors, as far as it can.
 *
 * @param actions patterns of those for which it is also to ask for code actions
 */
export async function watchDocuments(
	connection: Connection,
	client: Client,
	patterns: readonly string[],
	actions: readonly string[],
): Promise<void> {
	const registration = BulkRegistration.create();
	if (client.watchesFiles) {
		const watchers = patterns.map(globPattern => ({ globPattern }));
		registration.add(DidChangeWatchedFilesNotification.type, { watchers });
	}
	if (client.opensMore) {
		const documentSelector = patterns.map(pattern => ({ pattern }));
		registration.add(DidOpenTextDocumentNotification.type, { documentSelector });
		registration.add(DidChangeTextDocumentNotification.type, {
			documentSelector,
			syncKind: TextDocumentSyncKind.Incremental,
		});
		registration.add(DidCloseTextDocumentNotification.type, { documentSelector });
	}
	if (client.asksMoreActions) {
		const documentSelector = actions.map(pattern => ({ pattern }));
		registration.add(CodeActionRequest.type, { documentSelector, codeActionKinds: [CodeActionKind.QuickFix] });
	}
	if (client.watchesFiles || client.opensMore || client.asksMoreActions) await connection.client.register(registration);
}
