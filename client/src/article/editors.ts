import * as vscode from 'vscode';
import { isArticle } from './documents.ts';

/** Returns an editor with an article: the active one, else a visible one. */
export function articleInSight(): vscode.TextEditor | undefined {
	const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
	return editors.find(editor => editor && isArticle(editor.document));
}

/** Returns the active editor if it has an article; otherwise shows a message with the purpose for which one is needed. */
export function activeArticle(purpose: string): vscode.TextEditor | undefined {
	const editor = vscode.window.activeTextEditor;
	if (editor && isArticle(editor.document)) return editor;
	tellToOpen(purpose);
	return undefined;
}

/** Shows a message that an article must be open. */
export function tellToOpen(purpose: string): void {
	void vscode.window.showInformationMessage(`Open an article to ${purpose}.`);
}
