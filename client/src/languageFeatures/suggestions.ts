import * as vscode from 'vscode';
import { isArticle } from '../article/documents.ts';
import { endsInMarkup, MARKUP_LENGTH, MARKUP_LINES } from './inMarkup.ts';

/**
 * Sets the context key `marginalia.inMarkup`, whether the cursor is in a tag, a comment, a header or an entry. There, Enter accepts the first
 * suggestion. In prose it begins a new line, even if the last word is also the name of a tag: none of the suggestions is selected
 * there (`editor.suggest.selectionMode`). The key is set before suggestions for the same text are shown, since both come from here.
 */
export function registerSuggestions(): vscode.Disposable {
	let last: boolean | undefined;
	const update = (editor = vscode.window.activeTextEditor): void => {
		const isIn = editor !== undefined && isArticle(editor.document) && isInMarkup(editor);
		if (isIn === last) return;
		last = isIn;
		void vscode.commands.executeCommand('setContext', 'marginalia.inMarkup', isIn);
	};
	return vscode.Disposable.from(
		vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
			if (textEditor === vscode.window.activeTextEditor) update(textEditor);
		}),
		vscode.window.onDidChangeActiveTextEditor(update),
	);
}

function isInMarkup({ document, selection: { active } }: vscode.TextEditor): boolean {
	const start =
		active.character > MARKUP_LENGTH
			? active.translate(0, -MARKUP_LENGTH)
			: new vscode.Position(Math.max(0, active.line - MARKUP_LINES), 0);
	return endsInMarkup(document.getText(new vscode.Range(start, active)));
}
