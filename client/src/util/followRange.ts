import * as vscode from 'vscode';
import { shiftPart, trimmed } from './offsets.ts';

/** A range that is updated as its document is edited. */
export interface FollowedRange extends vscode.Disposable {
	readonly range: vscode.Range;
}

/** Tracks a range of a document through edits. */
export function followRange(document: vscode.TextDocument, range: vscode.Range): FollowedRange {
	let text = document.getText();
	let part = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
	const listener = vscode.workspace.onDidChangeTextDocument(event => {
		if (event.document !== document) return;
		const changes = event.contentChanges.map(({ rangeOffset, rangeLength, text: inserted }) =>
			trimmed(text, rangeOffset, rangeLength, inserted),
		);
		part = shiftPart(part, changes);
		text = document.getText();
	});
	return {
		get range() {
			return new vscode.Range(document.positionAt(part.start), document.positionAt(part.end));
		},
		dispose: () => listener.dispose(),
	};
}
