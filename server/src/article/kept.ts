import type { Node } from './node.ts';

/** Reads something off a node and what is inside it. */
export type Reading<T> = (nodes: readonly Node[], index: number) => T;

/**
 * Returns what a reading says of a node. The result is kept with the node and, until something inside it is edited, with its
 * copies in the trees of later texts, so that most of an article is not read again with each key pressed.
 *
 * @param reading looks at the node and its descendants only, and returns no index or offset: they can move
 */
export function kept<T>(nodes: readonly Node[], index: number, reading: Reading<T>): T {
	const node = nodes[index] as Node;
	for (let cell = node.kept; cell; cell = cell.next) if (cell.reading === reading) return cell.value as T;
	const value = reading(nodes, index);
	node.kept = { reading, value, next: node.kept };
	return value;
}
