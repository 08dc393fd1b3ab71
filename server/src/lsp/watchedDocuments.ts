import {
	CodeActionKind,
	CodeActionRequest,
	DidChangeTextDocumentNotification,
	DidChangeWatchedFilesNotification,
	DidCloseTextDocumentNotification,
	DidOpenTextDocumentNotification,
	type Registration,
	TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { ClientSupport } from './capabilities.ts';
import { type RemoteClient, registrationOf } from './client.ts';

/**
 * Asks a client to report changes of files with certain names, on disk and in its editors, as far as it supports that.
 *
 * @param actions patterns of documents for which code actions are also requested
 */
export async function watchDocuments(
	remote: RemoteClient,
	client: ClientSupport,
	patterns: readonly string[],
	actions: readonly string[],
): Promise<void> {
	const registrations: Registration[] = [];
	if (client.watchesFiles) {
		const watchers = patterns.map(globPattern => ({ globPattern }));
		registrations.push(registrationOf(DidChangeWatchedFilesNotification.type, { watchers }));
	}
	if (client.opensMore) {
		const documentSelector = patterns.map(pattern => ({ pattern }));
		registrations.push(registrationOf(DidOpenTextDocumentNotification.type, { documentSelector }));
		const syncKind = TextDocumentSyncKind.Incremental;
		registrations.push(registrationOf(DidChangeTextDocumentNotification.type, { documentSelector, syncKind }));
		registrations.push(registrationOf(DidCloseTextDocumentNotification.type, { documentSelector }));
	}
	if (client.asksMoreActions) {
		const documentSelector = actions.map(pattern => ({ pattern }));
		const codeActionKinds = [CodeActionKind.QuickFix];
		registrations.push(registrationOf(CodeActionRequest.type, { documentSelector, codeActionKinds }));
	}
	if (registrations.length > 0) await remote.register(registrations);
}
