import type { Token } from 'parse5';
import { type Field, type Span, span } from './span.ts';

/** The DOM's numbers for the kinds of node that a body has. */
export const ELEMENT_NODE = 1;
export const TEXT_NODE = 3;
export const COMMENT_NODE = 8;

/** An attribute: its name in lower case and its decoded value. */
export type Attribute = Readonly<Token.Attribute>;

/**
 * A node of an article's body. A body is an array of them in tree order, so that a walk is a loop: the descendants of
 * `nodes[i]` are `nodes[i + 1]` to `nodes[nodes[i].last]`. Offsets count UTF-16 units of the article's text.
 */
export interface Node {
	readonly nodeType: typeof ELEMENT_NODE | typeof TEXT_NODE | typeof COMMENT_NODE;
	/** The local name of an element, in lower case but for SVG's camelCase ones; `#text`; `#comment`. */
	readonly nodeName: string;
	/** The decoded text of a text node or comment; empty for an element. */
	readonly nodeValue: string;
	/** Whether the element is SVG or MathML. */
	readonly foreign: boolean;
	readonly attributes: readonly Attribute[];
	/** Index of the parent, -1 for a top node. */
	readonly parent: number;
	/** Index of the last descendant; the node's own index if it has none. */
	readonly last: number;
	/** Where the node's markup starts and ends, tags included. */
	readonly start: number;
	readonly end: number;
	/** Where an element's start tag ends; `start` where there is no tag in the text. */
	readonly startTagEnd: number;
	/** Where an element's end tag starts; `end` where there is no end tag in the text. */
	readonly endTagStart: number;
	/** Made by the parser, not written: a `tbody`, the second half of a mis-nested `b`. */
	readonly implied: boolean;
	/**
	 * Where an attribute stands in the text: name, equals sign, quotes and value.
	 *
	 * @param which its name, or itself, which need not be looked for
	 */
	attributeSpan(which: string | Attribute): Span | undefined;
}

/** The name of an attribute as it is written: parse5 splits those of SVG that have a prefix. */
export function writtenName({ prefix, name }: Attribute): string {
	return prefix ? `${prefix}:${name}` : name;
}

/** Whether the node is an HTML element of that name. */
export function isElement(node: Node | undefined, name: string): boolean {
	return node !== undefined && node.nodeType === ELEMENT_NODE && node.nodeName === name && !node.foreign;
}

/** Whether an end tag for the element stands in the text. */
export function hasEndTag(node: Node): boolean {
	return node.endTagStart < node.end;
}

/** The decoded value of an attribute, or `undefined` where the element has no such attribute. */
export function getAttribute(node: Node, name: string): string | undefined {
	for (const attribute of node.attributes) if (attribute.name === name) return attribute.value;
	return undefined;
}

/**
 * Where the value of an attribute stands in `text`, without its quotes; empty, after the name, where there is no value.
 * `undefined` where the element has no such attribute in the text.
 */
export function attributeValueSpan(text: string, node: Node, which: string | Attribute): Span | undefined {
	const whole = node.attributeSpan(which);
	if (!whole) return undefined;
	let start = whole.start + (typeof which === 'string' ? which : writtenName(which)).length;
	while (start < whole.end && isHtmlSpace(text.charCodeAt(start))) start++;
	if (text[start] !== '=') return span(whole.end, whole.end);
	start++;
	while (start < whole.end && isHtmlSpace(text.charCodeAt(start))) start++;
	const quote = text[start];
	if (quote !== '"' && quote !== "'") return span(start, whole.end);
	return span(start + 1, Math.max(start + 1, text[whole.end - 1] === quote ? whole.end - 1 : whole.end));
}

/** An attribute with its decoded value and the place of that value in `text`. */
export function attributeField(text: string, node: Node, name: string): Field | undefined {
	const value = getAttribute(node, name);
	const at = value === undefined ? undefined : attributeValueSpan(text, node, name);
	return value === undefined || !at ? undefined : { value, span: at };
}

/** WHATWG "ASCII whitespace". */
export function isHtmlSpace(code: number): boolean {
	return code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
}

/** The start tag of an element. */
export function startTag(node: Node): Span {
	return span(node.start, node.startTagEnd);
}

/** Indices of a node's children, in order; of the top nodes for -1. */
export function* children(nodes: readonly Node[], parent: number): Generator<number> {
	const end = parent === -1 ? nodes.length - 1 : (nodes[parent]?.last ?? -1);
	for (let index = parent + 1; index <= end; index = (nodes[index]?.last ?? end) + 1) yield index;
}

/** Indices of a node's ancestors, nearest first. */
export function* ancestors(nodes: readonly Node[], index: number): Generator<number> {
	for (let at = nodes[index]?.parent ?? -1; at !== -1; at = nodes[at]?.parent ?? -1) yield at;
}

/** Elements whose text is not part of what a reader sees. */
export function isUnrendered(node: Node): boolean {
	return node.nodeName === 'script' || node.nodeName === 'style' || node.nodeName === 'template';
}
