/** What the user typed as a URL of the web, empty if nothing; `undefined` if it is none. The scheme may be left out. */
export function addressOf(typed: string): string | undefined {
	const text = typed.trim();
	if (text === '') return '';
	const hasScheme = /^https?:/i.test(text);
	const address = hasScheme ? text : `https://${text}`;
	if (/\s/.test(text) || !URL.canParse(address)) return undefined;
	const { hostname, username, href } = new URL(address);
	return hasScheme || (username === '' && /[^.]\.[^.]/.test(hostname)) ? href : undefined;
}
