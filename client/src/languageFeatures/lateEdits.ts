import * as vscode from 'vscode';
import type { TypedEdit } from '../../../server/src/article/typing.ts';
import { changesOf } from '../util/offsets.ts';
import { followTyping } from './followTyping.ts';
import { extent, withEdits } from './typedEdits.ts';

/** Edits that belong together. */
interface Batch {
	edits: readonly TypedEdit[];
	/** What may be typed at their places until they are made. */
	readonly allows: RegExp;
}

/** Edits of a document that are not made yet. */
interface Waiting {
	readonly editor: vscode.TextEditor;
	batches: readonly Batch[];
	/** Settles when all are made or revoked. */
	ended?: Promise<void>;
}

/** Makes edits that follow from what the user types, while the user types on. */
export interface LateEdits extends vscode.Disposable {
	/**
	 * Makes edits as soon as the editor accepts them, as part of the current undo step. Until then they follow what is typed.
	 * @param allows what may be typed at their places until then; anything else revokes them
	 */
	add(editor: vscode.TextEditor, edits: readonly TypedEdit[], allows: RegExp): void;
	/** Makes edits instead of those that are not made yet. */
	replace(editor: vscode.TextEditor, edits: readonly TypedEdit[], allows: RegExp): void;
	/** Returns the edits of a document that are not made yet. */
	pending(document: vscode.TextDocument): readonly TypedEdit[];
	/** Waits until the edits of a document are made or revoked. */
	settled(document: vscode.TextDocument): Promise<void>;
}

/**
 * Has to be created before those who add edits listen to changes, since it follows each change first.
 *
 * The editor can be far away: in a remote window, keys that were typed meanwhile are not known here. So an edit is only valid
 * for the version of the text that it was computed for, which the editor checks, and is tried again for the next one. The selection
 * is never set, since the cursor may have moved.
 */
export function lateEdits(log: vscode.LogOutputChannel): LateEdits {
	const documents = new Map<vscode.TextDocument, Waiting>();

	async function flush(waiting: Waiting): Promise<void> {
		const { document } = waiting.editor;
		while (waiting.batches.length > 0) {
			const { version } = document;
			const sent = waiting.batches;
			const isMade = await make(waiting.editor, sent);
			// An editor that refuses the current version will always refuse.
			if (isMade || document.version === version)
				waiting.batches = waiting.batches.filter(batch => !sent.includes(batch));
		}
	}

	function changed(event: vscode.TextDocumentChangeEvent): void {
		const waiting = documents.get(event.document);
		if (!waiting || event.contentChanges.length === 0) return;
		const typed = event.contentChanges.map(({ text }) => text);
		const changes = changesOf(event).map((change, index) => ({ ...change, text: typed[index] ?? '' }));
		waiting.batches = waiting.batches.filter(batch => {
			const edits = event.reason === undefined ? followTyping(batch.edits, changes, batch.allows) : undefined;
			if (edits) batch.edits = edits;
			return edits !== undefined;
		});
	}

	const listener = vscode.workspace.onDidChangeTextDocument(changed);

	function put(editor: vscode.TextEditor, batches: readonly Batch[]): void {
		const waiting = documents.get(editor.document);
		if (waiting?.editor === editor) {
			waiting.batches = batches;
			return;
		}
		const begun: Waiting = { editor, batches };
		documents.set(editor.document, begun);
		begun.ended = flush(begun)
			// The editor was closed, or edits cannot be made together.
			.catch(error => log.warn('What follows from the typed text was not inserted', error))
			.finally(() => {
				if (documents.get(editor.document) === begun) documents.delete(editor.document);
			});
	}

	const batchesOf = (document: vscode.TextDocument): readonly Batch[] => documents.get(document)?.batches ?? [];
	return {
		add: (editor, edits, allows) => put(editor, [...batchesOf(editor.document), { edits, allows }]),
		replace: (editor, edits, allows) => put(editor, [{ edits, allows }]),
		pending: document => batchesOf(document).flatMap(({ edits }) => edits),
		settled: async document => await documents.get(document)?.ended,
		dispose: () => listener.dispose(),
	};
}

const IN_STEP = { undoStopBefore: false, undoStopAfter: false };

/** Makes edits unless the text has changed. Resolves to whether it did. */
async function make(editor: vscode.TextEditor, batches: readonly Batch[]): Promise<boolean> {
	const { document } = editor;
	const edits = batches.flatMap(batch => batch.edits);
	const at = (offset: number): vscode.Position => document.positionAt(offset);
	const others = edits.filter(edit => !isBehind(edit));
	// What was typed later is inside, so it ends first.
	const behind = new Map<number, string>();
	for (const { start, text } of edits.filter(isBehind)) behind.set(start, text + (behind.get(start) ?? ''));
	const last = document.lineAt(document.lineCount - 1).range.end;
	for (const offset of behind.keys()) {
		if (!at(offset).isEqual(last)) continue;
		// There is no character to put it in front of.
		return editor.selections.length > 1 || (await insertSnippet(editor, edits, offset));
	}
	return await editor.edit(builder => {
		for (const { start, end, text } of others) {
			if (start === end) builder.insert(at(start), text);
			else builder.replace(new vscode.Range(at(start), at(end)), (behind.get(start) ?? '') + text);
			if (start < end) behind.delete(start);
		}
		for (const [offset, text] of behind) {
			// An insertion at the cursor would move it. A replacement of what is behind the cursor does not.
			const start = at(offset);
			const end = start.isEqual(document.lineAt(start).range.end)
				? new vscode.Position(start.line + 1, 0)
				: at(offset + (isSurrogatePair(document, start) ? 2 : 1));
			const next = new vscode.Range(start, end);
			builder.replace(next, text + document.getText(next));
		}
	}, IN_STEP);
}

function isBehind({ start, end, first }: TypedEdit): boolean {
	return start === end && first === 'typed';
}

/** Makes edits around the cursor as a snippet, which sets the cursor. */
function insertSnippet(editor: vscode.TextEditor, edits: readonly TypedEdit[], cursor: number): Thenable<boolean> {
	const { document } = editor;
	const { start, end } = extent(edits);
	const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
	const moved = edits.map(edit => ({ ...edit, start: edit.start - start, end: edit.end - start }));
	const made = withEdits({ text: document.getText(range), cursor: cursor - start }, moved);
	const snippet = new vscode.SnippetString()
		.appendText(made.text.slice(0, made.cursor))
		.appendTabstop(0)
		.appendText(made.text.slice(made.cursor));
	return editor.insertSnippet(snippet, range, { ...IN_STEP, keepWhitespace: true });
}

function isSurrogatePair(document: vscode.TextDocument, { line, character }: vscode.Position): boolean {
	return (document.lineAt(line).text.codePointAt(character) ?? 0) > 0xffff;
}
