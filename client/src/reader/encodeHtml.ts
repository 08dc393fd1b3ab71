/** A text as it is written in HTML, between tags and in quoted attributes. */
export function encodeHtml(value: string): string {
	return value.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
