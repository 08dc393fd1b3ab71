import type { TraversalType } from 'css-what';
import { firstIndex } from '../../util/order.ts';
import { ELEMENT_NODE, type Node } from '../node.ts';

/**
 * The combinators of CSS as relations between two lists of elements, both in tree order. Each takes time linear in the lists,
 * but for a logarithm.
 */

/** Returns those of `right` to which a combinator leads from one of `left`. */
export function after(
	nodes: readonly Node[],
	combinator: TraversalType,
	left: readonly number[],
	right: readonly number[],
): readonly number[] {
	switch (combinator) {
		case 'descendant':
			return inside(nodes, left, right);
		case 'child': {
			const parents = new Set(left);
			return right.filter(at => parents.has(parentOf(nodes, at)));
		}
		case 'adjacent': {
			const next = new Set(left.map(at => nextElement(nodes, at)));
			return right.filter(at => next.has(at));
		}
		default: {
			const first = new Map<number, number>();
			for (const at of left) if (!first.has(parentOf(nodes, at))) first.set(parentOf(nodes, at), at);
			return right.filter(at => (first.get(parentOf(nodes, at)) ?? at) < at);
		}
	}
}

/** Returns those of `left` from which a combinator leads to one of `right`. */
export function before(
	nodes: readonly Node[],
	combinator: TraversalType,
	left: readonly number[],
	right: readonly number[],
): readonly number[] {
	switch (combinator) {
		case 'descendant':
			return left.filter(at => {
				const next = right[firstIndex(right.length, one => (right[one] ?? 0) > at)];
				return next !== undefined && next <= (nodes[at]?.last ?? at);
			});
		case 'child': {
			const parents = new Set(right.map(at => parentOf(nodes, at)));
			return left.filter(at => parents.has(at));
		}
		case 'adjacent': {
			const wanted = new Set(right);
			return left.filter(at => wanted.has(nextElement(nodes, at)));
		}
		default: {
			const last = new Map(right.map(at => [parentOf(nodes, at), at]));
			return left.filter(at => (last.get(parentOf(nodes, at)) ?? at) > at);
		}
	}
}

/** Returns those of `inner` that are inside one of `outer`. */
function inside(nodes: readonly Node[], outer: readonly number[], inner: readonly number[]): readonly number[] {
	let next = 0;
	let reach = -1;
	return inner.filter(at => {
		for (let one = outer[next]; one !== undefined && one < at; one = outer[++next])
			reach = Math.max(reach, nodes[one]?.last ?? one);
		return at <= reach;
	});
}

function parentOf(nodes: readonly Node[], at: number): number {
	return nodes[at]?.parent ?? -1;
}

/** Returns the next sibling that is an element; -1 if there is none. */
function nextElement(nodes: readonly Node[], at: number): number {
	const node = nodes[at] as Node;
	for (let next = node.last + 1; ; next++) {
		const other = nodes[next];
		if (other?.parent !== node.parent) return -1;
		if (other.nodeType === ELEMENT_NODE) return next;
	}
}
