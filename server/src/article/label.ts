import { foldSpaces, onOneLine, startOf } from '../util/text.ts';
import { BLOCK_ELEMENTS } from './elements.ts';
import { mathText } from './mathText.ts';
import { isMathTwin, texSource } from './mathTwins.ts';
import { ELEMENT_NODE, isUnrendered, type Node, TEXT_NODE } from './node.ts';

/** A node whose text is omitted, or a test for such nodes. */
type Without = number | ((index: number) => boolean);

/**
 * Returns the decoded text of a node, without `script`, `style` and comments. `br` and the edges of block-level
 * elements become line feeds. A formula is rendered once, on one line.
 *
 * @param enough stop once the text has this many UTF-16 units
 * @param without a descendant whose text is omitted, or a test of descendants
 */
export function textContent(
	nodes: readonly Node[],
	index: number,
	enough = Number.POSITIVE_INFINITY,
	without: Without = -1,
): string {
	return read(nodes, index, without, Number.POSITIVE_INFINITY, text => (text.length < enough ? text : undefined));
}

/**
 * Concatenates the texts of a node.
 *
 * @param most the maximum number of elements to visit
 * @param goOn called with the text so far; returns the text to continue with, or `undefined` to stop
 */
function read(
	nodes: readonly Node[],
	index: number,
	without: Without,
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
			// The node itself and comments add no text.
		} else if (++elements > most) {
			break;
		} else if (isUnrendered(node) || omits(without, at) || isMathTwin(nodes, at)) {
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

function omits(without: Without, index: number): boolean {
	return typeof without === 'number' ? index === without : without(index);
}

/**
 * The maximum length of a label in UTF-16 units, and the number of elements visited for it. Where labelled elements
 * nest, inner text is read again for each level.
 */
const MAX_LABEL_CHARS = 1000;
const MOST_ELEMENTS = 300;

/** How many times as much text is read if most of it is white space. */
const MOST_WHITE_SPACE = 16;

/**
 * Returns the text of a node on one line, or its beginning; see `textContent`. White space between elements has no
 * effect.
 *
 * @param enough the length that is needed, in UTF-16 units
 * @param without a descendant whose text is omitted, or a test of descendants
 */
export function labelOf(
	nodes: readonly Node[],
	index: number,
	enough = MAX_LABEL_CHARS,
	without: Without = -1,
): string {
	let start: string | undefined;
	const text = read(nodes, index, without, MOST_ELEMENTS, all => {
		if (all.length < enough) return all;
		const line = startOnOneLine(all, enough);
		if (line.length < enough) return line;
		start = line;
		return undefined;
	});
	return startOf(start ?? onOneLine(text), enough).trim();
}

/** Returns the start of a text on one line: at least `enough` units of it, if it has so many. */
function startOnOneLine(text: string, enough: number): string {
	// One more, so that a cut inside a surrogate pair is seen.
	const start = text.slice(0, enough + 1);
	// Most texts have nothing to fold.
	if (start.charCodeAt(0) > 32 && foldSpaces(start) === start) return start;
	return foldSpaces(text.slice(0, enough * MOST_WHITE_SPACE)).trimStart();
}
