import * as vscode from 'vscode';
import { TagClosingRequest } from '../../../server/src/protocol/editing.ts';
import { isArticle } from '../article/documents.ts';
import type { Server } from '../lsp/server.ts';
import { settingOf } from '../util/settings.ts';

/**
 * Inserts end tags in articles after `>` or `</` is typed, as computed by the server (setting `marginalia.autoClosingTags`).
 * Not implemented as on-type formatting, because that is off by default.
 */
export function registerTagClosing(server: Server, output: vscode.LogOutputChannel): vscode.Disposable {
	return vscode.workspace.onDidChangeTextDocument(event => {
		close(server, event).catch(error => output.warn('The end tag was not inserted', error));
	});
}

async function close(
	server: Server,
	{ document, contentChanges, reason }: vscode.TextDocumentChangeEvent,
): Promise<void> {
	const [change, ...others] = contentChanges;
	if (!isArticle(document) || !change || others.length > 0 || reason !== undefined) return;
	if (!/[>/]$/.test(change.text) || change.rangeLength > 0 || change.text.length > 1) return;
	const editor = vscode.window.activeTextEditor;
	if (editor?.document !== document || editor.selections.length > 1) return;
	if (!settingOf('marginalia.autoClosingTags', document)) return;
	const { version } = document;
	const position = change.range.start.translate(0, 1);
	const snippet = await server.request(TagClosingRequest, {
		textDocument: { uri: document.uri.toString() },
		position,
	});
	const isUnchanged = document.version === version && vscode.window.activeTextEditor === editor;
	if (!snippet || !isUnchanged) return;
	// An edit, because `insertSnippet` leaves the cursor after the text when the user has just typed there.
	const text = snippet.replace('$0', '');
	const inserted = await editor.edit(edit => edit.insert(position, text), {
		undoStopBefore: false,
		undoStopAfter: false,
	});
	if (inserted && snippet.startsWith('$0')) editor.selection = new vscode.Selection(position, position);
}
