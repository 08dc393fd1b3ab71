import * as vscode from 'vscode';
import { isArticle } from '../article/documents.ts';
import { isInMarkup } from '../article/markupPlace.ts';

/**
 * Sets the context key `marginalia.inMarkup`, whether the cursor is in a tag, a comment, a header or an entry. There, Enter accepts the first
 * suggestion. In prose it begins a new line, even if the last word is also the name of a tag: none of the suggestions is selected
 * there (`editor.suggest.selectionMode`). The key is set before suggestions for the same text are shown, since both come from here.
 *
 * Asks for suggestions after a space in markup, such as attributes. If a space triggered them everywhere, VS Code would ask for none for
 * the next word of prose while it waits for those.
 */
export function registerSuggestions(): vscode.Disposable {
	let last: boolean | undefined;
	const update = (editor = vscode.window.activeTextEditor): void => {
		const isIn =
			editor !== undefined && isArticle(editor.document) && isInMarkup(editor.document, editor.selection.active);
		if (isIn === last) return;
		last = isIn;
		void vscode.commands.executeCommand('setContext', 'marginalia.inMarkup', isIn);
	};
	return vscode.Disposable.from(
		vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
			if (textEditor === vscode.window.activeTextEditor) update(textEditor);
		}),
		vscode.window.onDidChangeActiveTextEditor(update),
		vscode.workspace.onDidChangeTextDocument(({ document, contentChanges: [change, ...others], reason }) => {
			if (change?.text !== ' ' || others.length > 0 || reason !== undefined || !isArticle(document)) return;
			if (vscode.window.activeTextEditor?.document !== document) return;
			if (!isInMarkup(document, change.range.start.translate(0, 1))) return;
			void vscode.commands.executeCommand('editor.action.triggerSuggest', { auto: true });
		}),
	);
}
