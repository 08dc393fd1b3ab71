import { HEADING_ELEMENTS } from './elements.ts';
import { children, ELEMENT_NODE, isElement, labelOf, type Node, TEXT_NODE } from './node.ts';
import { type Span, span } from './span.ts';
import type { Weights } from './weights.ts';

/** A heading: `h1` to `h6`, or a paragraph that is bold as a whole. */
export interface Heading {
	/** Index of the element, and the element. */
	readonly node: number;
	readonly span: Span;
	/** 1 to 6; `BOLD_LEVEL` for a bold paragraph. */
	readonly level: number;
	readonly label: string;
}

/** The level of a bold paragraph: below every true heading. */
export const BOLD_LEVEL = 7;

/** A bold paragraph longer than this, in UTF-16 units, is emphasis and not a heading. */
const LONGEST_BOLD = 120;

/** All headings that have a text. */
export function findHeadings(nodes: readonly Node[], weights: Weights): readonly Heading[] {
	const headings: Heading[] = [];
	let outside = -1;
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		if (node.nodeType !== ELEMENT_NODE || node.foreign || node.implied) continue;
		const { nodeName } = node;
		// A bold paragraph inside one of these is part of it.
		if (nodeName === 'blockquote' || nodeName === 'figure' || nodeName === 'table' || nodeName === 'li')
			outside = Math.max(outside, node.last);
		const level = HEADING_ELEMENTS.has(nodeName)
			? Number(nodeName[1])
			: index > outside && isBoldParagraph(nodes, index, weights)
				? BOLD_LEVEL
				: 0;
		if (level === 0) continue;
		const label = labelOf(nodes, index);
		if (label) headings.push({ node: index, span: span(node.start, node.end), level, label });
	}
	return headings;
}

function isBoldParagraph(nodes: readonly Node[], index: number, weights: Weights): boolean {
	const node = nodes[index];
	if (!isElement(node, 'p') && !isElement(node, 'div')) return false;
	const length = weights.text(index);
	if (length === 0 || length > LONGEST_BOLD || weights.images(index) > 0) return false;
	for (const child of children(nodes, index)) {
		const inner = nodes[child];
		if (inner?.nodeType === TEXT_NODE) {
			if (inner.nodeValue.trim()) return false;
		} else if (isElement(inner, 'strong') || isElement(inner, 'b')) {
			return weights.text(child) === length;
		} else if (!isElement(inner, 'br')) {
			return false;
		}
	}
	return false;
}
