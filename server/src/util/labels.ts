/**
 * A message for people in which nothing leads elsewhere: VS Code makes links, commands' too, of what looks like one in Markdown there. A
 * mark without width keeps the brackets apart.
 */
export function withoutLinks(message: string): string {
	return message.replaceAll('](', ']\u2060(');
}

/** A label in which every character is shown: VS Code has icons for what looks like `$(name)` there. */
export function withoutIcons(label: string): string {
	return label.replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, '\\$&');
}

/** A word with its first letter in upper case. */
export function capital(word: string): string {
	return word.replace(/^\p{Ll}/u, letter => letter.toUpperCase());
}
