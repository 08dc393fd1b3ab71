/** Code, which stays as it is; the start of a picture; a tag or comment, but no address in angle brackets. */
const UNSAFE = /(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|!\[|<(?!https?:|mailto:)/gi;

/**
 * What a person said in Markdown, for an editor that renders it: pictures become links, so that nothing is requested for being looked at,
 * and HTML is shown as it was typed, which editors leave out.
 */
export function safeMarkdown(text: string): string {
	return keepBreaks(text.trim().replace(UNSAFE, (match, code) => (code ? match : match === '![' ? '\\!\\[' : '\\<')));
}

/** Markdown in which a line that is broken stays broken, as it was typed. */
export function keepBreaks(text: string): string {
	return text.replace(/(?<=\S)\n(?=[^\n])/g, '  \n');
}
