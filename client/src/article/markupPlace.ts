import { Position, Range, type TextDocument } from 'vscode';
import { endsInMarkup, MARKUP_LENGTH, MARKUP_LINES } from './inMarkup.ts';

/** Whether a position is in a tag, a comment, a header or an entry rather than in prose. */
export function isInMarkup(document: TextDocument, position: Position): boolean {
	const start =
		position.character > MARKUP_LENGTH
			? position.translate(0, -MARKUP_LENGTH)
			: new Position(Math.max(0, position.line - MARKUP_LINES), 0);
	return endsInMarkup(document.getText(new Range(start, position)));
}
