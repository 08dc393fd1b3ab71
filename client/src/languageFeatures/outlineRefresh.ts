import * as vscode from 'vscode';
import { OutlinesChangedNotification } from '../../../server/src/protocol/lifecycle.ts';
import { documentSelector } from '../article/documents.ts';
import type { Server } from '../lsp/server.ts';

/**
 * Requests the outlines of articles again when the server says so. VS Code keeps an outline while the text and its providers are the
 * same: so there is a provider without an outline, which is replaced.
 */
export function refreshOutlines(server: Server): vscode.Disposable {
	let provider: vscode.Disposable | undefined;
	const told = server.onNotification(OutlinesChangedNotification, () => {
		provider?.dispose();
		provider = vscode.languages.registerDocumentSymbolProvider(documentSelector(), {
			provideDocumentSymbols: () => [],
		});
	});
	return new vscode.Disposable(() => {
		told.dispose();
		provider?.dispose();
	});
}
