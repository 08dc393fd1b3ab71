import * as vscode from 'vscode';
import { isArticle } from './documents.ts';

/** The editor of an article: the one with the focus, else one that is in sight. */
export function articleInSight(): vscode.TextEditor | undefined {
	const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
	return editors.find(editor => editor && isArticle(editor.document));
}

/** The editor of an article that has the focus, or had it last; says what one is needed for where there is none. */
export function activeArticle(purpose: string): vscode.TextEditor | undefined {
	const editor = vscode.window.activeTextEditor;
	if (editor && isArticle(editor.document)) return editor;
	tellToOpen(purpose);
	return undefined;
}

/** Says that something needs an article. */
export function tellToOpen(purpose: string): void {
	void vscode.window.showInformationMessage(`Open an article to ${purpose}.`);
}
