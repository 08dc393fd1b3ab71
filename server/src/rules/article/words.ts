import type { Article } from '../../article/article.ts';
import { BLOCK_ELEMENTS } from '../../article/elements.ts';
import { ELEMENT_NODE, isUnrendered, type Node } from '../../article/node.ts';
import type { Region } from '../../article/regions/region.ts';
import { type Span, span } from '../../article/span.ts';
import { TEXT } from '../../article/traits.ts';
import { onOneLine } from '../../util/text.ts';

/** The words of a block that are shown together. */
export interface Words {
	/** On one line. */
	readonly value: string;
	readonly span: Span;
	/** Indices of its text nodes, in tree order. */
	readonly nodes: readonly number[];
}

/**
 * Yields the words at the end of an article, block by block, last first. Furniture, styles and `noscript` are left out.
 *
 * @param most the number of characters after which to stop
 * @param keeps whether a part is read although it is furniture
 */
export function* lastWords(
	{ nodes, body, regions }: Article,
	most: number,
	keeps: (region: Region) => boolean = () => false,
): Generator<Words> {
	let run: number[] = [];
	let [block, length] = [-2, 0];
	for (let index = nodes.length - 1; index >= 0 && length < most; index--) {
		if (((body.traits[index] ?? 0) & TEXT) === 0 || body.lengths[index] === 0) continue;
		const region = regions.regionOf(index);
		if (region && !keeps(region)) {
			index = region.first;
			continue;
		}
		const { block: around, unseen } = surroundings(nodes, index);
		if (unseen !== undefined) {
			index = unseen;
			continue;
		}
		if (around !== block && run.length > 0) {
			yield wordsOf(nodes, run);
			run = [];
		}
		block = around;
		run.push(index);
		length += body.lengths[index] ?? 0;
	}
	if (run.length > 0) yield wordsOf(nodes, run);
}

/** Reads text nodes that are given last first. */
function wordsOf(nodes: readonly Node[], run: readonly number[]): Words {
	const order = run.toReversed();
	const [first, last] = [nodes[order[0] ?? -1] as Node, nodes[run[0] ?? -1] as Node];
	const value = onOneLine(order.map(index => nodes[index]?.nodeValue).join(''));
	return { value, span: span(first.start, last.end), nodes: order };
}

/** Returns the nearest block-level element around a text, -1 for none; or the element around it that is not shown. */
function surroundings(nodes: readonly Node[], index: number): { readonly block: number; readonly unseen?: number } {
	let at = nodes[index]?.parent ?? -1;
	for (let node = nodes[at]; node; at = node.parent, node = nodes[at]) {
		if (isUnrendered(node) || node.nodeName === 'noscript') return { block: at, unseen: at };
		if (node.nodeType === ELEMENT_NODE && !node.foreign && BLOCK_ELEMENTS.has(node.nodeName)) return { block: at };
	}
	return { block: at };
}
