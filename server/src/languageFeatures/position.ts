import type { TextEdit as LspTextEdit, Range } from 'vscode-languageserver';
import type { TextEdit } from '../article/edits.ts';
import { type Span, span } from '../article/span.ts';
import type { Snapshot } from './snapshot.ts';

/** Converts a span to an LSP range. */
export function toRange({ lines }: Pick<Snapshot, 'lines'>, { start, end }: Span): Range {
	return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/** Converts text edits to LSP text edits. */
export function toLspEdits(document: Pick<Snapshot, 'lines'>, edits: readonly TextEdit[]): LspTextEdit[] {
	return edits.map(({ span, newText }) => ({ range: toRange(document, span), newText }));
}

/** Converts an LSP range to a span; positions outside the text are clamped. */
export function toSpan({ lines }: Pick<Snapshot, 'lines'>, range: Range): Span {
	return span(lines.offsetAt(range.start), lines.offsetAt(range.end));
}

/** An empty range at the start of a file, for results about the whole file. */
export const FILE_START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
