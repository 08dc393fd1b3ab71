import type { TextEdit as LspTextEdit, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from '../article/edits.ts';
import { type Span, span } from '../article/span.ts';

/** A span of the text as LSP gives it: lines and UTF-16 columns. */
export function toRange(document: TextDocument, { start, end }: Span): Range {
	return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** Edits of the text as LSP gives them. */
export function toLspEdits(document: TextDocument, edits: readonly TextEdit[]): LspTextEdit[] {
	return edits.map(({ span, newText }) => ({ range: toRange(document, span), newText }));
}

/** An LSP range as a span of the text; what lies outside the text is moved to its nearest place. */
export function toSpan(document: TextDocument, range: Range): Span {
	return span(document.offsetAt(range.start), document.offsetAt(range.end));
}
