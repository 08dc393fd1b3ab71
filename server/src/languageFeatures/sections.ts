import type { Article } from '../article/article.ts';
import type { Heading } from '../article/headings.ts';
import { type Node, TEXT_NODE } from '../article/node.ts';
import { type Span, span } from '../article/span.ts';

/** A heading and the content under it. */
export interface Section {
	readonly heading: Heading;
	/** From the heading, or the outermost element that contains nothing else, to the next heading of the same or a higher level. */
	readonly span: Span;
}

/** Finds the sections of a body. Each ends at the latest with its containing element, so that sections and elements nest. */
export function findSections(article: Article): readonly Section[] {
	const { nodes, headings, text, body } = article;
	return headings.map((heading, at) => {
		const { container, first } = containerOf(nodes, heading.node);
		const holder = nodes[container];
		const start = nodes[first]?.start ?? heading.span.start;
		let end = holder?.endTagStart ?? body.span.end;
		let next = headings[at + 1];
		// Linear overall: each heading is skipped by at most one heading per level above it.
		for (let below = at + 1; next && next.level > heading.level; ) next = headings[++below];
		if (next && next.node <= (holder?.last ?? nodes.length)) {
			const inside = childOf(nodes, container, next.node);
			if (inside !== first) end = Math.min(end, nodes[inside]?.start ?? end);
		}
		const length = text.slice(start, end).trimEnd().length;
		return { heading, span: span(start, start + length) };
	});
}

/** Returns the innermost element with content after the heading, and its child that contains the heading. */
function containerOf(nodes: readonly Node[], heading: number): { readonly container: number; readonly first: number } {
	let first = heading;
	let container = nodes[heading]?.parent ?? -1;
	while (container !== -1 && (nodes[container]?.implied || !holdsMore(nodes, container, first))) {
		first = container;
		container = nodes[container]?.parent ?? -1;
	}
	return { container, first };
}

/** Whether a parent has content other than white space after a child. */
function holdsMore(nodes: readonly Node[], parent: number, child: number): boolean {
	const [end, next] = [nodes[parent]?.last ?? -1, (nodes[child]?.last ?? child) + 1];
	const node = nodes[next];
	if (!node || next > end) return false;
	return next < end || node.nodeType !== TEXT_NODE || node.nodeValue.trim() !== '';
}

/** Returns the child of an element that contains a node. */
function childOf(nodes: readonly Node[], parent: number, index: number): number {
	let at = index;
	for (let up = nodes[at]?.parent ?? -1; up !== parent && up !== -1; up = nodes[at]?.parent ?? -1) at = up;
	return at;
}
