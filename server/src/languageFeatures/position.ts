import type { TextEdit as LspTextEdit, Range } from 'vscode-languageserver';
import type { TextEdit } from '../article/edits.ts';
import { type Span, span } from '../article/span.ts';
import type { Snapshot } from './snapshot.ts';

/** A span of the text as LSP gives it: lines and UTF-16 columns. */
export function toRange({ lines }: Pick<Snapshot, 'lines'>, { start, end }: Span): Range {
	return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/** Edits of the text as LSP gives them. */
export function toLspEdits(document: Pick<Snapshot, 'lines'>, edits: readonly TextEdit[]): LspTextEdit[] {
	return edits.map(({ span, newText }) => ({ range: toRange(document, span), newText }));
}

/** An LSP range as a span of the text; what lies outside the text is moved to its nearest place. */
export function toSpan({ lines }: Pick<Snapshot, 'lines'>, range: Range): Span {
	return span(lines.offsetAt(range.start), lines.offsetAt(range.end));
}

/** The start of a file, for what is about all of it. */
export const FILE_START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
