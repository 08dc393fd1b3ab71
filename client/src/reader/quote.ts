import type { ReaderHead } from '../../../server/src/reader/protocol.ts';

/** A passage as a quotation in Markdown, with what it is from. */
export function quoteMarkdown(text: string, { title, source, author, published }: ReaderHead): string {
	const quoted = text
		.trim()
		.split('\n')
		.map(line => `> ${line}`.trimEnd())
		.join('\n');
	const name = title || 'Untitled';
	const from =
		source === undefined ? name : `[${name.replace(/[[\]\\]/g, '\\$&')}](${source.replace(/[()]/g, encodeBracket)})`;
	const day = published === undefined ? undefined : new Date(published).toISOString().slice(0, 10);
	return `${quoted}\n>\n> — ${[author, from, day].filter(part => part !== undefined && part !== '').join(', ')}\n`;
}

function encodeBracket(bracket: string): string {
	return bracket === '(' ? '%28' : '%29';
}
