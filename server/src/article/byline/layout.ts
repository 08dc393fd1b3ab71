import { firstIndex } from '../../util/order.ts';
import { BLOCK_ELEMENTS } from '../elements.ts';
import { siblingBefore as before, ELEMENT_NODE, isElement, type Node, TEXT_NODE } from '../node.ts';
import type { Weights } from '../weights.ts';

/** How many nodes at the foot of a body are searched. */
const FOOT_NODES = 250;

/** The last nodes of an article, from `first` to `last`, and the node from which on they are searched. */
export interface Foot {
	readonly first: number;
	readonly last: number;
	readonly start: number;
}

/**
 * Returns the last nodes of the article, without comments and the like behind it.
 *
 * @param most how much text of it is searched, in characters
 */
export function footOf(
	nodes: readonly Node[],
	weights: Weights,
	isForeign: (index: number) => boolean,
	most: number,
): Foot {
	let parent = -1;
	let path = pathTo(nodes, nodes.length - 1, parent);
	for (;;) {
		let end = path.pop();
		while (end !== undefined && (weights.text(end) === 0 || isForeign(end))) {
			path = pathTo(nodes, end - 1, parent);
			end = path.pop();
		}
		if (end === undefined) return { first: 0, last: -1, start: 0 };
		const last = nodes[end]?.last ?? end;
		if (last - end > FOOT_NODES) {
			parent = end;
			continue;
		}
		const start = firstIndex(last + 1, index => weights.textBetween(index, last + 1) <= most);
		let first = end;
		for (let at: number | undefined = end; at !== undefined && last - at <= FOOT_NODES; at = before(nodes, at)) {
			first = at;
			if (first <= start) break;
		}
		return { first, last, start };
	}
}

/** Returns a node and those around it that are inside `parent`, the innermost first. Each ends where the node does. */
function pathTo(nodes: readonly Node[], node: number, parent: number): number[] {
	const path: number[] = [];
	for (let at = node; at > parent; at = nodes[at]?.parent ?? -1) path.push(at);
	return path;
}

/** Returns the block that a node is in; -1 if there is none. */
export function blockAround(nodes: readonly Node[], index: number): number {
	let at = nodes[index]?.parent ?? -1;
	while (at !== -1 && !BLOCK_ELEMENTS.has(nodes[at]?.nodeName ?? '')) at = nodes[at]?.parent ?? -1;
	return at;
}

/** Whether an element is an `aside` with more than a few lines, such as those of a byline. */
export function isLongAside(nodes: readonly Node[], weights: Weights, index: number, most: number): boolean {
	return isElement(nodes[index], 'aside') && weights.text(index) > most;
}

/** How much text may stand beside a link to the page of an author in its line: a date, the names of others. */
const MAX_BESIDE_LINK = 60;

/** Whether the line that a link is in has little else: in a sentence, it leads to anybody. */
export function isLineOfLink(nodes: readonly Node[], weights: Weights, index: number): boolean {
	const block = blockAround(nodes, index);
	return block !== -1 && weights.text(block) - weights.text(index) <= MAX_BESIDE_LINK;
}

/** Returns the outermost inline node of which a text is all, if that is a line by itself. */
export function lineAround(nodes: readonly Node[], weights: Weights, index: number): number | undefined {
	let at = index;
	for (;;) {
		const node = nodes[at] as Node;
		if (!isLine(nodes, at)) return undefined;
		const parent = nodes[node.parent];
		if (!parent || BLOCK_ELEMENTS.has(parent.nodeName) || weights.text(node.parent) !== weights.text(at)) return at;
		at = node.parent;
	}
}

/** Whether a node begins and ends a line: it stands between blocks, pictures and `br`. */
export function isLine(nodes: readonly Node[], index: number): boolean {
	return endsLine(nodes, siblingBefore(nodes, index)) && endsLine(nodes, siblingAfter(nodes, index));
}

function endsLine(nodes: readonly Node[], index: number | undefined): boolean {
	const node = index === undefined ? undefined : nodes[index];
	return !node || node.nodeName === 'br' || node.nodeName === 'img' || BLOCK_ELEMENTS.has(node.nodeName);
}

/** Returns the sibling before a node that is no white space. */
function siblingBefore(nodes: readonly Node[], index: number): number | undefined {
	const { parent } = nodes[index] as Node;
	let at = index - 1;
	while (at > parent) {
		while (nodes[at]?.parent !== parent) at = nodes[at]?.parent ?? parent;
		if (!isSpace(nodes, at)) return at;
		at--;
	}
	return undefined;
}

function siblingAfter(nodes: readonly Node[], index: number): number | undefined {
	const { parent, last } = nodes[index] as Node;
	const end = parent === -1 ? nodes.length - 1 : (nodes[parent]?.last ?? -1);
	let at = last + 1;
	while (at <= end && isSpace(nodes, at)) at++;
	return at <= end ? at : undefined;
}

function isSpace(nodes: readonly Node[], index: number): boolean {
	const node = nodes[index];
	return (
		node !== undefined &&
		node.nodeType !== ELEMENT_NODE &&
		(node.nodeType !== TEXT_NODE || node.nodeValue.trim() === '')
	);
}

/** Returns the innermost element that holds all of an element's text. */
export function innermost(nodes: readonly Node[], weights: Weights, index: number): number {
	const weight = weights.text(index);
	let at = index;
	for (let child = at + 1; child <= (nodes[at]?.last ?? at); ) {
		const node = nodes[child] as Node;
		if (node.nodeType === ELEMENT_NODE && weights.text(child) === weight) {
			at = child;
			child++;
		} else child = node.last + 1;
	}
	return at;
}
