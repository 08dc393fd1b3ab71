import * as vscode from 'vscode';
import { addNote, highlight } from '../annotations/addNote.ts';
import type { Notes } from '../annotations/change.ts';

/** Highlights a range of an article, given as offsets in its current text, or asks for a note on it. */
export async function annotatePassage(
	action: 'highlight' | 'note',
	notes: Notes,
	uri: vscode.Uri,
	{ start, end, text }: { readonly start: number; readonly end: number; readonly text: string },
): Promise<void> {
	const document = await vscode.workspace.openTextDocument(uri);
	const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
	await (action === 'highlight' ? highlight : addNote)(notes, { document, range, text });
}

/** Returns where to show a note in the article: the note itself if it is inline, else the annotated text. */
export async function placeOfNote({ store }: Notes, uri: vscode.Uri, id: string): Promise<vscode.Position | undefined> {
	await store.refresh(uri);
	const note = store.find(uri, id)?.note;
	const start = note && (note.carrier === 'inline' ? note.location.range.start : note.anchor.ranges[0]?.start);
	return start && new vscode.Position(start.line, start.character);
}
