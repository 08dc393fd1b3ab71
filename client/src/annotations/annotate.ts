import * as vscode from 'vscode';
import { FORM_COMMANDS, LENS_COMMANDS } from '../../../server/src/protocol/commands.ts';
import { activeArticle } from '../article/editors.ts';
import { LONG_LINE } from '../util/longLine.ts';
import { addNote, addNoteOnArticle, highlight, saveNote } from './addNote.ts';
import type { Way } from './askNote.ts';
import type { Notes } from './change.ts';
import type { Done } from './runCommand.ts';

const EXPAND: Way = {
	iconPath: new vscode.ThemeIcon('unfold'),
	tooltip: 'Expand the article and write next to the text',
	command: FORM_COMMANDS.expand,
};
const READ: Way = {
	iconPath: new vscode.ThemeIcon('open-preview'),
	tooltip: 'Open the reader and write there',
	command: LENS_COMMANDS.openReader,
};

/**
 * `Annotate Selection`: opens a new thread at the selection. On a long line, or a line that already has a thread, asks for the note
 * in a quick input. Without a selection, the note is about the line or, in the header, about the whole article.
 */
export async function annotateSelection(notes: Notes): Promise<void> {
	const editor = activeArticle('annotate it');
	if (!editor) return;
	const { document, selection } = editor;
	const isLong = [selection.start, selection.end].some(({ line }) => document.lineAt(line).text.length > LONG_LINE);
	if (isLong && selection.isEmpty) {
		void vscode.window.showInformationMessage('Select the text that the note is about.');
	} else if (isLong || notes.threads.isOn(document.uri, selection.end.line)) {
		const range = wholeLines(document, selection);
		const text = document.getText(range).replace(/<[^>]*>/g, '');
		showThread(notes, document.uri, await addNote(notes, { document, range, text }, isLong ? [EXPAND, READ] : []));
	} else await vscode.commands.executeCommand('workbench.action.addComment');
}

/** `Annotate Whole Article`: asks for a note on the whole article. */
export async function annotateArticle(notes: Notes): Promise<void> {
	const editor = activeArticle('annotate it');
	if (!editor) return;
	const { uri } = editor.document;
	showThread(notes, uri, await addNoteOnArticle(notes, uri));
}

/** `Highlight Selection`. */
export async function highlightSelection(notes: Notes): Promise<void> {
	const editor = activeArticle('annotate it');
	if (!editor) return;
	const { document, selection } = editor;
	if (selection.isEmpty) {
		void vscode.window.showInformationMessage('Select the text to highlight.');
		return;
	}
	await highlight(notes, { document, range: selection });
}

/** `Add Note` in a new thread. If the note is rejected, the thread stays open so that the user can correct it. */
export async function createNote(notes: Notes, { thread, text }: vscode.CommentReply): Promise<void> {
	const document = await vscode.workspace.openTextDocument(thread.uri);
	const done = await saveNote(notes, thread.uri, thread.range && wholeLines(document, thread.range), text);
	if (!done) return;
	thread.dispose();
	showThread(notes, thread.uri, done);
}

/** Expands the thread of a new note. */
function showThread({ threads }: Notes, uri: vscode.Uri, done: Done | undefined): void {
	if (done?.id !== undefined) threads.expand(uri, done.id);
}

/** Returns a range, or its whole line if it is empty. */
function wholeLines(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
	return range.isEmpty ? document.lineAt(range.start.line).range : range;
}
