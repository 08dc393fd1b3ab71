import { attributeField, type Node } from './node.ts';
import { type Field, type Span, span } from './span.ts';
import { indicesOf, LINK } from './traits.ts';
import type { Tree } from './tree.ts';

/** An `a` or `area`. */
export interface Link {
	/** Index of the element, and the element. */
	readonly node: number;
	readonly span: Span;
	/** The decoded value of `href` and its span. */
	readonly href: Field | undefined;
}

/** Finds all links that are written in a body, with or without `href`. */
export function findLinks(text: string, tree: Tree): readonly Link[] {
	return indicesOf(tree, LINK).map(index => {
		const node = tree.nodes[index] as Node;
		return { node: index, span: span(node.start, node.end), href: attributeField(text, node, 'href') };
	});
}
