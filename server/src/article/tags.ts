import { append } from '../util/groups.ts';
import { FORMATTING_ELEMENTS } from './elements.ts';
import { hasEndTag, type Node } from './node.ts';
import { type Span, span } from './span.ts';
import { indicesOf, OPEN, REOPENED } from './traits.ts';
import type { Tree } from './tree.ts';

/** An element whose end tag comes after another tag has already closed the element. */
export interface MisnestedTag {
	/** Index of the element. */
	readonly node: number;
	/** The end tag intended for it. */
	readonly endTag: Span;
	/** The tag that closed it, such as `<div>` or `</div>`. */
	readonly closedBy: string;
}

/** The unpaired tags of a body. Each is in only one of these lists. */
export interface TagFaults {
	readonly misnested: readonly MisnestedTag[];
	/** End tags that no start tag matches. */
	readonly stray: readonly Span[];
	/** Indices of elements that require an end tag and have none. */
	readonly unclosed: readonly number[];
}

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Elements whose end tag may be left out (WHATWG HTML, "optional tags"). */
const OPTIONAL = names('p li dt dd rt rp optgroup option colgroup caption thead tbody tfoot tr td th');

/** Elements of the page itself, whose tags have no effect inside a body. */
const PAGE = names('html head body');

/**
 * Pairs stray end tags with elements that lack one, which tells misnested tags apart from stray and missing ones.
 * Linear in the size of the body, except for sorting the faults.
 */
export function findTagFaults(text: string, tree: Tree): TagFaults {
	const { nodes } = tree;
	const open = indicesOf(tree, OPEN);
	const overlapping = indicesOf(tree, REOPENED).length > 0 ? findOverlaps(text, nodes) : [];
	if (open.length === 0 && tree.strayEndTags.length === 0) return { misnested: overlapping, stray: [], unclosed: [] };

	// Tree order can differ from text order, since content that is not allowed in a table is moved in front of it.
	open.sort((a, b) => startOf(nodes, a) - startOf(nodes, b));
	const waiting = new Map<string, number[]>();
	const misnested: MisnestedTag[] = [];
	const paired = new Set<number>();
	const stray: Span[] = [];
	let next = 0;
	for (const endTag of tree.strayEndTags.toSorted((a, b) => a.start - b.start)) {
		for (; next < open.length && startOf(nodes, open[next]) < endTag.start; next++) {
			const index = open[next] as number;
			const { nodeName, end } = nodes[index] as Node;
			// `<p>one<p>two` is valid for the first `p`, and no later end tag belongs to it.
			if (nodeName === 'p' && tagAt(text, end) === '<p>') continue;
			append(waiting, nodeName, index);
		}
		const name = nameOf(tagAt(text, endTag.start));
		const node = waiting.get(name)?.pop();
		if (node !== undefined) {
			paired.add(node);
			misnested.push({ node, endTag, closedBy: tagAt(text, nodes[node]?.end ?? text.length) });
		} else if (!PAGE.has(name)) {
			stray.push(endTag);
		}
	}
	const unclosed = open.filter(index => {
		const node = nodes[index] as Node;
		return !paired.has(index) && !node.foreign && !OPTIONAL.has(node.nodeName);
	});
	return { misnested: [...misnested, ...overlapping], stray, unclosed };
}

/** Finds formatting elements with both tags that start outside an element and end inside it, or the reverse. */
function findOverlaps(text: string, nodes: readonly Node[]): MisnestedTag[] {
	const written: number[] = [];
	for (const [index, node] of nodes.entries()) if (hasEndTag(node) && !node.implied) written.push(index);
	written.sort((a, b) => startOf(nodes, a) - startOf(nodes, b));
	const found = new Map<number, MisnestedTag>();
	const around: number[] = [];
	for (const index of written) {
		const node = nodes[index] as Node;
		for (let outer = nodes[around.at(-1) ?? -1]; outer && outer.end <= node.start; ) {
			around.pop();
			outer = nodes[around.at(-1) ?? -1];
		}
		const outer = around.at(-1);
		const parent = nodes[outer ?? -1];
		if (outer !== undefined && parent && parent.end < node.end && FORMATTING_ELEMENTS.has(parent.nodeName)) {
			const endTag = span(parent.endTagStart, parent.end);
			found.set(outer, { node: outer, endTag, closedBy: tagAt(text, node.start) });
		}
		around.push(index);
	}
	return [...found.values()];
}

/** Returns the tag at an offset without its attributes, such as `<div>` or `</div>`; empty if no tag starts there. */
export function tagAt(text: string, offset: number): string {
	const match = /^<\/?[a-z][^\s/>]*/i.exec(text.slice(offset, offset + 64));
	return match ? `${match[0].toLowerCase()}>` : '';
}

function nameOf(tag: string): string {
	return tag.replace(/^<\/?|>$/g, '');
}

function startOf(nodes: readonly Node[], index: number | undefined): number {
	return nodes[index ?? -1]?.start ?? 0;
}
