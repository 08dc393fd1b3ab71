import type { Span } from './span.ts';

/** A change of one place of a text. */
export interface TextEdit {
	readonly span: Span;
	readonly newText: string;
}

/** The text after edits, which are in its order and do not overlap. */
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
