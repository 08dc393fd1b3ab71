import { BLOCK_ELEMENTS } from './elements.ts';
import { ELEMENT_NODE, getAttribute, type Node } from './node.ts';

/** What HTML and styles in the text say of the white space in and around elements. */

/** Elements in which white space is text. */
const KEEPS_SPACE = new Set(['pre', 'listing', 'plaintext', 'xmp']);

/** Whether an element starts a line of its own and its neighbours' white space is not seen. */
export function isBlockElement(node: Node): boolean {
	if (node.nodeType !== ELEMENT_NODE || node.foreign || !BLOCK_ELEMENTS.has(node.nodeName)) return false;
	const style = getAttribute(node, 'style');
	return style === undefined || !/display\s*:\s*(?:inline|contents|ruby|run-in)/i.test(style);
}

/** Whether white space inside an element is seen. */
export function keepsSpace(node: Node): boolean {
	if (KEEPS_SPACE.has(node.nodeName)) return true;
	const style = getAttribute(node, 'style');
	return style !== undefined && /white-space/i.test(style);
}
