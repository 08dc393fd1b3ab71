import type { TextEdit } from '../edits.ts';
import { BLOCK_ELEMENTS } from '../elements.ts';
import { ELEMENT_NODE, isElement, isHtmlSpace, type Node, TEXT_NODE } from '../node.ts';
import type { Region } from '../regions/region.ts';
import { type Span, span } from '../span.ts';
import type { Tree } from '../tree.ts';

/** The removal of a region. `newText` is empty, or a line break between the paragraphs that the region divided. */
export interface Cut extends TextEdit {
	readonly region: Region;
}

/** Elements whose white space is shown as it is written. */
const VERBATIM = ['pre', 'listing', 'textarea', 'xmp'];

/**
 * Returns the edits that remove regions from a text, in text order: with white space on one side if there is some on both, so that
 * words stay apart and no blank line is left.
 */
export function cutsOf(text: string, body: Tree, regions: readonly Region[]): readonly Cut[] {
	return regions
		.map(region => ({ region, newText: isDivider(body, region) ? '<br>' : '', span: spaced(text, body, region) }))
		.sort((a, b) => a.span.start - b.span.start);
}

function spaced(text: string, { nodes, span: body }: Tree, { first, span: own }: Region): Span {
	const around = nodes[nodes[first]?.parent ?? -1];
	if (around && VERBATIM.includes(around.nodeName)) return own;
	let start = own.start;
	while (start > body.start && isHtmlSpace(text.charCodeAt(start - 1))) start--;
	let end = own.end;
	while (end < body.end && isHtmlSpace(text.charCodeAt(end))) end++;
	// At the start of the body, what follows takes the place of the region.
	if (start === body.start && end < body.end) return span(own.start, end);
	return end > own.end || end === body.end ? span(start, own.end) : own;
}

/** Whether a region is all that divides two paragraphs without tags. */
function isDivider({ nodes }: Tree, { kind, first, last }: Region): boolean {
	if (kind === 'styles' || kind === 'hidden' || !isInline(before(nodes, first)) || !isInline(next(nodes, last, first)))
		return false;
	for (let at = first; at <= last; at = (nodes[at]?.last ?? at) + 1)
		if (BLOCK_ELEMENTS.has(nodes[at]?.nodeName ?? '')) return true;
	return false;
}

/** Whether a node is in the line of the text around it. */
function isInline(node: Node | undefined): boolean {
	if (node?.nodeType === TEXT_NODE) return true;
	return node?.nodeType === ELEMENT_NODE && !BLOCK_ELEMENTS.has(node.nodeName) && !isElement(node, 'br');
}

/** Returns the sibling before a node, except white space. */
function before(nodes: readonly Node[], index: number): Node | undefined {
	const parent = nodes[index]?.parent ?? -1;
	const sibling = (at: number): number => {
		let found = at;
		while (found > parent && nodes[found]?.parent !== parent) found = nodes[found]?.parent ?? -1;
		return found;
	};
	const found = sibling(index - 1);
	const at = isBlank(nodes[found]) ? sibling(found - 1) : found;
	return at > parent ? nodes[at] : undefined;
}

/** Returns the sibling after the nodes up to `last`, except white space. */
function next(nodes: readonly Node[], last: number, first: number): Node | undefined {
	const at = isBlank(nodes[last + 1]) ? last + 2 : last + 1;
	return nodes[at]?.parent === nodes[first]?.parent ? nodes[at] : undefined;
}

function isBlank(node: Node | undefined): boolean {
	return node?.nodeType === TEXT_NODE && node.nodeValue.trim() === '';
}
