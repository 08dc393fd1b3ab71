import { BLOCK_ELEMENTS } from './elements.ts';
import { ELEMENT_NODE, getAttribute, type Node } from './node.ts';

/** How elements and inline styles affect white space. */

/** Elements that preserve white space. */
const KEEPS_SPACE = new Set(['pre', 'listing', 'plaintext', 'xmp']);

/** Whether an element starts on a new line, so that adjacent white space is not rendered. */
export function isBlockElement(node: Node): boolean {
	if (node.nodeType !== ELEMENT_NODE || node.foreign || !BLOCK_ELEMENTS.has(node.nodeName)) return false;
	const style = getAttribute(node, 'style');
	return style === undefined || !/display\s*:\s*(?:inline|contents|ruby|run-in)/i.test(style);
}

/** Whether white space inside an element is preserved. */
export function keepsSpace(node: Node): boolean {
	if (KEEPS_SPACE.has(node.nodeName)) return true;
	const style = getAttribute(node, 'style');
	return style !== undefined && /white-space/i.test(style);
}
