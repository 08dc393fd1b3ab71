import type { TextEdit } from './edits.ts';
import { type Span, span } from './span.ts';

/** Composes edits: a text after several rounds of edits, as pieces of the original text and new text. */

/** A part of an edited text: new text, or a span of the original text. */
export type Piece = string | Span;

/** Applies edits to a text represented by pieces. */
export function applyToPieces(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
	const result: Piece[] = [];
	/** Offset in the text at which `rest` starts. */
	let at = 0;
	const rest = pieces.toReversed();
	const advance = (to: number, keep: boolean): void => {
		while (at < to) {
			const piece = rest.pop();
			if (piece === undefined) return;
			const length = typeof piece === 'string' ? piece.length : piece.end - piece.start;
			const used = Math.min(length, to - at);
			if (keep) result.push(cut(piece, 0, used));
			if (used < length) rest.push(cut(piece, used, length));
			at += used;
		}
	};
	for (const { span: place, newText } of edits) {
		advance(place.start, true);
		advance(place.end, false);
		if (newText !== '') result.push(newText);
	}
	advance(Number.POSITIVE_INFINITY, true);
	return result;
}

function cut(piece: Piece, start: number, end: number): Piece {
	return typeof piece === 'string' ? piece.slice(start, end) : span(piece.start + start, piece.start + end);
}

/** Computes the edits that turn the original text into a sequence of pieces. */
export function toEdits(text: string, pieces: readonly Piece[]): readonly TextEdit[] {
	const edits: TextEdit[] = [];
	let at = 0;
	let inserted = '';
	const close = (start: number): void => {
		if (inserted !== text.slice(at, start)) edits.push({ span: span(at, start), newText: inserted });
		inserted = '';
	};
	for (const piece of [...pieces, span(text.length, text.length)]) {
		if (typeof piece === 'string') {
			inserted += piece;
			continue;
		}
		close(piece.start);
		at = piece.end;
	}
	return edits;
}
