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

/** The length of the scheme in a title line, `[title](https://`, behind which a URL with a scheme was inserted; 0 if there is none. */
export function schemeBefore(line: string, at: number, inserted: string): number {
	if (inserted.length > 10_000 || !/^\s*https?:\/\/\S/i.test(inserted) || !line.startsWith('[')) return 0;
	return /\]\((https?:\/\/)$/i.exec(line.slice(Math.max(0, at - 12), at))?.[1]?.length ?? 0;
}
