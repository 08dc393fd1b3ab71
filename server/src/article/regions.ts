import { firstIndex } from '../util/order.ts';
import { isHiddenByItself } from './hidden.ts';
import type { Node } from './node.ts';
import { repeatedTitle } from './regions/head.ts';
import { isConvincing } from './regions/judge.ts';
import { createMeasure } from './regions/measure.ts';
import type { Evidence, Region, RegionInput } from './regions/region.ts';
import { semanticEvidence } from './regions/semantics.ts';
import { wordEvidence } from './regions/words.ts';
import { span } from './span.ts';
import { APART, ATTRIBUTED, UNRENDERED } from './traits.ts';
import { nodesThat } from './tree.ts';

/** Which parts of a body are the article, and which are furniture: parts of the page around it. */
export interface Regions {
	/** The parts that are furniture, in tree order. None is inside another. */
	readonly furniture: readonly Region[];
	/** Returns the furniture that a node is in; `undefined` if it is part of the article. In logarithmic time. */
	regionOf(index: number): Region | undefined;
	/** Whether a node is in furniture. In logarithmic time. */
	isFurniture(index: number): boolean;
}

/** No furniture: all of a body is the article. */
export const NO_FURNITURE: Regions = { furniture: [], regionOf: () => undefined, isFurniture: () => false };

/**
 * Finds the furniture of a body. What may be the article is the article: every sign is doubted if the part holds more
 * words than parts of its kind do. Linear in the text.
 */
export function findRegions(input: RegionInput): Regions {
	const { body, weights } = input;
	const { nodes } = body;
	const measure = createMeasure(body, weights);
	const candidates = new Map<number, Evidence>();
	for (const index of nodesThat(body, ATTRIBUTED | APART | UNRENDERED, isSuspect)) {
		const evidence = evidenceOf(nodes[index] as Node);
		if (evidence) candidates.set(index, evidence);
	}
	for (const [index, evidence] of repeatedTitle(input)) candidates.set(index, evidence);
	const furniture: Region[] = [];
	let outside = -1;
	for (const [index, evidence] of [...candidates].sort(([a], [b]) => a - b)) {
		const node = nodes[index] as Node;
		if (index <= outside || !isConvincing(nodes, index, node.last, evidence, measure)) continue;
		outside = node.last;
		furniture.push({ ...evidence, first: index, last: node.last, span: span(node.start, node.end) });
	}
	return regionsOf(furniture);
}

/** Makes the regions of a list of furniture, which is in tree order. */
function regionsOf(furniture: readonly Region[]): Regions {
	if (furniture.length === 0) return NO_FURNITURE;
	const regionOf = (index: number): Region | undefined => {
		const region = furniture[firstIndex(furniture.length, at => (furniture[at]?.first ?? 0) > index) - 1];
		return region && index <= region.last ? region : undefined;
	};
	return { furniture, regionOf, isFurniture: index => regionOf(index) !== undefined };
}

/** Whether an element has a sign of its own; whatever is around it. */
function isSuspect(node: Node): boolean {
	return evidenceOf(node) !== undefined;
}

/** Returns the best sign that an element itself gives. */
function evidenceOf(node: Node): Evidence | undefined {
	return (
		semanticEvidence(node) ??
		(node.nodeName !== 'img' && isHiddenByItself(node)
			? { kind: 'hidden', reason: 'hidden on the page' }
			: undefined) ??
		wordEvidence(node)
	);
}
