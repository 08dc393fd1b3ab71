import { foldSpaces } from '../../util/text.ts';
import { BLOCK_ELEMENTS } from '../elements.ts';
import { isHiddenByItself } from '../hidden.ts';
import { ELEMENT_NODE, isUnrendered, type Node, TEXT_NODE } from '../node.ts';

/** How many nodes are visited: where elements nest, what is inside is read again for each. */
const MOST_NODES = 300;

/**
 * Returns the text of a node as the page shows it in lines: `br` and the edges of blocks become line feeds, other white
 * space a space.
 *
 * @param enough stop once the text has this many UTF-16 units
 * @param without a descendant whose text is omitted
 * @param gap what stands between inline elements
 */
export function linesOf(nodes: readonly Node[], index: number, enough: number, without = -1, gap = ''): string {
	const ends: number[] = [];
	const last = Math.min(nodes[index]?.last ?? -1, index + MOST_NODES);
	let text = '';
	for (let at = index; at <= last && text.length < enough; at++) {
		const node = nodes[at] as Node;
		while ((ends.at(-1) ?? at) < at) {
			ends.pop();
			text += '\n';
		}
		if (node.nodeType === TEXT_NODE) text += gap + foldSpaces(node.nodeValue);
		else if (node.nodeType !== ELEMENT_NODE || at === index) continue;
		else if (at === without || isUnrendered(node) || isHiddenByItself(node)) at = node.last;
		else if (node.nodeName === 'br') text += '\n';
		else if (BLOCK_ELEMENTS.has(node.nodeName)) {
			text += '\n';
			ends.push(node.last);
		}
	}
	return text.replace(/ *(?:\n *)+/g, '\n').trim();
}

/** Returns the text of a node before one of its descendants. */
export function linesBefore(nodes: readonly Node[], index: number, end: number): string {
	let text = '';
	for (let at = Math.max(index + 1, end - MOST_NODES); at < end; at++) {
		const node = nodes[at] as Node;
		if (node.nodeType === TEXT_NODE) text += foldSpaces(node.nodeValue);
		else if (node.nodeName === 'br' || BLOCK_ELEMENTS.has(node.nodeName)) text += '\n';
	}
	return text.replace(/ *(?:\n *)+/g, '\n').trim();
}
