import type { Article } from '../article/article.ts';
import { BLOCK_ELEMENTS, EMBED_ELEMENTS } from '../article/elements.ts';
import { greatest, smallest } from '../article/lists.ts';
import { texSource } from '../article/mathTwins.ts';
import { ELEMENT_NODE, isUnrendered, type Node, TEXT_NODE } from '../article/node.ts';
import type { Region } from '../article/regions/region.ts';
import type { BlockContent } from '../protocol/reader.ts';
import { firstIndex } from '../util/order.ts';
import { directionAttribute, languageAttribute } from './attributes.ts';
import { isHiddenInLine } from './hidden.ts';

/** A piece: nodes that become one block of the reader. */
export interface BlockNodes {
	/** Indices of its first and last node, inclusive. */
	readonly first: number;
	readonly last: number;
	/** Index of the element that is the block; `undefined` for a run of text and inline elements. */
	readonly element: number | undefined;
	readonly isFigure: boolean;
	/** Inline elements around the whole piece, outermost first. */
	readonly wrappers: readonly number[];
	readonly part: BlockContent['part'];
	/** The furniture that it is in. */
	readonly region: Region | undefined;
	/** Language and direction, from elements around it that are not drawn. */
	readonly lang: string | undefined;
	readonly dir: ReturnType<typeof directionAttribute>;
}

/** Elements that are one block regardless of their content. */
const UNITS: ReadonlySet<string> = new Set(
	'blockquote dl figure h1 h2 h3 h4 h5 h6 hr menu ol p pre table ul dir listing xmp plaintext summary legend details'.split(
		' ',
	),
);

/** Elements that are inline regardless of their content. */
const LINE_PARTS: ReadonlySet<string> = new Set(['select', 'canvas', 'svg', 'math']);

/** Elements whose blocks are not part of the main text. */
const PARTS: ReadonlyMap<string, BlockContent['part']> = new Map([
	['footer', 'footer'],
	['aside', 'aside'],
	['nav', 'aside'],
]);

/** How many inline elements around a piece are kept, dropping the outermost. Hostile bodies nest tens of thousands. */
const MOST_WRAPPERS = 8;

/** An open element with several pieces. */
interface Open {
	readonly last: number;
	readonly part: BlockContent['part'];
	readonly wrapper: number | undefined;
	readonly lang: string | undefined;
	readonly dir: BlockNodes['dir'];
}

/**
 * Divides a body into pieces that the reader draws as one block, in tree order. Some pieces may turn out to be empty.
 *
 * @param hidden 1 for each element that is not drawn, by index
 * @param forms forms that get a placeholder
 */
