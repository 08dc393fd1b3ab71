/** How far before the cursor the start of a tag is looked for, in lines and in UTF-16 code units. */
export const MARKUP_LINES = 10;
export const MARKUP_LENGTH = 5000;

/**
 * Whether a text ends in markup rather than in prose: in a tag or comment that is not closed, or in the brackets or the address of a
 * header or list entry.
 */
export function endsInMarkup(text: string): boolean {
	const before = text.slice(-MARKUP_LENGTH);
	const line = before.slice(before.lastIndexOf('\n') + 1);
	return /<[a-z/!][^>]*$|<$/i.test(before) || /\[[^\]]*$|\]\([^)]*$/.test(line);
}
