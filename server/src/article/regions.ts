import { firstIndex } from '../util/order.ts';
import type { Node } from './node.ts';
import { announcedParts } from './regions/announced.ts';
import { cardParts } from './regions/cards.ts';
import { isDiscussion } from './regions/comments.ts';
import { headParts } from './regions/head.ts';
import { isConvincing } from './regions/judge.ts';
import { createMeasure } from './regions/measure.ts';
import type { Part, Region, RegionInput } from './regions/region.ts';
import { saidBy } from './regions/said.ts';
import { signOf } from './regions/signs.ts';
import { trailerParts } from './regions/trailer.ts';
import { type Span, span } from './span.ts';
import { indicesOf, SIGN } from './traits.ts';

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
 * Finds the furniture of a body. What the archive says of the source goes before all signs. What may be the article is
 * the article: every sign is doubted if the part holds more words than parts of its kind do. Linear in the text.
 */
export function findRegions(input: RegionInput): Regions {
	const { body, weights } = input;
	const { nodes } = body;
	const measure = createMeasure(body, weights);
	// Of two signs of one part, the first is given as the reason.
	const parts: Part[] = [
		...headParts(input),
		...signedParts(input),
		...announcedParts(input, measure),
		...cardParts(input, measure),
		...trailerParts(input, measure),
	];
	const said = input.rules && saidBy(input.rules, body, weights);
	const furniture: Region[] = [];
	let outside = -1;
	let discussion = -1;
	for (const part of [...(said?.furniture ?? []), ...parts].sort((a, b) => a.first - b.first || b.last - a.last)) {
		const { kind, first, last } = part;
		if (first <= outside || (kind === 'comments' && first <= discussion)) continue;
		if (!part.isSaid && (said?.keeps(first, last) || !isConvincing(nodes, part, measure))) continue;
		if (kind === 'comments' && isDiscussion(nodes, first, last, measure)) {
			discussion = last;
			continue;
		}
		outside = last;
		furniture.push({ ...part, span: spanOf(nodes, first, last) });
	}
	return regionsOf(furniture);
}

/** Finds the elements that give a sign themselves. */
function* signedParts({ body }: RegionInput): Generator<Part> {
	for (const first of indicesOf(body, SIGN)) {
		const node = body.nodes[first] as Node;
		const evidence = signOf(node);
		if (evidence) yield { ...evidence, first, last: node.last };
	}
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

/** Returns the source span of siblings and what they hold. */
function spanOf(nodes: readonly Node[], first: number, last: number): Span {
	const start = (nodes[first] as Node).start;
	let end = start;
	for (let at = first; at <= last; at = (nodes[at]?.last ?? at) + 1) end = Math.max(end, nodes[at]?.end ?? end);
	return span(start, end);
}
