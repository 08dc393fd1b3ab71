import { labelOf } from './label.ts';
import { children, isElement, type Node, TEXT_NODE } from './node.ts';
import { type Span, span } from './span.ts';
import { FIGURE, HEADING, indicesOf, PARAGRAPH, PASSAGE } from './traits.ts';
import type { Tree } from './tree.ts';
import type { Weights } from './weights.ts';

/** A heading: `h1` to `h6`, or a paragraph that is entirely bold. */
export interface Heading {
	/** Index of the element, and the element. */
	readonly node: number;
	readonly span: Span;
	/** 1 to 6, or `BOLD_LEVEL` for a bold paragraph. */
	readonly level: number;
	readonly label: string;
}

/** The level of a bold paragraph: below all real headings. */
export const BOLD_LEVEL = 7;

/** A bold paragraph longer than this, in UTF-16 units, is emphasis and not a heading. */
const MAX_BOLD_CHARS = 120;

/** Finds all headings that have text. */
export function findHeadings(tree: Tree, weights: Weights): readonly Heading[] {
	const { nodes, traits, lengths } = tree;
	const headings: Heading[] = [];
	let outside = -1;
	for (const index of indicesOf(tree, HEADING | PARAGRAPH | PASSAGE | FIGURE)) {
		const trait = traits[index] ?? 0;
		// A paragraph that starts with text is not bold as a whole; most do.
		if ((trait & PARAGRAPH) !== 0 && (index <= outside || (lengths[index + 1] ?? 0) > 0)) continue;
		const node = nodes[index] as Node;
		// A bold paragraph inside one of these is part of it.
		if ((trait & (PASSAGE | FIGURE)) !== 0) outside = Math.max(outside, node.last);
		const isHeading = (trait & HEADING) !== 0;
		if (!isHeading && !((trait & PARAGRAPH) !== 0 && isBoldParagraph(nodes, index, weights))) continue;
		const level = isHeading ? Number(node.nodeName[1]) : BOLD_LEVEL;
		const label = labelOf(nodes, index);
		if (label) headings.push({ node: index, span: span(node.start, node.end), level, label });
	}
	return headings;
}

function isBoldParagraph(nodes: readonly Node[], index: number, weights: Weights): boolean {
	const length = weights.text(index);
	if (length === 0 || length > MAX_BOLD_CHARS || weights.images(index) > 0) return false;
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
