import { BLOCK_ELEMENTS, EMBED_ELEMENTS, UNIT_ELEMENTS } from './elements.ts';
import { ELEMENT_NODE, isUnrendered, type Node, TEXT_NODE } from './node.ts';
import { type Span, span } from './span.ts';

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

/** Divides a body into blocks, in tree order. Together they cover all its text, images and embeds. */
export function findBlocks(nodes: readonly Node[]): readonly Block[] {
	const blocks: Block[] = [];
	/** The nearest block-level ancestor-or-self of each node. */
	const container = new Int32Array(nodes.length).fill(-1);
	/** Whether a block-level element contains other block-level elements. */
	const divided = new Uint8Array(nodes.length);
	let run: { node: number; first: number; last: number } | undefined;
	const close = (): void => {
		const own = run && nodes[run.node];
		const [from, to] = run ? [nodes[run.first], nodes[run.last]] : [];
		if (run && from && to) {
			const part = span(Math.min(from.start, to.start), Math.max(from.end, to.end));
			blocks.push({ ...run, span: own && !divided[run.node] ? span(own.start, own.end) : part });
		}
		run = undefined;
	};
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		const outer = node.parent === -1 ? -1 : (container[node.parent] ?? -1);
		const element = node.nodeType === ELEMENT_NODE && !node.foreign;
		const unit =
			element && (UNIT_ELEMENTS.has(node.nodeName) || EMBED_ELEMENTS.has(node.nodeName) || node.nodeName === 'hr');
		if (unit || (element && BLOCK_ELEMENTS.has(node.nodeName))) {
			if (outer !== -1) divided[outer] = 1;
			close();
			container[index] = index;
			if (!unit) continue;
			blocks.push({ node: index, span: span(node.start, node.end), first: index, last: node.last });
			index = node.last;
		} else if (element && isUnrendered(node)) {
			index = node.last;
		} else {
			container[index] = outer;
			if (run && run.node !== outer) close();
			if (!isSeen(node)) continue;
			run = run ? { ...run, last: Math.max(run.last, node.last) } : { node: outer, first: index, last: node.last };
		}
	}
	close();
	return blocks;
}

/** Whether a node is visible on its own. */
function isSeen(node: Node): boolean {
	if (node.nodeType === TEXT_NODE) return node.nodeValue.trim() !== '';
	return node.nodeName === 'img' || node.nodeName === 'svg' || node.nodeName === 'math';
}
