/** An attribute's value as an article has it between quotes (WHATWG HTML, "serializing HTML fragments"). */
export function encodeAttribute(value: string, quote: '"' | "'" = '"'): string {
	const encoded = value.replaceAll('&', '&amp;').replaceAll('\u00a0', '&nbsp;');
	return quote === '"' ? encoded.replaceAll('"', '&quot;') : encoded.replaceAll("'", '&#39;');
}

const REFERENCES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** A text as it is written in documents of ours, between tags and in attributes with any quotes. */
export function encodeHtml(text: string): string {
	return text.replace(/[&<>"']/g, character => REFERENCES[character] ?? character);
}
