import { getAttribute, isElement, type Node } from './node.ts';
import { indicesOf, NAMED } from './traits.ts';
import type { Tree } from './tree.ts';

/** The elements that `#name` can point to (WHATWG HTML, "indicated part of the document"), by name, in tree order. */
export type Ids = ReadonlyMap<string, readonly number[]>;

/** Collects the `id` of every element and the `name` of every `a` that is written in the body. */
export function findIds(tree: Tree): Ids {
	const ids = new Map<string, number[]>();
	const add = (name: string | undefined, index: number): void => {
		if (!name) return;
		const places = ids.get(name);
		if (!places) ids.set(name, [index]);
		else if (places.at(-1) !== index) places.push(index);
	};
	for (const index of indicesOf(tree, NAMED)) {
		const node = tree.nodes[index] as Node;
		add(getAttribute(node, 'id'), index);
		if (isElement(node, 'a')) add(getAttribute(node, 'name'), index);
	}
	return ids;
}
