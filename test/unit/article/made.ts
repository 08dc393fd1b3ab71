import type { TypedEdit } from '../../../server/src/article/typing.ts';

/** Makes the edits in a text with `|` at the cursor, as an editor does: it goes behind what is inserted there first. */
export function made(text: string, offset: number, edits: readonly TypedEdit[]): string {
	let [result, cursor] = [text, offset];
	// An insertion comes before what is replaced behind it.
	for (const { start, end, text: inserted, first } of edits.toSorted(
		(a, b) => b.end - a.end || b.start - a.start || (a.first === 'typed' ? -1 : 1),
	)) {
		result = result.slice(0, start) + inserted + result.slice(end);
		if (start < cursor || (start === cursor && first === 'edit'))
			cursor = Math.max(start, cursor - (end - start)) + inserted.length;
	}
	return `${result.slice(0, cursor)}|${result.slice(cursor)}`;
}
