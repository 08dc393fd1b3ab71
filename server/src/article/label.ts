import { BLOCK_ELEMENTS } from './elements.ts';
import { mathText } from './mathText.ts';
import { isMathTwin, texSource } from './mathTwins.ts';
import { ELEMENT_NODE, isUnrendered, type Node, TEXT_NODE } from './node.ts';

/**
 * The decoded text inside a node, without that of `script`, `style` and comments. A `br`, and the edges of a block-level
 * element, are line feeds; a formula is on one line, once.
 *
 * @param enough stop once the text has this many UTF-16 units
 * @param without a descendant whose text is left out
 */
export function textContent(
	nodes: readonly Node[],
	index: number,
	enough = Number.POSITIVE_INFINITY,
	without = -1,
): string {
	const node = nodes[index];
	if (!node) return '';
	if (node.nodeType === TEXT_NODE) return node.nodeValue;
	const blockEnds: number[] = [];
	let text = '';
	for (let at = index + 1; at <= node.last && text.length < enough; at++) {
		const inner = nodes[at];
		if (!inner) break;
		for (let end = blockEnds.at(-1); end !== undefined && end < at; end = blockEnds.at(-1)) {
			blockEnds.pop();
			text += '\n';
		}
		if (inner.nodeType === TEXT_NODE) text += inner.nodeValue;
		else if (inner.nodeType !== ELEMENT_NODE) continue;
		else if (isUnrendered(inner) || at === without || isMathTwin(nodes, at)) {
			text += texSource(nodes, at) ?? '';
			at = inner.last;
		} else if (inner.foreign && inner.nodeName === 'math') {
			text += mathText(nodes, at);
			at = inner.last;
		} else if (inner.nodeName === 'br') text += '\n';
		else if (BLOCK_ELEMENTS.has(inner.nodeName)) {
			text += '\n';
			blockEnds.push(inner.last);
		}
	}
	return text;
}

/** White space other than one space; most words are separated by just that. */
const BREAKS = /\s{2,}|[^\S ]/g;

/** A text on one line: runs of white space become single spaces, those at its ends nothing. */
export function onOneLine(text: string): string {
	return text.replace(BREAKS, ' ').trim();
}

/** The text of a node on one line; `enough` and `without` as for `textContent`. */
export function labelOf(nodes: readonly Node[], index: number, enough?: number, without?: number): string {
	// What it says must not depend on how much white space there is: where that takes much of the text, more is read.
	for (let taken = enough ?? Number.POSITIVE_INFINITY; ; taken *= 4) {
		const text = textContent(nodes, index, taken, without);
		const label = onOneLine(text.slice(0, taken));
		if (enough === undefined || text.length < taken || label.length >= enough) return label.slice(0, enough).trim();
	}
}
