import { greatest, smallest } from '../../../server/src/article/lists.ts';
import type { TypedEdit } from '../../../server/src/article/typing.ts';

/** A text with a cursor. */
export interface EditedText {
	readonly text: string;
	readonly cursor: number;
}

/** Returns a text as it will be when edits that follow from what was typed at the cursor are made. */
export function withEdits({ text, cursor }: EditedText, edits: readonly TypedEdit[]): EditedText {
	// From the end on. At the same place, an insertion comes before what is replaced behind it.
	const fromEnd = edits.toSorted(
		(a, b) => b.start - a.start || b.end - a.end || Number(b.first === 'typed') - Number(a.first === 'typed'),
	);
	let [result, at] = [text, cursor];
	for (const { start, end, text: inserted, first } of fromEnd) {
		result = result.slice(0, start) + inserted + result.slice(end);
		if (start < at || (start === at && first === 'edit')) at = Math.max(start, at - (end - start)) + inserted.length;
	}
	return { text: result, cursor: at };
}

/**
 * Combines edits of a text with those that follow from what they lead to.
 *
 * @param later edits of `withEdits(before, edits)`
 */
export function combined(
	before: EditedText,
	edits: readonly TypedEdit[],
	later: readonly TypedEdit[],
): readonly TypedEdit[] {
	const { text, cursor } = before;
	const between = withEdits(before, edits);
	const after = withEdits(between, later);
	const [first, next] = [extent(edits), extent(later)];
	const start = Math.min(cursor, first.start, next.start);
	const rest = Math.min(text.length - Math.max(cursor, first.end), between.text.length - next.end);
	const made = after.text.slice(start, after.cursor);
	const same = commonLength(text.slice(start, cursor), made);
	const behind = after.text.slice(after.cursor, after.text.length - rest);
	const all: readonly TypedEdit[] = [
		{ start: start + same, end: cursor, text: made.slice(same), first: 'edit' },
		{ start: cursor, end: text.length - rest, text: behind, first: 'typed' },
	];
	return all.filter(edit => text.slice(edit.start, edit.end) !== edit.text);
}

/** Returns the range that edits are in. */
export function extent(edits: readonly TypedEdit[]): { readonly start: number; readonly end: number } {
	return { start: smallest(edits.map(({ start }) => start)), end: greatest(edits.map(({ end }) => end)) };
}

/** Returns the length of what two texts begin with. */
function commonLength(one: string, other: string): number {
	let length = 0;
	while (length < one.length && one[length] === other[length]) length++;
	return length;
}
