import * as vscode from 'vscode';
import { AnnotationsRequest } from '../../../server/src/protocol/annotations.ts';
import { readNote } from '../annotations/noteText.ts';
import { runOn } from '../annotations/run.ts';
import { askNote } from '../annotations/write.ts';
import type { Server } from '../lsp/server.ts';

/** A passage of an article, in offsets of its present text. */
export interface Passage {
	readonly uri: vscode.Uri;
	readonly start: number;
	readonly end: number;
	/** As it is read. */
	readonly text: string;
}

/** Marks a passage; what comes of it is seen in the article. */
export async function highlight(server: Server, passage: Passage): Promise<void> {
	await run(server, 'highlight', passage, {});
}

/** Asks for a note on a passage and writes it; nothing where the user thinks better of it. */
export async function addNote(server: Server, passage: Passage): Promise<void> {
	await askNote({ title: 'Add Note', about: passage.text }, said => run(server, 'add', passage, readNote(said)));
}

/** Where a note is to be looked at: itself where it stands in the text, else what it is about. */
export async function placeOfNote(server: Server, uri: vscode.Uri, id: string): Promise<vscode.Position | undefined> {
	const found = await server.request(AnnotationsRequest, { textDocument: { uri: uri.toString() } });
	const note = found?.notes.find(one => one.id === id);
	const start = note && (note.carrier === 'inline' ? note.location.range.start : note.anchor.ranges[0]?.start);
	return start && new vscode.Position(start.line, start.character);
}

/** Runs a command of the server on a passage; tells whether it was done. */
async function run(server: Server, command: string, { uri, ...passage }: Passage, what: object): Promise<boolean> {
	const document = await vscode.workspace.openTextDocument(uri);
	const [start, end] = [document.positionAt(passage.start), document.positionAt(passage.end)];
	return (await runOn(server)(command, { uri: uri.toString(), range: { start, end }, ...what })) !== undefined;
}
