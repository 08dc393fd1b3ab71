import { BLOCK_ELEMENTS, EMBED_ELEMENTS, UNIT_ELEMENTS } from './elements.ts';
import { ELEMENT_NODE, type Node } from './node.ts';
import { type Span, span } from './span.ts';
import type { Tree } from './tree.ts';

/**
 * A part of the body that readers see as a unit: a paragraph, heading, list item, figure, table, or the text between
 * them.
 */
export interface Block {
	/** Index of the nearest enclosing block-level element; -1 for text at the top level of the body. */
	readonly node: number;
	readonly span: Span;
	/** Indices of its first and last node. */
	readonly first: number;
	readonly last: number;
}

/** How an element divides the text: it is a unit, it is a block, or its text is not rendered. */
const DIVIDES: ReadonlyMap<string, 'unit' | 'block' | 'silent'> = new Map([
	...[...BLOCK_ELEMENTS].map(name => [name, 'block'] as const),
	...['script', 'style', 'template'].map(name => [name, 'silent'] as const),
	...[...UNIT_ELEMENTS, ...EMBED_ELEMENTS, 'hr'].map(name => [name, 'unit'] as const),
]);

/** Divides a body into blocks, in tree order. Together they cover all its text, images and embeds. */
export function findBlocks({ nodes, lengths }: Pick<Tree, 'nodes' | 'lengths'>): readonly Block[] {
	const blocks: Block[] = [];
	/** The nearest block-level ancestor-or-self of each node. */
	const container = new Int32Array(nodes.length).fill(-1);
	/** Whether a block-level element contains other block-level elements. */
	const divided = new Uint8Array(nodes.length);
	/** The run of nodes in one block-level element that has been read; none if `first` is -1. */
	let [around, first, last] = [-1, -1, -1];
	const close = (): void => {
		if (first === -1) return;
		const [from, to] = [nodes[first] as Node, nodes[last] as Node];
		const own = divided[around] === 0 ? nodes[around] : undefined;
		const place = own ? span(own.start, own.end) : span(Math.min(from.start, to.start), Math.max(from.end, to.end));
		blocks.push({ node: around, span: place, first, last });
		first = -1;
	};
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		const outer = node.parent === -1 ? -1 : (container[node.parent] ?? -1);
		const divides = node.nodeType === ELEMENT_NODE && !node.foreign ? DIVIDES.get(node.nodeName) : undefined;
		if (divides === 'unit' || divides === 'block') {
			if (outer !== -1) divided[outer] = 1;
			close();
			container[index] = index;
			if (divides === 'block') continue;
			blocks.push({ node: index, span: span(node.start, node.end), first: index, last: node.last });
			index = node.last;
		} else if (divides === 'silent') {
			index = node.last;
		} else {
			container[index] = outer;
			if (around !== outer) close();
			if ((lengths[index] ?? 0) === 0 && !isPicture(node)) continue;
			if (first === -1) [around, first, last] = [outer, index, node.last];
			else last = Math.max(last, node.last);
		}
	}
	close();
	return blocks;
}

/** Whether a node that is no text is visible on its own. */
function isPicture({ nodeName }: Node): boolean {
	return nodeName === 'img' || nodeName === 'svg' || nodeName === 'math';
}