export function divide(article: Article, hidden: Uint8Array, forms: ReadonlySet<number>): readonly BlockNodes[] {
	const { nodes, weights } = article;
	const figures = new Map(article.figures.map(figure => [figure.node, figure]));
	/** The figures by the first of their nodes: a caption may precede its image. */
	const beginnings = new Map(article.figures.map(figure => [smallest([figure.node, ...figure.beside]), figure]));
	const regions = new Map(
		article.regions.furniture.filter(region => isPiece(article, region)).map(one => [one.first, one]),
	);
	const { divided: isDivided, holders } = findDivided(nodes, figures, regions, hidden);
	const total = weights.textBetween(0, nodes.length);
	/** Whether an element contains most of the article. A `details` around the whole article is ignored. */
	const isWhole = (index: number): boolean => weights.text(index) * 2 > total;
	const pieces: BlockNodes[] = [];
	const open: Open[] = [];
	const wrappers: number[] = [];
	let run: { first: number; last: number } | undefined;
	let region: Region | undefined;
	const add = (first: number, last: number, element: number | undefined): void => {
		const part = open.at(-1)?.part ?? 'main';
		const isFigure = element !== undefined && figures.has(element);
		pieces.push({
			first,
			last,
			element,
			isFigure,
			wrappers: wrappers.slice(-MOST_WRAPPERS),
			part,
			region: region ?? regionOfAll(article, first, last),
			...written(),
		});
	};
	const written = (node?: Node): Pick<BlockNodes, 'lang' | 'dir'> => ({
		lang: (node && languageAttribute(node)) ?? open.at(-1)?.lang,
		dir: (node && directionAttribute(node)) ?? open.at(-1)?.dir,
	});
	const close = (): void => {
		if (run) add(run.first, run.last, undefined);
		run = undefined;
	};
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		while ((open.at(-1)?.last ?? nodes.length) < index) {
			close();
			if (open.pop()?.wrapper !== undefined) wrappers.pop();
		}
		if (region && index > region.last) {
			close();
			region = undefined;
		}
		const starts = regions.get(index);
		if (starts) {
			close();
			region = starts;
		}
		if (node.nodeType === TEXT_NODE) {
			if (run) run.last = index;
			else if (node.nodeValue.trim() !== '') run = { first: index, last: index };
			continue;
		}
		const isTex = texSource(nodes, index) !== undefined;
		if (node.nodeType !== ELEMENT_NODE || (isUnrendered(node) && !isTex) || hidden[index]) {
			index = node.last;
			continue;
		}
		const figure = beginnings.get(index);
		const isUnit =
			!node.foreign &&
			(UNITS.has(node.nodeName) || EMBED_ELEMENTS.has(node.nodeName)) &&
			!(node.nodeName === 'details' && isWhole(index)) &&
			!(node.nodeName === 'p' && holders[index]);
		if (LINE_PARTS.has(node.nodeName)) {
			run = { first: run?.first ?? index, last: node.last };
			index = node.last;
		} else if (figure) {
			close();
			const last = greatest([figure.node, ...figure.beside].map(at => nodes[at]?.last ?? at));
			add(index, last, figure.node);
			index = last;
		} else if (isUnit) {
			close();
			add(index, node.last, index);
			index = node.last;
		} else if (isDivided[index]) {
			close();
			const isBlock = BLOCK_ELEMENTS.has(node.nodeName);
			const part = (node.foreign ? undefined : PARTS.get(node.nodeName)) ?? open.at(-1)?.part ?? 'main';
			if (forms.has(index)) add(index, index, index);
			const wrapper = isBlock || node.foreign ? undefined : index;
			open.push({ last: node.last, part, wrapper, ...written(node) });
			if (wrapper !== undefined) wrappers.push(wrapper);
		} else if (!node.foreign && BLOCK_ELEMENTS.has(node.nodeName)) {
			close();
			const part = PARTS.get(node.nodeName);
			if (part) open.push({ last: node.last, part, wrapper: undefined, ...written(node) });
			else {
				add(index, node.last, index);
				index = node.last;
			}
		} else {
			run = { first: run?.first ?? index, last: node.last };
			index = node.last;
		}
	}
	close();
	return pieces;
}

/** Returns the first region inside nodes that have no text and no images besides regions, as a list may. */
function regionOfAll({ regions: { furniture }, weights }: Article, first: number, last: number): Region | undefined {
	const from = firstIndex(furniture.length, at => (furniture[at]?.first ?? 0) >= first);
	let [text, images] = [0, 0];
	for (let at = from; (furniture[at]?.first ?? last + 1) <= last; at++) {
		const region = furniture[at] as Region;
		text += weights.textBetween(region.first, region.last + 1);
		images += weights.imagesBetween(region.first, region.last + 1);
	}
	const isAll = text === weights.textBetween(first, last + 1) && images === weights.imagesBetween(first, last + 1);
	return text + images > 0 && isAll ? furniture[from] : undefined;
}

/** Whether a region is drawn apart from what is around it. An empty one inside a line is not. */
function isPiece({ nodes, weights }: Article, region: Region): boolean {
	const { first, last } = region;
	if (isHiddenInLine(nodes, region)) return false;
	const isBlock = BLOCK_ELEMENTS.has(nodes[first]?.nodeName ?? '');
	return isBlock || weights.textBetween(first, last + 1) > 0 || weights.imagesBetween(first, last + 1) > 0;
}

/** Finds the elements that contain a block, a figure or a region, and those of them that contain a region. */
function findDivided(
	nodes: readonly Node[],
	figures: ReadonlyMap<number, unknown>,
	regions: ReadonlyMap<number, unknown>,
	hidden: Uint8Array,
): { readonly divided: Uint8Array; readonly holders: Uint8Array } {
	const divided = new Uint8Array(nodes.length);
	const holders = new Uint8Array(nodes.length);
	for (let index = nodes.length - 1; index >= 0; index--) {
		const node = nodes[index] as Node;
		if (hidden[index] || LINE_PARTS.has(node.nodeName)) continue;
		const isBlock = !node.foreign && (BLOCK_ELEMENTS.has(node.nodeName) || EMBED_ELEMENTS.has(node.nodeName));
		if (node.parent !== -1 && (regions.has(index) || holders[index])) holders[node.parent] = 1;
		if (!isBlock && !divided[index] && !figures.has(index) && !regions.has(index)) continue;
		if (node.parent !== -1) divided[node.parent] = 1;
	}
	return { divided, holders };
}
