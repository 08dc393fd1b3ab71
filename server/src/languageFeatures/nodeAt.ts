import type { Node } from '../article/node.ts';

/** Returns the index of the smallest node in the source at an offset; -1 if there is none. */
export function nodeAt(nodes: readonly Node[], offset: number): number {
	let found = -1;
	let smallest = Number.POSITIVE_INFINITY;
	for (const [index, node] of nodes.entries()) {
		if (node.implied || offset < node.start || offset >= node.end || node.end - node.start > smallest) continue;
		found = index;
		smallest = node.end - node.start;
	}
	return found;
}
