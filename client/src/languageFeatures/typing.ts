import * as vscode from 'vscode';
import { detect } from '../../../server/src/article/detect.ts';
import { beginBlock, closeTag, leaveBlock, quoteValue, type TypedEdit } from '../../../server/src/article/typing.ts';
import { headText } from '../article/detection.ts';
import { isArticle } from '../article/documents.ts';
import { settingOf } from '../util/settings.ts';
import type { LateEdits } from './lateEdits.ts';

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
		const { document } = event;
		let moved = 0;
		for (const change of event.contentChanges.toSorted((a, b) => a.rangeOffset - b.rangeOffset)) {
			const start = change.rangeOffset + moved;
			moved += change.text.length - change.rangeLength;
			const { edits, allows } = consequence(document, start, change.text);
			// Lists have no tags.
			if (edits.length > 0 && detect(headText(document)) !== 'list') late.add(editor, edits, allows);
		}
	});
}

/** Whether a change was typed: one change at each cursor. */
function isTyped({ contentChanges, reason }: vscode.TextDocumentChangeEvent, editor: vscode.TextEditor): boolean {
	if (reason !== undefined || contentChanges.length !== editor.selections.length) return false;
	// The editor still has the selections before the change.
	return contentChanges.every(({ range }) => editor.selections.some(({ start }) => start.isEqual(range.start)));
}

const NONE: Consequence = { edits: [], allows: /$/ };

/** Returns what follows from a typed text. */
function consequence(document: vscode.TextDocument, start: number, typed: string): Consequence {
	const offset = start + typed.length;
	switch (typed) {
		case '>':
			if (!settingOf('marginalia.autoClosingTags', document)) return NONE;
			// A slash may begin the end tag.
			return { edits: closeTag(document.getText(), offset), allows: /^[^/]+$/ };
		case '/': {
			if (!settingOf('marginalia.autoClosingTags', document)) return NONE;
			// Whoever types on writes the name.
			return { edits: closeTag(document.getText(), offset), allows: /(?!)/ };
		}
		case '=':
		case '"':
			if (!settingOf('marginalia.autoCreateQuotes', document)) return NONE;
			return { edits: quoteValue(document.getText(), offset), allows: /^[^\s"'<>=]+$/ };
		default: {
			const [, toCursor = '', rest] = /^(\r?\n[ \t]*)(\r?\n[ \t]*)?$/.exec(typed) ?? [];
			if (toCursor === '' || !settingOf('marginalia.newBlockOnEnter', document)) return NONE;
			const text = document.getText();
			const left = leaveBlock(text, start, start + toCursor.length, offset);
			return { edits: left.length > 0 || rest !== undefined ? left : beginBlock(text, start, offset), allows: /^/ };
		}
	}
}
