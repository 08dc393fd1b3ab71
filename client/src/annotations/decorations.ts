import * as vscode from 'vscode';
import { isArticle } from '../article/documents.ts';
import { sharedRanges } from './overlaps.ts';
import { type DocumentNotes, isMereHighlight, type NoteView, toVscodeRange } from './protocol.ts';
import type { NoteStore } from './store.ts';

/** The styles of annotated text; `overlap` where several notes are about the same text. */
type Look = 'highlight' | 'note' | 'changed' | 'resolved' | 'overlap';

/** Decorates annotated text in editors. */
export function showDecorations(store: NoteStore): vscode.Disposable {
	const types = createTypes();
	const update = (editor: vscode.TextEditor): void => {
		const { document } = editor;
		const article = isArticle(document) ? store.get(document.uri) : undefined;
		const ranges = rangesOf(document, article);
		for (const [look, type] of Object.entries(types) as [Look, vscode.TextEditorDecorationType][])
			editor.setDecorations(type, ranges[look]);
	};
	const listeners = [
		store.onDidChange(uri => {
			for (const editor of vscode.window.visibleTextEditors)
				if (editor.document.uri.toString() === uri.toString()) update(editor);
		}),
		vscode.window.onDidChangeVisibleTextEditors(editors => editors.forEach(update)),
	];
	vscode.window.visibleTextEditors.forEach(update);
	return vscode.Disposable.from(...listeners, ...Object.values(types));
}

function createTypes(): Readonly<Record<Look, vscode.TextEditorDecorationType>> {
	const create = (color: string, borderStyle: string, ruler: boolean): vscode.TextEditorDecorationType =>
		vscode.window.createTextEditorDecorationType({
			backgroundColor: new vscode.ThemeColor(`marginalia.${color}Background`),
			borderColor: new vscode.ThemeColor(`marginalia.${color}Border`),
			borderStyle: `none none ${borderStyle} none`,
			borderWidth: '2px',
			rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
			...(ruler
				? {
						overviewRulerColor: new vscode.ThemeColor(`marginalia.${color}Border`),
						overviewRulerLane: vscode.OverviewRulerLane.Right,
					}
				: {}),
		});
	return {
		highlight: create('highlight', 'solid', true),
		note: create('note', 'solid', true),
		changed: create('changedNote', 'dashed', true),
		resolved: create('resolvedNote', 'dotted', false),
		overlap: create('overlappingNotes', 'double', false),
	};
}

function lookOf(note: NoteView): Exclude<Look, 'overlap'> {
	if (note.anchor.state === 'changed') return 'changed';
	if (note.resolved) return 'resolved';
	return isMereHighlight(note) ? 'highlight' : 'note';
}

/** Returns the ranges of all notes, by style. */
function rangesOf(document: vscode.TextDocument, article: DocumentNotes | undefined): Record<Look, vscode.Range[]> {
	const ranges: Record<Look, vscode.Range[]> = { highlight: [], note: [], changed: [], resolved: [], overlap: [] };
	const parts: { readonly start: number; readonly end: number }[] = [];
	for (const note of article?.notes ?? [])
		for (const range of note.anchor.ranges.map(toVscodeRange)) {
			ranges[lookOf(note)].push(range);
			parts.push({ start: document.offsetAt(range.start), end: document.offsetAt(range.end) });
		}
	for (const { start, end } of sharedRanges(parts))
		ranges.overlap.push(new vscode.Range(document.positionAt(start), document.positionAt(end)));
	return ranges;
}
