import type { Token } from 'parse5';
import { type Field, type Span, span } from './span.ts';

/** The DOM's `nodeType` values for the nodes of a body. */
export const ELEMENT_NODE = 1;
export const TEXT_NODE = 3;
export const COMMENT_NODE = 8;

/** An attribute: its name in lower case and its decoded value. */
export interface Attribute extends Readonly<Token.Attribute> {
	/** The span of the value in the attribute, once somebody has asked for it. */
	place?: Span | undefined;
}

/**
 * A node of an article's body. A body is an array of nodes in tree order, so that loops can traverse it: the
 * descendants of `nodes[i]` are `nodes[i + 1]` to `nodes[nodes[i].last]`. Offsets count UTF-16 units of the article's
 * text.
 */
export interface Node {
	readonly nodeType: typeof ELEMENT_NODE | typeof TEXT_NODE | typeof COMMENT_NODE;
	/** The local name of an element, in lower case except for SVG's camelCase names; `#text`; `#comment`. */
	readonly nodeName: string;
	/** The decoded text of a text node or comment; empty for an element. */
	readonly nodeValue: string;
	/** Whether the element is SVG or MathML. */
	readonly foreign: boolean;
	readonly attributes: readonly Attribute[];
	/** Index of the parent; -1 for a top-level node. */
	readonly parent: number;
	/** Index of the last descendant; the node's own index if it has none. */
	readonly last: number;
	/** The start and end of the node's markup, including tags. */
	readonly start: number;
	readonly end: number;
	/** The end of an element's start tag; `start` if the text has none. */
	readonly startTagEnd: number;
	/** The start of an element's end tag; `end` if the text has none. */
	readonly endTagStart: number;
	/** Whether the parser made the node, such as a `tbody` or the second half of a misnested `b`. */
	readonly implied: boolean;
	/** What has been read off the node and what is inside it. */
	kept: Kept | undefined;
	/**
	 * Returns the span of an attribute in the text: name, equals sign, quotes and value.
	 *
	 * @param which the attribute's name, or the attribute itself, which saves a search
	 */
	attributeSpan(which: string | Attribute): Span | undefined;
}

/** What has been read off a node (`kept.ts`), as a linked list: most nodes have none, few more than one. */
export interface Kept {
	readonly reading: (nodes: readonly Node[], index: number) => unknown;
	readonly value: unknown;
	readonly next: Kept | undefined;
}

/** Returns the name of an attribute as written. parse5 splits prefixed SVG attribute names. */
export function writtenName({ prefix, name }: Attribute): string {
	return prefix ? `${prefix}:${name}` : name;
}

/** Whether the node is an HTML element with this name. */
export function isElement(node: Node | undefined, name: string): boolean {
	return node !== undefined && node.nodeType === ELEMENT_NODE && node.nodeName === name && !node.foreign;
}

/** Whether the text contains an end tag for the element. */
export function hasEndTag(node: Node): boolean {
	return node.endTagStart < node.end;
}

/** Returns the decoded value of an attribute; `undefined` if the element does not have it. */
export function getAttribute(node: Node, name: string): string | undefined {
	for (const attribute of node.attributes) if (attribute.name === name) return attribute.value;
	return undefined;
}

/**
 * Returns the span of an attribute's value in `text`, without its quotes; empty, after the name, if there is no value.
 * `undefined` if the element does not have the attribute in the text.
 */
export function attributeValueSpan(text: string, node: Node, which: string | Attribute): Span | undefined {
	const attribute = typeof which === 'string' ? findAttribute(node, which) : which;
	const whole = attribute && node.attributeSpan(attribute);
	if (!whole) return undefined;
	attribute.place ??= placeOfValue(text.slice(whole.start, whole.end), writtenName(attribute).length);
	return span(whole.start + attribute.place.start, whole.start + attribute.place.end);
}

/** Returns the span of the value in an attribute as it is written. */
function placeOfValue(written: string, nameLength: number): Span {
	const { length } = written;
	let start = nameLength;
	while (start < length && isHtmlSpace(written.charCodeAt(start))) start++;
	if (written[start] !== '=') return span(length, length);
	start++;
	while (start < length && isHtmlSpace(written.charCodeAt(start))) start++;
	const quote = written[start];
	if (quote !== '"' && quote !== "'") return span(start, length);
	return span(start + 1, Math.max(start + 1, written[length - 1] === quote ? length - 1 : length));
}

/** Returns the attribute that is written with a name. */
export function findAttribute(node: Node, name: string): Attribute | undefined {
	for (const attribute of node.attributes) if (writtenName(attribute) === name) return attribute;
	return undefined;
}

/** Returns the decoded value of an attribute and its span in `text`. */
export function attributeField(text: string, node: Node, name: string): Field | undefined {
	const attribute = findAttribute(node, name);
	return attribute && fieldOf(text, node, attribute);
}

/** Returns the decoded value of one of a node's attributes and its span in `text`. */
export function fieldOf(text: string, node: Node, attribute: Attribute): Field | undefined {
	const at = attributeValueSpan(text, node, attribute);
	return at && { value: attribute.value, span: at };
}

/** Whether a code unit is ASCII whitespace (WHATWG Infra). */
export function isHtmlSpace(code: number): boolean {
	return code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
}

/** Returns the span of an element's start tag. */
export function startTag(node: Node): Span {
	return span(node.start, node.startTagEnd);
}

/** Yields the indices of a node's children, in order; of the top-level nodes for -1. */
export function* children(nodes: readonly Node[], parent: number): Generator<number> {
	const end = parent === -1 ? nodes.length - 1 : (nodes[parent]?.last ?? -1);
	for (let index = parent + 1; index <= end; index = (nodes[index]?.last ?? end) + 1) yield index;
}

/** Yields the indices of a node's ancestors, nearest first. */
export function* ancestors(nodes: readonly Node[], index: number): Generator<number> {
	for (let at = nodes[index]?.parent ?? -1; at !== -1; at = nodes[at]?.parent ?? -1) yield at;
}

/** Returns the index of the sibling before a node; `undefined` if it is the first. */
export function siblingBefore(nodes: readonly Node[], index: number): number | undefined {
	const parent = nodes[index]?.parent ?? -1;
	let at = index - 1;
	// The node before is the last descendant of the previous sibling.
	while (at > parent && (nodes[at]?.parent ?? parent) !== parent) at = nodes[at]?.parent ?? parent;
	return at > parent ? at : undefined;
}

/** Whether the text of an element is not rendered. */
export function isUnrendered(node: Node): boolean {
	return node.nodeName === 'script' || node.nodeName === 'style' || node.nodeName === 'template';
}
