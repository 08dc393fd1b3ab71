import * as vscode from 'vscode';
import type { Offsets } from './offsets.ts';

/** Time in which an editor that was scrolled tells so, in milliseconds; what it tells then is no scroll of the user. */
const ECHO_MS = 400;

/** Time in which an editor that was just opened, as with its window, moves to where it was, in milliseconds. */
const SETTLING_MS = 1500;

/** The text editors of one article, as a reader scrolls with them. */
export interface Editors {
	/** Scrolls the editors to a place: the reader leads. */
	follow(offset: number): void;
	/** Puts the cursor there, in an editor that is in sight; opens one to go to it. */
	place(offset: number, focus: boolean): Promise<void>;
	/** Lets editors that were just opened find their places before they lead. */
	settle(): void;
	/** The place at the top of an editor that is in sight; `undefined` where there is none. */
	top(): number | undefined;
	dispose(): void;
}

/** What an editor tells: the place at its top, or that of its cursor. */
export type EditorListener = (offset: number, why: 'scroll' | 'cursor') => void;

/**
 * Watches the editors of a document.
 *
 * @param syncs whether scrolling is in step at all
 */
export function watchEditors(uri: vscode.Uri, syncs: () => boolean, listener: EditorListener): Editors {
	let quietUntil = 0;
	const isOurs = ({ document }: vscode.TextEditor): boolean => document.uri.toString() === uri.toString();
	const visible = (): readonly vscode.TextEditor[] => vscode.window.visibleTextEditors.filter(isOurs);
	const topOf = ({ document, visibleRanges }: vscode.TextEditor): number | undefined => {
		const start = visibleRanges[0]?.start;
		return start && document.offsetAt(start);
	};
	const listeners = [
		vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
			if (!isOurs(textEditor) || !syncs() || Date.now() < quietUntil) return;
			const top = topOf(textEditor);
			if (top !== undefined) listener(top, 'scroll');
		}),
		vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
			if (!isOurs(textEditor) || !syncs() || kind === undefined) return;
			// A cursor that the reader has put there.
			if (kind === vscode.TextEditorSelectionChangeKind.Command && Date.now() < quietUntil) return;
			listener(textEditor.document.offsetAt(textEditor.selection.active), 'cursor');
		}),
	];
	return {
		follow(offset) {
			if (!syncs()) return;
			quietUntil = Date.now() + ECHO_MS;
			for (const editor of visible()) {
				const at = editor.document.positionAt(offset);
				editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.AtTop);
			}
		},
		async place(offset, focus) {
			quietUntil = Date.now() + ECHO_MS;
			const [editor] = visible();
			if (!focus) {
				if (!editor || !syncs()) return;
				const at = editor.document.positionAt(offset);
				editor.selection = new vscode.Selection(at, at);
				editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
				return;
			}
			const document = editor?.document ?? (await vscode.workspace.openTextDocument(uri));
			const at = document.positionAt(offset);
			await vscode.window.showTextDocument(document, {
				selection: new vscode.Range(at, at),
				preview: false,
				...(editor?.viewColumn === undefined
					? { viewColumn: vscode.ViewColumn.One }
					: { viewColumn: editor.viewColumn }),
			});
		},
		settle() {
			quietUntil = Date.now() + SETTLING_MS;
		},
		top() {
			const [editor] = visible();
			return editor && topOf(editor);
		},
		dispose() {
			for (const one of listeners) one.dispose();
		},
	};
}

/** The changes of an event, for `Offsets`. */
export function recordChanges(offsets: Offsets, { document, contentChanges }: vscode.TextDocumentChangeEvent): void {
	offsets.changed(
		document.version,
		contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
			offset: rangeOffset,
			length: rangeLength,
			inserted: text.length,
		})),
	);
}
