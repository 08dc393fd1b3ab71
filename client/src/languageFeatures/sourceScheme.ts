import * as vscode from 'vscode';
import { isArticle } from '../article/documents.ts';
import { schemeBefore } from '../util/webAddress.ts';

/**
 * Removes the scheme that a new header has for the URL of its source, after a URL with its own scheme was pasted behind it. An edit
 * afterwards, since a paste edit would end the snippet of the header.
 */
export function registerSourceScheme(output: vscode.LogOutputChannel): vscode.Disposable {
	return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
		const [change, ...others] = contentChanges;
		if (!change || others.length > 0 || reason !== undefined || !isArticle(document)) return;
		const { line, character } = change.range.start;
		const scheme = schemeBefore(document.lineAt(line).text, character, change.text);
		const editor = vscode.window.visibleTextEditors.find(one => one.document === document);
		if (scheme === 0 || !editor) return;
		const before = new vscode.Range(line, character - scheme, line, character);
		// Not applied if the text has changed in the meantime.
		editor
			.edit(edit => edit.delete(before), { undoStopBefore: false, undoStopAfter: false })
			.then(undefined, error => output.warn('The scheme was not removed', error));
	});
}
