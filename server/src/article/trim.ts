/** A text without the characters at its end that a pattern of one character stands for. `/[…]+$/` takes ever longer over long runs that end in something else. */
export function trimEndOf(text: string, character: RegExp): string {
	let end = text.length;
	while (end > 0 && character.test(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

/** An address without what browsers take off its ends: C0 control characters and spaces (URL standard). */
export function trimAddress(address: string): string {
	return trimEndOf(address.replace(/^[\0- ]+/, ''), /[\0- ]/);
}
