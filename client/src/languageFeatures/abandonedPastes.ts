import * as vscode from 'vscode';
import { isRecord } from '../../../server/src/util/value.ts';
import type { LateEdits } from './lateEdits.ts';

/** How long after a paste the user can type on, in milliseconds. */
const LIMIT_MS = 5000;

/** What was in the clipboard of a paste, other than files. */
export interface PastedText {
	readonly text: string;
	/** Metadata of text from an editor, as JSON. */
	readonly editorData: string | undefined;
}

interface StartedPaste {
	readonly editor: vscode.TextEditor;
	readonly pasted: Promise<PastedText>;
	/** The offset of what is replaced. */
	readonly start: number;
	readonly time: number;
}

/**
 * Inserts what VS Code loses: it asks extensions for pastes, and abandons a paste when the user types on before they have answered.
 * The text is inserted in front of what was typed.
 */
export interface AbandonedPastes extends vscode.Disposable {
	/** Has to be called at once when VS Code asks for a paste, since the next change can come with the same message. */
	began(document: vscode.TextDocument, range: vscode.Range, pasted: Promise<PastedText>): void;
}

/** `late` has to be created before, so that it sees each change first. */
export function abandonedPastes(late: LateEdits): AbandonedPastes {
	const started = new Map<vscode.TextDocument, StartedPaste>();
	const listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
		const paste = started.get(document);
		const [change, ...others] = contentChanges;
		// The first change afterwards is either the paste or what ended it.
		if (!paste || !change || !started.delete(document)) return;
		if (others.length > 0 || reason !== undefined || Date.now() - paste.time > LIMIT_MS) return;
		if (!isKey(change.text) || change.rangeOffset !== paste.start) return;
		const line = document.offsetAt(document.positionAt(paste.start).with({ character: 0 }));
		void paste.pasted.then(({ text, editorData }) => {
			if (text === '' || sameLines(change.text) === sameLines(text)) return;
			const start = hasLines(editorData) ? line : paste.start;
			late.add(paste.editor, [{ start, end: start, text, first: 'edit' }], /^/);
		});
	});
	return {
		began(document, range, pasted) {
			const editor = vscode.window.activeTextEditor;
			if (editor?.document !== document) return;
			started.set(document, { editor, pasted, start: document.offsetAt(range.start), time: Date.now() });
		},
		dispose: () => listener.dispose(),
	};
}

/** Whether an inserted text is that of a single key: a character, a pair of brackets or quotes, or a line break with indentation. */
function isKey(text: string): boolean {
	return /^(?:.|["'([{<「『《〈（【“‘].|\r?\n[ \t]*)$/u.test(text);
}

function sameLines(text: string): string {
	return text.replace(/\r\n?/g, '\n');
}

/** Whether text from an editor was copied without a selection, as the whole line. */
function hasLines(editorData: string | undefined): boolean {
	if (editorData === undefined) return false;
	try {
		const data: unknown = JSON.parse(editorData);
		return isRecord(data) && data.isFromEmptySelection === true;
	} catch {
		// Not from VS Code.
		return false;
	}
}
