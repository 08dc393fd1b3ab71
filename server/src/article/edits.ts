import type { Span } from './span.ts';

/** A replacement of one span of a text. */
export interface TextEdit {
	readonly span: Span;
	readonly newText: string;
}

/** Applies edits to a text. The edits must be in text order and must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
	const parts: string[] = [];
	let from = 0;
	for (const { span, newText } of edits) {
		parts.push(text.slice(from, span.start), newText);
		from = span.end;
	}
	parts.push(text.slice(from));
	return parts.join('');
}
