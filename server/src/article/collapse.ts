import type { Replacement } from './edits.ts';
import { lineBreakOf } from './lines.ts';
import { span } from './span.ts';

/**
 * What the writer of articles does with a body: split at `\n`, trim each line by JavaScript's `\s`, join with nothing; then
 * the line break that ends the file. Edits of white space alone, in the order of the text, one a place.
 *
 * @param bodyStart where the body starts; what is before stays
 */
export function collapseEdits(text: string, bodyStart: number): readonly Replacement[] {
	const edits: Replacement[] = [];
	const end = trimEnd(text, bodyStart, text.length);
	if (end === bodyStart) return text.length > end ? [{ span: span(end, text.length), newText: '' }] : [];
	const first = trimStart(text, bodyStart, end);
	if (first > bodyStart) edits.push({ span: span(bodyStart, first), newText: '' });
	for (let at = text.indexOf('\n', first); at !== -1 && at < end; at = text.indexOf('\n', at)) {
		const from = trimEnd(text, first, at);
		at = trimStart(text, at, end);
		edits.push({ span: span(from, at), newText: '' });
	}
	const lineBreak = lineBreakOf(text);
	const kept = text.startsWith(lineBreak, end) ? lineBreak.length : 0;
	if (kept === 0) edits.push({ span: span(end, text.length), newText: lineBreak });
	else if (end + kept < text.length) edits.push({ span: span(end + kept, text.length), newText: '' });
	return edits;
}

/** The end of `[start, end)` of a text without the white space at its end, as `String.trim` understands it. */
function trimEnd(text: string, start: number, end: number): number {
	while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
	return end;
}

/** The start of `[start, end)` of a text without the white space at its start. */
function trimStart(text: string, start: number, end: number): number {
	while (start < end && isSpace(text.charCodeAt(start))) start++;
	return start;
}

/** JavaScript's `\s`. */
function isSpace(code: number): boolean {
	if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13);
	return code >= 0xa0 && /\s/.test(String.fromCharCode(code));
}
