import assert from 'node:assert/strict';
import { type Kinds, NOTE_KINDS } from '../../../../server/src/annotations/kinds.ts';
import { parseDocument } from '../../../../server/src/article/article.ts';
import { applyEdits } from '../../../../server/src/article/edits.ts';
import type { Span } from '../../../../server/src/article/span.ts';
import { markupEdits } from '../../../../server/src/languageFeatures/markupEdits/markupEdits.ts';
import type { MarkupName } from '../../../../server/src/protocol/editing.ts';
import { HEAD } from '../harness.ts';

/** A text with its selections. */
export interface Selected {
	readonly text: string;
	readonly selections: readonly Span[];
}

/** Reads selections from a body: `[…]` in tree brackets `⟦…⟧`, and cursors `‸`. */
export function read(marked: string): Selected {
	const selections: Span[] = [];
	let text = '';
	let start = 0;
	for (const part of (HEAD + marked).split(/([⟦⟧‸])/)) {
		if (part === '⟦') start = text.length;
		else if (part === '⟧') selections.push({ start, end: text.length });
		else if (part === '‸') selections.push({ start: text.length, end: text.length });
		else text += part;
	}
	return { text, selections };
}

/** Writes a text with its selections, without the header. */
function write({ text, selections }: Selected): string {
	let result = '';
	let at = 0;
	for (const { start, end } of selections.toSorted((a, b) => a.start - b.start)) {
		result += `${text.slice(at, start)}${start === end ? '‸' : `⟦${text.slice(start, end)}⟧`}`;
		at = end;
	}
	result += text.slice(at);
	assert.ok(result.startsWith(HEAD), result);
	return result.slice(HEAD.length);
}

/** Applies markup to a text with selections; returns the reason if it is refused. */
export function apply(
	{ text, selections }: Selected,
	markup: MarkupName,
	tag?: string,
	kinds: Kinds = NOTE_KINDS,
): Selected | string {
	const result = markupEdits(parseDocument(text), selections, markup, tag, kinds);
	if ('obstacle' in result) return result.obstacle;
	return { text: applyEdits(text, result.edits), selections: result.selections };
}

/** Applies markup to a body with selections, written as for `read`. */
export function toggled(marked: string, markup: MarkupName, tag?: string, kinds?: Kinds): string {
	const result = apply(read(marked), markup, tag, kinds);
	return typeof result === 'string' ? `refused: ${result}` : write(result);
}

/** Checks that a command refuses bodies with selections, and why. */
export function refuses(markup: MarkupName, reason: RegExp, ...bodies: readonly string[]): void {
	for (const marked of bodies) {
		const result = apply(read(marked), markup);
		assert.ok(typeof result === 'string' && reason.test(result), `${marked}: ${JSON.stringify(result)}`);
	}
}

/** Checks what a command does, and that doing it again undoes it. */
export function undoes(marked: string, markup: MarkupName, expected: string): void {
	assert.equal(toggled(marked, markup), expected);
	assert.equal(read(toggled(expected, markup)).text, read(marked).text);
}
