import { firstIndex } from '../util/order.ts';
import { ancestors, isElement, type Node } from './node.ts';
import { announcedParts } from './regions/announced.ts';
import { cardParts } from './regions/cards.ts';
import { isDiscussion } from './regions/comments.ts';
import { headParts } from './regions/head.ts';
import { isConvincing } from './regions/judge.ts';
import { createMeasure, type Measure } from './regions/measure.ts';
import type { Part, Region, RegionInput, RegionMap } from './regions/region.ts';
import { saidBy } from './regions/said.ts';
import { signOf } from './regions/signs.ts';
import { trailerParts } from './regions/trailer.ts';
import { type Span, span } from './span.ts';
import { indicesOf, SIGN } from './traits.ts';
import type { Tree } from './tree.ts';

/** Which parts of a body are the article, and which are furniture: parts of the page around it. */
export type Regions = RegionMap<Region>;

/** No furniture: all of a body is the article. */
export const NO_FURNITURE: Regions = { furniture: [], regionOf: () => undefined, isFurniture: () => false };

/**
 * Finds the furniture of a body. What the archive says of the source goes before all signs. What may be the article is
 * the article: every sign is doubted if the part holds more words than parts of its kind do. Linear in the text.
 */
export function findRegions(input: RegionInput): Regions {
	const { body, weights, rules } = input;
	const { nodes } = body;
	const measure = createMeasure(body, weights);
	const said = rules && saidBy(rules, body, weights);
	const isFurniture = (part: Part): boolean =>
		!said?.keeps(part.first, part.last) && isConvincing(nodes, part, measure);
	const { signed, discussion } = signedParts(body, measure, isFurniture);
	const apart = regionsOf(signed);
	const told = [
		...announcedParts(input, measure, apart),
		...cardParts(input, measure),
		...trailerParts(body, measure, apart),
	];
	const parts = [
		...(said?.furniture ?? []),
		// Of two signs of one part, the first is given as the reason.
		...headParts(input).filter(isFurniture),
		...signed,
		...told.filter(part => !(part.kind === 'comments' && part.first <= discussion) && isFurniture(part)),
	];
	return regionsOf(outermost(parts).map(part => ({ ...part, span: spanOf(nodes, part.first, part.last) })));
}

/** Leaves out parts inside others. */
function outermost(parts: readonly Part[]): readonly Part[] {
	let outside = -1;
	return parts
		.toSorted((a, b) => a.first - b.first || b.last - a.last)
		.filter(({ first, last }) => {
			if (first <= outside) return false;
			outside = last;
			return true;
		});
}

/**
 * Finds the outermost elements that give a sign themselves, and the end of the last discussion that is marked up as
 * comments.
 */
function signedParts(
	body: Tree,
	measure: Measure,
	isFurniture: (part: Part) => boolean,
): { readonly signed: readonly Part[]; readonly discussion: number } {
	const signed: Part[] = [];
	let outside = -1;
	let discussion = -1;
	for (const first of indicesOf(body, SIGN)) {
		if (first <= outside) continue;
		const node = body.nodes[first] as Node;
		const evidence = signOf(node);
		if (!evidence || (evidence.kind === 'comments' && first <= discussion)) continue;
		if ((evidence.kind === 'trailer' || evidence.kind === 'byline') && isOfPicture(body.nodes, first, measure))
			continue;
		const { last } = node;
		const part = { ...evidence, first, last };
		if (!isFurniture(part)) continue;
		if (evidence.kind === 'comments' && isDiscussion(body.nodes, first, last, measure)) {
			discussion = last;
			continue;
		}
		outside = last;
		signed.push(part);
	}
	return { signed, discussion };
}

/** How many elements are between a credit and the `figure` that it is in. */
const CREDIT_DEPTH = 4;

/** Whether a copyright or name is the credit of a picture: in a `figure`, or the only text of an element with an image. */
function isOfPicture(nodes: readonly Node[], first: number, measure: Measure): boolean {
	const { parent, last } = nodes[first] as Node;
	if (parent === -1) return false;
	const around = measure.amount(parent, nodes[parent]?.last ?? parent);
	if (around.images > 0 && around.text === measure.amount(first, last).text) return true;
	let passed = 0;
	for (const at of ancestors(nodes, first)) {
		if (isElement(nodes[at], 'figure')) return true;
		if (++passed === CREDIT_DEPTH) break;
	}
	return false;
}

/** Makes the regions of a list of furniture, which is in tree order. */
function regionsOf<T extends Part>(furniture: readonly T[]): RegionMap<T> {
	if (furniture.length === 0) return { furniture, regionOf: () => undefined, isFurniture: () => false };
	const regionOf = (index: number): T | undefined => {
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
