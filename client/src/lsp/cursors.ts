import { window } from 'vscode';
import type { BaseLanguageClient, Position } from 'vscode-languageclient';
import { CursorsRequest } from '../../../server/src/protocol/editing.ts';
import { onRequest } from '../../../server/src/protocol/method.ts';

/** Answers the server's requests for the cursors in a document. */
export function tellCursors(client: BaseLanguageClient): void {
	onRequest(client, CursorsRequest, ({ textDocument: { uri } }) => cursorsIn(uri));
}

/** The cursors in a document: those of the active editor, or of all that show it. */
export function cursorsIn(uri: string): readonly Position[] {
	const editors = window.visibleTextEditors.filter(({ document }) => document.uri.toString() === uri);
	const active = editors.find(editor => editor === window.activeTextEditor);
	return (active ? [active] : editors)
		.flatMap(({ selections }) => selections)
		.map(({ active: { line, character } }) => ({ line, character }));
}
