import * as vscode from 'vscode';
import { detect } from '../../../server/src/article/detect.ts';
import { enterBlock } from '../../../server/src/article/enter.ts';
import { BREAK, breakLine, closeTag, quoteValue, type TypedEdit } from '../../../server/src/article/typing.ts';
import { headText } from '../article/detection.ts';
import { isArticle } from '../article/documents.ts';
import { settingOf } from '../util/settings.ts';
import type { LateEdits } from './lateEdits.ts';
import { combined, type EditedText, withEdits } from './typedEdits.ts';

/** What follows from a key, and what may be typed at the same place before it is inserted. */
interface Consequence {
	readonly edits: readonly TypedEdit[];
	readonly allows: RegExp;
}

/**
 * Completes what the user types in articles: end tags after `>` and `</`, quotes after `=`, and after Enter the next paragraph or list
 * item, or what follows the list. The text alone decides, so the server is not asked. Not implemented as on-type formatting, because that is off by default.
 */
export function registerTyping(late: LateEdits): vscode.Disposable {
	return vscode.workspace.onDidChangeTextDocument(event => {
		const editor = vscode.window.activeTextEditor;
		if (editor?.document !== event.document || !isArticle(event.document) || !isTyped(event, editor)) return;
		const { document, contentChanges } = event;
		// Lists have no tags.
		if (!contentChanges.some(({ text }) => FOLLOWED.test(text)) || detect(headText(document)) === 'list') return;
		const text = document.getText();
		if (contentChanges.length > 1) {
			let moved = 0;
			for (const change of contentChanges.toSorted((a, b) => a.rangeOffset - b.rangeOffset)) {
				const start = change.rangeOffset + moved;
				moved += change.text.length - change.rangeLength;
				const { edits, allows } = consequence(document, text, start, change.text);
				if (edits.length > 0) late.add(editor, edits, allows);
			}
			return;
		}
		const [{ rangeOffset = 0, text: typed = '' } = {}] = contentChanges;
		// What follows is the same whether what followed from the keys before has been inserted or not.
		const pending = late.pending(document);
		const before: EditedText = { text, cursor: rangeOffset + lengthToCursor(typed) };
		const after = withEdits(before, pending);
		const { edits, allows } = consequence(document, after.text, after.cursor - lengthToCursor(typed), typed);
		if (edits.length === 0) return;
		if (pending.length > 0) late.replace(editor, combined(before, pending, edits), allows);
		else late.add(editor, edits, allows);
	});
}

/** Whether a change was typed: one change at each cursor. */
function isTyped({ contentChanges, reason }: vscode.TextDocumentChangeEvent, editor: vscode.TextEditor): boolean {
	if (reason !== undefined || contentChanges.length !== editor.selections.length) return false;
	// The editor still has the selections before the change.
	return contentChanges.every(({ range }) => editor.selections.some(({ start }) => start.isEqual(range.start)));
}

const NONE: Consequence = { edits: [], allows: /$/ };

/** What something may follow from. */
const FOLLOWED = /^(?:[>/="]|<br>|\r?\n[ \t]*(?:\r?\n[ \t]*)?)$/;

/** Where the cursor is in a typed text: between two tags, editors put the end tag on a line of its own after it. */
function lengthToCursor(typed: string): number {
	return /^\r?\n[ \t]*/.exec(typed)?.[0].length ?? typed.length;
}

/** Returns what follows from a text that was typed at `start`. */
function consequence(document: vscode.TextDocument, text: string, start: number, typed: string): Consequence {
	const offset = start + typed.length;
	switch (typed) {
		case '>':
			if (!settingOf('marginalia.autoClosingTags', document)) return NONE;
			// A slash may begin the end tag.
			return { edits: closeTag(text, offset), allows: /^[^/]+$/ };
		case '/': {
			if (!settingOf('marginalia.autoClosingTags', document)) return NONE;
			// Whoever types on writes the name.
			return { edits: closeTag(text, offset), allows: /(?!)/ };
		}
		case '=':
		case '"':
			if (!settingOf('marginalia.autoCreateQuotes', document)) return NONE;
			return { edits: quoteValue(text, offset), allows: /^[^\s"'<>=]+$/ };
		case BREAK:
			return { edits: breakLine(text, offset), allows: /^/ };
		default: {
			if (!FOLLOWED.test(typed) || !settingOf('marginalia.newBlockOnEnter', document)) return NONE;
			return { edits: enterBlock(text, start, start + lengthToCursor(typed), offset), allows: /^/ };
		}
	}
}
