import type { TypedEdit } from '../../../server/src/article/typing.ts';
import type { Change } from '../util/offsets.ts';

/**
 * Returns edits that are to be made after changes have been made to the text that the edits were computed for; `undefined` if the
 * changes contradict them.
 *
 * @param changes all refer to the text before them
 * @param allows what may be typed where text is to be inserted
 */
export function followTyping(
	edits: readonly TypedEdit[],
	changes: readonly (Change & { readonly text: string })[],
	allows: RegExp,
): readonly TypedEdit[] | undefined {
	const followed: TypedEdit[] = [];
	for (const edit of edits) {
		let moved = 0;
		for (const { offset, length, inserted, text } of changes) {
			const isHere = edit.start === edit.end && offset === edit.start;
			if (isHere && (length > 0 || !allows.test(text))) return undefined;
			const isBefore = offset + length <= edit.start && !(isHere && edit.first === 'edit');
			if (isBefore) moved += inserted - length;
			else if (offset < edit.end) return undefined;
		}
		followed.push({ ...edit, start: edit.start + moved, end: edit.end + moved });
	}
	return followed;
}
