import { attributeField, isElement, labelOf, type Node } from './node.ts';
import { type Field, type Span, span } from './span.ts';

/** An `a` or `area`. */
export interface Link {
	/** Index of the element, and the element. */
	readonly node: number;
	readonly span: Span;
	/** The decoded value of `href` and its place. */
	readonly href: Field | undefined;
}

/** All links of a body that were written in it, with or without `href`. */
export function findLinks(text: string, nodes: readonly Node[]): readonly Link[] {
	const links: Link[] = [];
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		if (node.implied || !(isElement(node, 'a') || isElement(node, 'area'))) continue;
		links.push({ node: index, span: span(node.start, node.end), href: attributeField(text, node, 'href') });
	}
	return links;
}

/** What a reader sees of a link: its text, else the `alt` of an image in it. */
export function linkLabel(nodes: readonly Node[], link: Link): string {
	return labelOf(nodes, link.node);
}
