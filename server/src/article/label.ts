import { foldSpaces, onOneLine, startOf } from '../util/text.ts';
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
	return read(nodes, index, without, Number.POSITIVE_INFINITY, text => (text.length < enough ? text : undefined));
}

/**
 * Reads texts one after another.
 *
 * @param most how many elements are looked at
 * @param goOn told of the text so far, and says what to go on with; `undefined` to stop
 */
function read(
	nodes: readonly Node[],
	index: number,
	without: number,
	most: number,
	goOn: (text: string) => string | undefined,
): string {
	const blockEnds: number[] = [];
	let text = '';
	let elements = 0;
	const last = nodes[index]?.last ?? -1;
	for (let at = index; at <= last; at++) {
		const node = nodes[at] as Node;
		while ((blockEnds.at(-1) ?? at) < at) {
			blockEnds.pop();
			text += '\n';
		}
		if (node.nodeType === TEXT_NODE) {
			text += node.nodeValue;
			const more = goOn(text);
			if (more === undefined) break;
			text = more;
		} else if (at === index || node.nodeType !== ELEMENT_NODE) {
			// What is around the text is no part of it.
		} else if (++elements > most) {
			break;
		} else if (isUnrendered(node) || at === without || isMathTwin(nodes, at)) {
			text += texSource(nodes, at) ?? '';
			at = node.last;
		} else if (node.foreign && node.nodeName === 'math') {
			if (node.last - at <= most) text += mathText(nodes, at);
			at = node.last;
		} else if (node.nodeName === 'br') text += '\n';
		else if (BLOCK_ELEMENTS.has(node.nodeName)) {
			text += '\n';
			blockEnds.push(node.last);
		}
	}
	return text;
}

/**
 * How long a label is at most, in UTF-16 units, and how many elements are looked at for it: where elements with labels nest, that of
 * each is also in those around it.
 */
const MAX_LABEL_CHARS = 1000;
const MOST_ELEMENTS = 300;

/** How many times as much is read where white space takes most of a text. */
const MOST_WHITE_SPACE = 4;

/**
 * The text of a node on one line, or its beginning; as `textContent` has it. It does not depend on how much white space there is
 * between elements.
 *
 * @param enough as much as is wanted, in UTF-16 units
 * @param without a descendant whose text is left out
 */
export function labelOf(nodes: readonly Node[], index: number, enough = MAX_LABEL_CHARS, without = -1): string {
	const text = read(nodes, index, without, MOST_ELEMENTS, all => {
		if (all.length < enough) return all;
		const line = foldSpaces(all.slice(0, enough * MOST_WHITE_SPACE)).trimStart();
		return line.length < enough ? line : undefined;
	});
	const label = onOneLine(text.slice(0, enough * MOST_WHITE_SPACE));
	return label.length <= enough ? label : startOf(label, enough).trim();
}
