import type { Obstacle } from '../../annotations/inlineEdits.ts';
import type { TextEdit } from '../../article/edits.ts';
import type { Span } from '../../article/span.ts';
import { firstIndex } from '../../util/order.ts';

/** A change of the markup, and what is selected after it. */
export interface Marked {
	/** In text order, not overlapping. Empty if there is nothing to change. */
	readonly edits: readonly TextEdit[];
	/** One for each selection, in the text after the edits. */
	readonly selections: readonly Span[];
	/** The comments that the edits make, in the text after them. */
	readonly comments?: readonly Span[];
	/** What the edits bring back from comments. It may have faults of its own. */
	readonly restored?: readonly string[];
}

/** Whether a result is an obstacle. */
export function isObstacle<T extends object>(result: T | Obstacle): result is Obstacle {
	return 'obstacle' in result;
}

/** Sorts edits and merges those that touch, so that what stays the same is not replaced. Insertions at one place keep their order. */
export function tidied(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
	const sorted = edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
	const merged: TextEdit[] = [];
	for (const { span, newText } of sorted) {
		const last = merged.at(-1);
		if (last?.span.end === span.start) {
			merged[merged.length - 1] = {
				span: { start: last.span.start, end: span.end },
				newText: last.newText + newText,
			};
		} else merged.push({ span, newText });
	}
	return merged.filter(({ span, newText }) => text.slice(span.start, span.end) !== newText);
}

/** On which side of text that is inserted at an offset the offset is afterwards. */
export type InsertionSide = 'before' | 'after';

/** Returns a function that tells where an offset is after edits, which are in text order. */
export function afterEdits(edits: readonly TextEdit[]): (offset: number, side: InsertionSide) => number {
	/** By how much the edits before each one move what follows. */
	const deltas = [0];
	for (const { span, newText } of edits) deltas.push((deltas.at(-1) ?? 0) + newText.length - (span.end - span.start));
	return (offset, side) => {
		const isBehind = ({ span: { start, end } }: TextEdit): boolean =>
			start > offset || (start === offset && side === 'before') || end > offset;
		const index = firstIndex(edits.length, at => isBehind(edits[at] as TextEdit));
		const delta = deltas[index] ?? 0;
		const next = edits[index];
		const isInside = next && (next.span.start < offset || (next.span.start === offset && side === 'after'));
		return isInside
			? next.span.start + delta + Math.min(next.newText.length, offset - next.span.start)
			: offset + delta;
	};
}
