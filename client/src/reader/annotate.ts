import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { readNote } from './noteText.ts';

/** A passage of an article, in offsets of its present text. */
export interface Passage {
	readonly uri: vscode.Uri;
	readonly start: number;
	readonly end: number;
	/** As it is read. */
	readonly text: string;
}

/** What the server's commands for notes answer. */
type Outcome = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly message: string };

/** A note as `marginalia/annotations` answers it, as far as it matters here. */
interface NotePlace {
	readonly id: string;
	readonly carrier: 'inline' | 'sidecar';
	readonly anchor: { readonly ranges: readonly { readonly start: vscode.Position }[] };
	readonly location: { readonly range: { readonly start: vscode.Position } };
}

/** As much of a passage, in UTF-16 units, as is shown when its note is asked for. */
const LONGEST = 60;

/** Marks a passage; what comes of it is seen in the article. */
export function highlight(server: Server, passage: Passage): Promise<void> {
	return run(server, 'highlight', passage, {});
}

/** Asks for a note on a passage and writes it; nothing where the user thinks better of it. */
export async function addNote(server: Server, passage: Passage): Promise<void> {
	const { text } = passage;
	const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
	const said = await vscode.window.showInputBox({
		title: 'Add Note',
		prompt: `On “${shown.replace(/\s+/g, ' ')}”`,
		placeHolder: 'question: Who says so? #sources',
		ignoreFocusOut: true,
	});
	if (said === undefined || said.trim() === '') return;
	await run(server, 'add', passage, readNote(said));
}

/** Where a note is to be looked at: itself where it stands in the text, else what it is about. */
export async function placeOfNote(server: Server, uri: vscode.Uri, id: string): Promise<vscode.Position | undefined> {
	const found = await server.request<{ readonly notes: readonly NotePlace[] } | null>('marginalia/annotations', {
		textDocument: { uri: uri.toString() },
	});
	const note = found?.notes.find(one => one.id === id);
	const start = note && (note.carrier === 'inline' ? note.location.range.start : note.anchor.ranges[0]?.start);
	return start && new vscode.Position(start.line, start.character);
}

async function run(server: Server, command: string, passage: Passage, what: object): Promise<void> {
	const document = await vscode.workspace.openTextDocument(passage.uri);
	const [start, end] = [document.positionAt(passage.start), document.positionAt(passage.end)];
	const outcome = await server.request<Outcome>('workspace/executeCommand', {
		command: `marginalia.annotations.${command}`,
		arguments: [{ uri: passage.uri.toString(), range: { start, end }, ...what }],
	});
	if (outcome?.kind === 'refused') void vscode.window.showErrorMessage(outcome.message);
}
