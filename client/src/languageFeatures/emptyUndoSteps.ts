import * as vscode from 'vscode';
import type { LateEdits, MadeEdits } from './lateEdits.ts';

/** The most texts of a document that are kept. */
const MOST_TEXTS = 20;

interface History {
	/** The text after what was last inserted for the user. */
	completed?: string;
	/** The texts that a step leads to and from: what was typed, and its removal. */
	unchanged: readonly string[];
	/** The texts that a correction led to. */
	corrected: readonly string[];
	/** The next step of Undo or Redo is one to go beyond. */
	next?: 'undo' | 'redo' | undefined;
	/** The version of the document that this is about. */
	version: number;
}

/**
 * Sets the context keys `marginalia.emptyUndo` and `marginalia.emptyRedo`, with which Undo and Redo go one step further, where the next
 * step changes nothing. Whoever types on after a completed `</b>` or `href=""` has the typed text taken out again. VS Code begins an
 * undo step after each edit of an extension, so both together are a step without effect. VS Code does not announce that such a step
 * is undone, so whoever undoes it alone, as by the menu, undoes two steps with the next key. Undo of a correction goes one step further
 * as well, so that what was corrected is not seen again: the `<br>` that Shift+Enter inserts also in a comment.
 */
export function registerEmptyUndoSteps(late: LateEdits): vscode.Disposable {
	const histories = new WeakMap<vscode.TextDocument, History>();
	let shown: History['next'];

	function show(document: vscode.TextDocument): void {
		if (document !== vscode.window.activeTextEditor?.document) return;
		const next = histories.get(document)?.next;
		if (next === shown) return;
		shown = next;
		void vscode.commands.executeCommand('setContext', 'marginalia.emptyUndo', next === 'undo');
		void vscode.commands.executeCommand('setContext', 'marginalia.emptyRedo', next === 'redo');
	}

	function made({ document, isCorrection }: MadeEdits): void {
		const text = document.getText();
		const { completed, unchanged = [], corrected = [] } = histories.get(document) ?? {};
		const isEmpty = text === completed && !isCorrection;
		histories.set(document, {
			completed: text,
			unchanged: isEmpty ? [...unchanged, text].slice(-MOST_TEXTS) : unchanged,
			corrected: isCorrection ? [...corrected, text].slice(-MOST_TEXTS) : corrected,
			next: isEmpty || isCorrection ? 'undo' : undefined,
			version: document.version,
		});
		show(document);
	}

	function changed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
		const history = histories.get(document);
		if (!history || contentChanges.length === 0 || history.version === document.version) return;
		history.version = document.version;
		const isUndo = reason === vscode.TextDocumentChangeReason.Undo;
		const steps = isUndo ? [...history.unchanged, ...history.corrected] : history.unchanged;
		const isAtStep = reason !== undefined && steps.includes(document.getText());
		history.next = isAtStep ? (isUndo ? 'undo' : 'redo') : undefined;
		show(document);
	}

	return vscode.Disposable.from(
		late.onDidMake(made),
		vscode.workspace.onDidChangeTextDocument(changed),
		vscode.window.onDidChangeActiveTextEditor(editor => editor && show(editor.document)),
	);
}
