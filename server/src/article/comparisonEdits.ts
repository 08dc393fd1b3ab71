import { diffArrays } from 'diff';
import { parseArticle } from './article.ts';
import { comparisonForm, originalOffset } from './comparisonForm.ts';
import { applyEdits, type TextEdit } from './edits.ts';
import { collapse, collapsing, expand, expansion } from './format.ts';
import { applyToPieces, toEdits } from './pieces.ts';
import { span } from './span.ts';

/** How many lines may differ before all between the first and the last one counts as changed. */
const MAX_CHANGED_LINES = 2_000;

/** The indentations by which an expanded article is recognised. */
const INDENTS = ['\t', '  ', '    ', ''];

/**
 * Returns the edits of an article that correspond to those of its comparison form, with blank lines, in text order. What was
 * not edited stays as it is, byte for byte. An article in one of the two forms keeps that form, so that line breaks that
 * were typed between blocks have no effect.
 *
 * @param edited the comparison form of the article after it was edited
 */
export function comparisonEdits(text: string, edited: string): readonly TextEdit[] {
	const form = comparisonForm(text, { blankLines: true });
	const edits = lineEdits(form.text, edited).map(({ span: place, newText }) => ({
		span: span(originalOffset(form, place.start), originalOffset(form, place.end)),
		newText,
	}));
	const made = applyEdits(text, edits);
	if (made === text) return [];
	const article = parseArticle(made);
	const indent = INDENTS.find(one => expand(text, one) === text);
	const restored =
		collapse(text) === text ? collapsing(article) : indent === undefined ? [] : expansion(article, indent);
	return toEdits(text, applyToPieces(applyToPieces([span(0, text.length)], edits), restored));
}

/** Returns the edits that turn a text into another: one for each run of lines that differ, without what they share. */
function lineEdits(before: string, after: string): readonly TextEdit[] {
	const lines = (text: string): string[] => text.split(/(?<=\n)/);
	const parts = diffArrays(lines(before), lines(after), { maxEditLength: MAX_CHANGED_LINES });
	if (!parts) return [difference(0, before, after)];
	const edits: TextEdit[] = [];
	let at = 0;
	let [removed, added] = ['', ''];
	const close = (): void => {
		if (removed !== added) edits.push(difference(at - removed.length, removed, added));
		[removed, added] = ['', ''];
	};
	for (const part of parts) {
		const value = part.value.join('');
		if (part.added) added += value;
		else {
			if (!part.removed) close();
			at += value.length;
			if (part.removed) removed += value;
		}
	}
	close();
	return edits;
}

/** Returns the edit that turns `old`, which starts at `start`, into `made`, without what they share at both ends. */
function difference(start: number, old: string, made: string): TextEdit {
	const shorter = Math.min(old.length, made.length);
	let head = 0;
	while (head < shorter && old[head] === made[head]) head++;
	if (isHighSurrogate(old, head - 1)) head--;
	let tail = 0;
	while (tail < shorter - head && old[old.length - 1 - tail] === made[made.length - 1 - tail]) tail++;
	if (tail > 0 && isHighSurrogate(old, old.length - tail - 1)) tail--;
	return { span: span(start + head, start + old.length - tail), newText: made.slice(head, made.length - tail) };
}

function isHighSurrogate(text: string, at: number): boolean {
	return at >= 0 && (text.charCodeAt(at) & 0xfc00) === 0xd800;
}
