/**
 * Removes the characters at the end of a text that match a single-character pattern. Unlike `/[…]+$/`, takes linear
 * time even on long runs in the middle of the text.
 */
export function trimEndOf(text: string, character: RegExp): string {
	let end = text.length;
	while (end > 0 && character.test(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

/** Removes what browsers strip from both ends of a URL: C0 control characters and spaces (URL standard). */
export function trimAddress(address: string): string {
	return trimEndOf(address.replace(/^[\0- ]+/, ''), /[\0- ]/);
}
