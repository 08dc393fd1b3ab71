import { append } from '../util/groups.ts';
import { FORMATTING_ELEMENTS } from './elements.ts';
import { hasEndTag, type Node } from './node.ts';
import { type Span, span } from './span.ts';
import { indicesOf, OPEN, REOPENED } from './traits.ts';
import type { Tree } from './tree.ts';

/** An element whose end tag came when something else had closed the element already. */
export interface MisnestedTag {
	/** Index of the element. */
	readonly node: number;
	/** The end tag that was meant for it. */
	readonly endTag: Span;
	/** The tag that closed it, as `<div>` or `</div>`. */
	readonly closedBy: string;
}

/** The tags of a body that do not form pairs, each in one of these lists alone. */
export interface TagFaults {
	readonly misnested: readonly MisnestedTag[];
	/** End tags that no start tag was meant for. */
	readonly stray: readonly Span[];
	/** Indices of elements that need an end tag and have none anywhere. */
	readonly unclosed: readonly number[];
}

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Elements whose end tag may be left out (WHATWG HTML, "optional tags"). */
const OPTIONAL = names('p li dt dd rt rp optgroup option colgroup caption thead tbody tfoot tr td th');

/** Page elements, whose tags mean nothing inside a body. */
const PAGE = names('html head body');

/**
 * Pairs the end tags that closed nothing with the elements that lack one, and so tells one mis-nesting from a tag too many
 * and a tag too few. Linear in the size of the body, but for sorting what is wrong.
 */
export function findTagFaults(text: string, tree: Tree): TagFaults {
	const { nodes } = tree;
	const open = indicesOf(tree, OPEN);
	const overlapping = indicesOf(tree, REOPENED).length > 0 ? findOverlaps(text, nodes) : [];
	if (open.length === 0 && tree.strayEndTags.length === 0) return { misnested: overlapping, stray: [], unclosed: [] };

	// What stands wrong in a table is put before it, so tree order need not be the order of the text.
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
			// `<p>one<p>two` is no fault of the first `p`, and no later end tag was meant for it.
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

/** Formatting elements with both tags that begin outside an element and end inside it, or the other way round. */
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

/** The tag at an offset without its attributes, as `<div>` or `</div>`; empty where none starts there. */
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
