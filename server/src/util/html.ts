/** Escapes an attribute value for use between quotes (WHATWG HTML, "serializing HTML fragments"). */
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

/** Escapes text for use in generated HTML, in content and in attributes with either kind of quotes. */
export function encodeHtml(text: string): string {
	return text.replace(/[&<>"']/g, character => REFERENCES[character] ?? character);
}
