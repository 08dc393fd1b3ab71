/**
 * Prevents links in a message: VS Code turns Markdown links in messages into links, including links to commands. An
 * invisible character (U+2060) between the brackets prevents that.
 */
export function withoutLinks(message: string): string {
	return message.replaceAll('](', ']\u2060(');
}

/** Prevents icons in a label: VS Code shows `$(name)` in labels as an icon. */
export function withoutIcons(label: string): string {
	return label.replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, '\\$&');
}

/** Capitalises the first letter of a word. */
export function capital(word: string): string {
	return word.replace(/^\p{Ll}/u, letter => letter.toUpperCase());
}
