import { EMBED_ELEMENTS, FORMATTING_ELEMENTS, HEADING_ELEMENTS, VOID_ELEMENTS } from './elements.ts';
import { ELEMENT_NODE, hasEndTag, isUnrendered, type Node, TEXT_NODE } from './node.ts';
import { isAnnouncement } from './regions/phrases.ts';
import { ELEMENT_SIGNS } from './regions/semantics.ts';
import { attributeSign, elementSign } from './regions/signs.ts';

/**
 * What kinds of node a node is, as bits. The traits of a body are one array of numbers, so that nodes can be found
 * without visiting the others: a large body does not fit in the processor's caches, and visiting all its nodes costs a
 * good part of what parsing costs.
 */
export type Traits = number;

/** A text node. */
export const TEXT: Traits = 1 << 0;
/** A comment. */
export const COMMENT: Traits = 1 << 1;
/** An element that is written in the text, HTML or foreign, with attributes. */
export const ATTRIBUTED: Traits = 1 << 2;
/** Such an element with an `id` or `name`. */
export const NAMED: Traits = 1 << 3;
/** An element with a start tag that can have an end tag, but has none. */
export const OPEN: Traits = 1 << 4;
/** A formatting element that the parser reopened because another element ended inside it. */
export const REOPENED: Traits = 1 << 5;
/** `script`, `style` and `template`, HTML or foreign. */
export const UNRENDERED: Traits = 1 << 6;
/** This and the following are HTML elements that are written in the text: `a`, `area`. */
export const LINK: Traits = 1 << 7;
/** `img`. */
export const IMAGE: Traits = 1 << 8;
/** `source`. */
export const SOURCE: Traits = 1 << 9;
/** `figure`. */
export const FIGURE: Traits = 1 << 10;
/** `h1` to `h6`. */
export const HEADING: Traits = 1 << 11;
/** `p`, `div`, `section`, `article`, `center`: elements used for paragraphs. */
export const PARAGRAPH: Traits = 1 << 12;
/** `blockquote`, `table`, `li`. */
export const PASSAGE: Traits = 1 << 13;
/** `blockquote`, `ul`, `ol`, `table`, `pre`, `footer`. */
export const CONTAINER: Traits = 1 << 14;
/** Embeds, such as `iframe`. */
export const EMBED: Traits = 1 << 15;
/** `noscript`. */
export const NOSCRIPT: Traits = 1 << 16;
/** `mark`, `ins`, `del`. */
export const MARK: Traits = 1 << 17;
/** An element with a sign of being part of the page around the article. */
export const SIGN: Traits = 1 << 18;
/** An element whose name may be such a sign. */
const SIGNED: Traits = 1 << 20;
/** A text that announces such a part, as “Related articles” does. */
export const ANNOUNCEMENT: Traits = 1 << 19;

/** The traits of HTML elements, by name. */
const BY_NAME: ReadonlyMap<string, Traits> = (() => {
	const traits = new Map<string, Traits>();
	const add = (trait: Traits, names: Iterable<string>): void => {
		for (const name of names) traits.set(name, (traits.get(name) ?? 0) | trait);
	};
	add(LINK, ['a', 'area']);
	add(IMAGE, ['img']);
	add(SOURCE, ['source']);
	add(FIGURE, ['figure']);
	add(HEADING, HEADING_ELEMENTS);
	add(PARAGRAPH, ['p', 'div', 'section', 'article', 'center']);
	add(PASSAGE, ['blockquote', 'table', 'li']);
	add(CONTAINER, ['blockquote', 'ul', 'ol', 'table', 'pre', 'footer']);
	add(EMBED, EMBED_ELEMENTS);
	add(NOSCRIPT, ['noscript']);
	add(MARK, ['mark', 'ins', 'del']);
	add(SIGNED, ELEMENT_SIGNS.keys());
	return traits;
})();

/** Returns the traits of a node. */
export function traitsOf(node: Node): Traits {
	if (node.nodeType === TEXT_NODE) return isAnnouncement(node.nodeValue) ? TEXT | ANNOUNCEMENT : TEXT;
	if (node.nodeType !== ELEMENT_NODE) return COMMENT;
	const { nodeName, attributes, foreign } = node;
	if (node.implied) return FORMATTING_ELEMENTS.has(nodeName) ? REOPENED : 0;
	let traits = foreign ? 0 : (BY_NAME.get(nodeName) ?? 0);
	if (isUnrendered(node)) traits |= UNRENDERED;
	if (!hasEndTag(node) && !VOID_ELEMENTS.has(nodeName)) traits |= OPEN;
	if ((traits & SIGNED) !== 0 && elementSign(node)) traits |= SIGN;
	if (attributes.length > 0) traits |= ATTRIBUTED;
	for (const { name, value } of attributes) {
		if (name === 'id' || name === 'name') traits |= NAMED;
		if ((traits & SIGN) === 0 && !foreign && attributeSign(nodeName, name, value)) traits |= SIGN;
	}
	return traits;
}

/**
 * Returns the indices of the nodes that have any of these traits, in tree order.
 *
 * @param present all traits that some node has
 */
export function indicesOf(
	{ traits, present }: { readonly traits: Uint32Array; readonly present: Traits },
	any: Traits,
): number[] {
	const found: number[] = [];
	if ((present & any) === 0) return found;
	for (let index = 0; index < traits.length; index++) if (((traits[index] ?? 0) & any) !== 0) found.push(index);
	return found;
}

/** Returns all traits that some node has. */
export function presentIn(traits: Uint32Array): Traits {
	let present = 0;
	for (let index = 0; index < traits.length; index++) present |= traits[index] ?? 0;
	return present;
}

/**
 * Returns the innermost of `elements` around each of `indices`, -1 if there is none; both in tree order. Takes a single
 * pass, since walking up the ancestors of each node takes time proportional to the depth.
 */
export function innermostAround(
	nodes: readonly Node[],
	elements: readonly number[],
	indices: readonly number[],
): Int32Array {
	const around = new Int32Array(indices.length).fill(-1);
	const open: number[] = [];
	let next = 0;
	for (const [at, index] of indices.entries()) {
		for (let element = elements[next]; element !== undefined && element < index; element = elements[++next]) {
			closeBefore(nodes, open, element);
			open.push(element);
		}
		closeBefore(nodes, open, index);
		around[at] = open.at(-1) ?? -1;
	}
	return around;
}

function closeBefore(nodes: readonly Node[], open: number[], index: number): void {
	while (open.length > 0 && (nodes[open.at(-1) ?? -1]?.last ?? -1) < index) open.pop();
}
