import type { TextEdit } from '../article/edits.ts';
import { attributeValueSpan, hasEndTag, isHtmlSpace, type Node, startTag } from '../article/node.ts';
import { span } from '../article/span.ts';
import { encodeAttribute } from '../util/html.ts';
import { endOf, startOf } from '../util/text.ts';

/** The maximum length of a value in a message, in UTF-16 code units. */
const MAX_SHOWN_CHARS = 100;

/** Formats a value for a message: on one line, and with its middle truncated if it is long. */
export function show(value: string): string {
	if (value.length <= MAX_SHOWN_CHARS && /^[!-~]*$/.test(value)) return value;
	const long =
		value.length > 4 * MAX_SHOWN_CHARS
			? value.slice(0, 2 * MAX_SHOWN_CHARS) + value.slice(-2 * MAX_SHOWN_CHARS)
			: value;
	const line = long.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	if (line.length <= MAX_SHOWN_CHARS) return line;
	return `${startOf(line, 70)}…${endOf(line, 25)}`;
}

/** Returns the message for a URL that names a file outside the archive. */
export function outsideMessage(value: string): string {
	return `The URL ${show(value)} points outside the archive, so it is not checked`;
}

/** Changes the value of an existing attribute. Keeps its quotes. */
export function writeAttribute(text: string, node: Node, name: string, value: string): readonly TextEdit[] {
	const whole = node.attributeSpan(name);
	const place = attributeValueSpan(text, node, name);
	if (!whole || !place) return [];
	const quote = text[place.start - 1];
	if (place.start > whole.start + name.length && (quote === '"' || quote === "'"))
		return [{ span: place, newText: encodeAttribute(value, quote) }];
	return [{ span: span(whole.start + name.length, whole.end), newText: `="${encodeAttribute(value, '"')}"` }];
}

/** Removes an attribute, with the white space or slash before it. */
export function removeAttribute(text: string, node: Node, name: string): readonly TextEdit[] {
	const whole = node.attributeSpan(name);
	if (!whole) return [];
	let { start } = whole;
	while (isHtmlSpace(text.charCodeAt(start - 1)) || (start === whole.start && text[start - 1] === '/')) start--;
	return [{ span: span(start, whole.end), newText: '' }];
}

/** Removes the tags of an element and keeps its content. Returns no edits if it has no end tag. */
export function unwrap(node: Node): readonly TextEdit[] {
	if (!hasEndTag(node)) return [];
	return [
		{ span: startTag(node), newText: '' },
		{ span: span(node.endTagStart, node.end), newText: '' },
	];
}
