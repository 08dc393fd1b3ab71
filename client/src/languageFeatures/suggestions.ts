import * as vscode from 'vscode';
import { isArticle } from '../article/documents.ts';
import { isInMarkup } from '../article/markupPlace.ts';
import type { LateEdits } from './lateEdits.ts';

/**
 * Sets the context key `marginalia.inMarkup`, whether the cursor is in a tag, a comment, a header or an entry. There, Enter accepts the first
 * suggestion. In prose it begins a new line, even if the last word is also the name of a tag: none of the suggestions is selected
 * there (`editor.suggest.selectionMode`). The key is set before suggestions for the same text are shown, since both come from here.
 *
 * Asks for suggestions after a space in markup, such as attributes. If a space triggered them everywhere, VS Code would ask for none for
 * the next word of prose while it waits for those. Asks again when quotes have been inserted around the cursor or taken out, since VS Code
 * drops its suggestions at an edit that was not typed.
 *
 * Has to be registered after those who add edits.
 */
export function registerSuggestions(late: LateEdits): vscode.Disposable {
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
		vscode.workspace.onDidChangeTextDocument(async ({ document, contentChanges: [change, ...others], reason }) => {
			if (!change || !/^[ ="]$/.test(change.text) || others.length > 0 || reason !== undefined) return;
			if (!isArticle(document)) return;
			if (change.text !== ' ') {
				if (late.pending(document).length === 0) return;
				await late.settled(document);
			}
			const editor = vscode.window.activeTextEditor;
			if (editor?.document !== document) return;
			// The editor still has the selection before a space.
			const position = change.text === ' ' ? change.range.start.translate(0, 1) : editor.selection.active;
			if (!isInMarkup(document, position)) return;
			void vscode.commands.executeCommand('editor.action.triggerSuggest', { auto: true });
		}),
	);
}
