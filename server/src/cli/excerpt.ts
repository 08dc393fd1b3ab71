import stringWidth from 'string-width';
import type { Span } from '../article/span.ts';
import { printable } from './output.ts';

/** A part of one line of a text, and the columns to mark. Columns are those of a terminal. */
export interface Excerpt {
	readonly text: string;
	/** Columns before the place, and columns of the place; at least one, even if the place is empty. */
	readonly before: number;
	readonly width: number;
}

/** The maximum number of columns, in total and before the place. */
const WIDTH = 80;
const BEFORE = 30;

/** How much text around the place is considered, in UTF-16 units, since lines can be half a million long. */
const REACH = 4 * WIDTH;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Returns the surroundings of a place within the line in which it starts.
 *
 * @param text the whole text
 */
export function excerptOf(text: string, { start, end }: Span): Excerpt {
	const ahead = text.slice(Math.max(0, start - REACH), start);
	const lineStart = Math.max(ahead.lastIndexOf('\n'), ahead.lastIndexOf('\r')) + 1;
	const whole = lineStart > 0 || ahead.length === start;
	const left = whole ? ahead.slice(lineStart).trimStart() : ahead;
	const earlier = take(characters(left).reverse(), BEFORE);
	const cut = !whole || earlier.taken < left.length;
	const shownLeft = `${cut ? '…' : ''}${earlier.shown.reverse().join('')}`;
	const before = earlier.width + (cut ? 1 : 0);

	const right = /^[^\r\n]*/.exec(text.slice(start, start + REACH))?.[0].trimEnd() ?? '';
	const later = take(characters(right), WIDTH - 1 - before);
	const place = take(characters(right.slice(0, Math.min(end - start, later.taken))), WIDTH);
	const shownRight = `${later.shown.join('')}${later.taken < right.length ? '…' : ''}`;
	return { text: shownLeft + shownRight, before, width: Math.max(1, place.width) };
}

/** Splits a text into grapheme clusters. */
function characters(text: string): string[] {
	return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Takes as many characters as fit into a number of columns, as they are displayed, and counts their UTF-16 units. */
function take(from: readonly string[], columns: number): { shown: string[]; width: number; taken: number } {
	const shown: string[] = [];
	let [width, taken] = [0, 0];
	for (const character of from) {
		const form = printable(character);
		const formWidth = stringWidth(form);
		if (width + formWidth > columns) break;
		shown.push(form);
		width += formWidth;
		taken += character.length;
	}
	return { shown, width, taken };
}
