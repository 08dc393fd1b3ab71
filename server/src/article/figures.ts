import { BLOCK_ELEMENTS } from './elements.ts';
import type { Image } from './images.ts';
import { labelOf } from './label.ts';
import { greatest } from './lists.ts';
import { ancestors, getAttribute, isElement, type Node, TEXT_NODE } from './node.ts';
import { type Span, span } from './span.ts';
import { FIGURE, indicesOf, innermostAround } from './traits.ts';
import type { Tree } from './tree.ts';
import type { Weights } from './weights.ts';

/** A caption or credit of a figure. */
export interface FigureText {
	/** Index of the element that contains the text, and its span. */
	readonly node: number;
	readonly span: Span;
	/** The text on one line. */
	readonly label: string;
}

/**
 * How a figure is marked up (FORMAT.md, "Figures"): as a `figure` element; with a `small` after the image or in the
 * next `div`; with `div`s whose classes name their roles; or as an image alone.
 */
export type FigureShape = 'figure' | 'small' | 'small-after' | 'classes' | 'alone';

/** One or more images with their caption and credit. */
export interface Figure {
	/** Index of the element that contains the whole figure, or of the image if no single element does. */
	readonly node: number;
	readonly span: Span;
	readonly shape: FigureShape;
	/** Empty for a `figure` that contains something else, or nothing. */
	readonly images: readonly Image[];
	readonly caption: FigureText | undefined;
	readonly credit: FigureText | undefined;
}

/** Class names of `div`-based figures, captions and credits. */
const FIGURE_CLASS = /figure|image|photo|picture|caption|media|gallery/i;
const CAPTION_CLASS = /caption|desc|legend|cutline/i;
const CREDIT_CLASS = /credit|copyright|byline|attribution|source/i;

/** Text longer than this, in characters, is not a caption. */
const MAX_CAPTION_CHARS = 1000;

/**
 * An element with more nodes than this is not a figure, unless it is a `figure`: the elements around an image are
 * searched one by one.
 */
const MOST_NODES = 300;

/** An image with declared dimensions up to this many pixels is a tracking pixel. */
const SMALLEST = 2;

/** A figure whose images are still being collected. */
type Draft = Figure & { readonly images: Image[] };

/** Finds all figures of a body, in the order of their first node. */
export function findFigures(tree: Tree, images: readonly Image[], weights: Weights): readonly Figure[] {
	const { nodes } = tree;
	const figures = new Map<number, Draft>();
	const elements = indicesOf(tree, FIGURE);
	for (const index of elements) figures.set(index, readFigureElement(nodes, index));
	const around = innermostAround(
		nodes,
		elements,
		images.map(image => image.node),
	);
	for (const [at, image] of images.entries()) {
		if ((image.width ?? SMALLEST + 1) <= SMALLEST && (image.height ?? SMALLEST + 1) <= SMALLEST) continue;
		const element = around[at] ?? -1;
		const figure = element === -1 ? looseFigure(nodes, image, weights) : figures.get(element);
		if (!figure) continue;
		const shown = figures.get(figure.node)?.images ?? figure.images;
		shown.push(image);
		figures.set(figure.node, { ...figure, images: shown });
	}
	// A figure that only contains other figures is not one itself.
	const list = [...figures.values()].sort((a, b) => a.node - b.node);
	return list.filter((figure, at) => {
		const next = list[at + 1];
		return (
			figure.shape !== 'figure' || figure.images.length > 0 || !next || next.node > (nodes[figure.node]?.last ?? -1)
		);
	});
}

function readFigureElement(nodes: readonly Node[], index: number): Draft {
	const node = nodes[index] as Node;
	let caption: number | undefined;
	for (let at = index + 1; at <= node.last && caption === undefined; at++) {
		const inner = nodes[at];
		if (isElement(inner, 'figure')) at = inner?.last ?? at;
		else if (isElement(inner, 'figcaption')) caption = at;
	}
	const credit = caption === undefined ? undefined : findCredit(nodes, caption);
	return {
		node: index,
		span: span(node.start, node.end),
		shape: 'figure',
		images: [],
		caption: caption === undefined ? undefined : figureText(nodes, caption, credit),
		credit: credit === undefined ? undefined : figureText(nodes, credit),
	};
}

/** Returns the figure around an image that is not in a `figure` element; `undefined` for an image in running text. */
function looseFigure(nodes: readonly Node[], image: Image, weights: Weights): Draft | undefined {
	const classed = classedFigure(nodes, image, weights);
	if (classed) return classed;
	const unit = unitOf(nodes, image, weights);
	const top = nodes[unit] as Node;
	const parent = nodes[top.parent];
	const block = parent && BLOCK_ELEMENTS.has(parent.nodeName) ? top.parent : undefined;
	const small = block === undefined || weights.images(block) !== 1 ? undefined : onlySmall(nodes, block, weights);
	if (block !== undefined && small !== undefined && small > unit && blockOf(nodes, small) === block) {
		return captioned(nodes, 'small', block, nodes[block]?.end ?? top.end, small);
	}
	const after = nextElement(nodes, unit);
	const below = after === undefined || weights.images(after) > 0 ? undefined : onlySmall(nodes, after, weights);
	if (after !== undefined && below !== undefined)
		return captioned(nodes, 'small-after', unit, nodes[after]?.end ?? top.end, below);
	const alone =
		BLOCK_ELEMENTS.has(top.nodeName) || block === undefined
			? top.parent === -1 || BLOCK_ELEMENTS.has(top.nodeName)
			: weights.text(block) === 0;
	return alone || standsOnOwnLine(nodes, unit) ? captioned(nodes, 'alone', unit, top.end, undefined) : undefined;
}

function captioned(
	nodes: readonly Node[],
	shape: FigureShape,
	node: number,
	end: number,
	caption: number | undefined,
): Draft {
	const credit = caption === undefined ? undefined : findCredit(nodes, caption);
	return {
		node,
		span: span(nodes[node]?.start ?? end, end),
		shape,
		images: [],
		caption: caption === undefined ? undefined : figureText(nodes, caption, credit),
		credit: credit === undefined ? undefined : figureText(nodes, credit),
	};
}

/** Returns the nearest block-level element around a node. */
function blockOf(nodes: readonly Node[], index: number): number | undefined {
	for (const at of ancestors(nodes, index)) if (BLOCK_ELEMENTS.has(nodes[at]?.nodeName ?? '')) return at;
	return undefined;
}

/** Returns the outermost element around an image without other visible content, up to the first block-level element. */
function unitOf(nodes: readonly Node[], image: Image, weights: Weights): number {
	let unit = image.node;
	for (const at of ancestors(nodes, image.node)) {
		if (weights.text(at) > 0 || weights.images(at) > 1 || (nodes[at]?.last ?? at) - at > MOST_NODES) break;
		unit = at;
		if (BLOCK_ELEMENTS.has(nodes[at]?.nodeName ?? '')) break;
	}
	return unit;
}

/**
 * Returns the outermost `div` figure around an image: its class names a figure, and its only text is a short caption or
 * credit, also named by class.
 */
function classedFigure(nodes: readonly Node[], image: Image, weights: Weights): Draft | undefined {
	let found: Draft | undefined;
	for (const at of ancestors(nodes, image.node)) {
		const node = nodes[at] as Node;
		const length = weights.text(at);
		if (weights.images(at) > 1 || length > MAX_CAPTION_CHARS || node.last - at > MOST_NODES) break;
		if (length === 0 || !FIGURE_CLASS.test(getAttribute(node, 'class') ?? '')) continue;
		const caption = findByClass(nodes, at, CAPTION_CLASS);
		const credit = findByClass(nodes, at, CREDIT_CLASS);
		const named = [caption, credit].filter(index => index !== undefined);
		const apart = caption !== undefined && credit !== undefined && credit > (nodes[caption]?.last ?? credit);
		const described = apart
			? weights.text(caption) + weights.text(credit)
			: greatest(named.map(index => weights.text(index)));
		if (described < length) continue;
		const text = caption ?? credit;
		found = {
			node: at,
			span: span(node.start, node.end),
			shape: 'classes',
			images: [],
			caption: caption === undefined || text === undefined ? undefined : figureText(nodes, caption, credit),
			credit: credit === undefined ? undefined : figureText(nodes, credit),
		};
	}
	return found;
}

function findByClass(nodes: readonly Node[], index: number, pattern: RegExp): number | undefined {
	const last = nodes[index]?.last ?? index;
	for (let at = index + 1; at <= last; at++) {
		const node = nodes[at];
		if (node && node.attributes.length > 0 && pattern.test(getAttribute(node, 'class') ?? '') && labelOf(nodes, at))
			return at;
	}
	return undefined;
}

/** Returns the credit in a caption: its `cite`, or an element with a credit class. */
function findCredit(nodes: readonly Node[], caption: number): number | undefined {
	const last = nodes[caption]?.last ?? caption;
	for (let at = caption + 1; at <= last; at++) if (isElement(nodes[at], 'cite') && labelOf(nodes, at)) return at;
	return findByClass(nodes, caption, CREDIT_CLASS);
}

/** Returns the `small` that contains all the text of an element. */
function onlySmall(nodes: readonly Node[], index: number, weights: Weights): number | undefined {
	const length = weights.text(index);
	const last = nodes[index]?.last ?? index;
	if (length === 0 || length > MAX_CAPTION_CHARS || last - index > MOST_NODES) return undefined;
	for (let at = index + 1; at <= last; at++)
		if (isElement(nodes[at], 'small')) return weights.text(at) === length ? at : undefined;
	return undefined;
}

/** How many invisible siblings are skipped on the way to the next visible node. */
const PASSED_OVER = 8;

/**
 * Returns the sibling before (-1) or after (1) a node, skipping white space and comments; `undefined` if there is none.
 */
function sibling(nodes: readonly Node[], index: number, step: -1 | 1): number | undefined {
	const { parent } = nodes[index] as Node;
	const last = parent === -1 ? nodes.length - 1 : (nodes[parent]?.last ?? -1);
	let at = index;
	for (let passed = 0; passed < PASSED_OVER; passed++) {
		at = step === 1 ? (nodes[at]?.last ?? last) + 1 : at - 1;
		// The node before is the last descendant of the previous sibling.
		while (at > parent && (nodes[at]?.parent ?? parent) !== parent) at = nodes[at]?.parent ?? parent;
		const node = nodes[at];
		if (at <= parent || at > last || !node) return undefined;
		if (!node.nodeName.startsWith('#') || (node.nodeType === TEXT_NODE && node.nodeValue.trim() !== '')) return at;
	}
	return undefined;
}

/**
 * Returns the `div` or `p` after a node, skipping line breaks and `noscript`; `undefined` if something else comes
 * first.
 */
function nextElement(nodes: readonly Node[], index: number): number | undefined {
	let at = sibling(nodes, index, 1);
	for (let passed = 0; passed < PASSED_OVER && at !== undefined; passed++) {
		if (!isElement(nodes[at], 'br') && !isElement(nodes[at], 'noscript')) break;
		at = sibling(nodes, at, 1);
	}
	return at !== undefined && (isElement(nodes[at], 'div') || isElement(nodes[at], 'p')) ? at : undefined;
}

/** Whether a node has a line break, a block-level element, or the edge of its parent on both sides. */
function standsOnOwnLine(nodes: readonly Node[], index: number): boolean {
	return ([-1, 1] as const).every(step => {
		const beside = sibling(nodes, index, step);
		const node = beside === undefined ? undefined : nodes[beside];
		return !node || isElement(node, 'br') || BLOCK_ELEMENTS.has(node.nodeName);
	});
}

function figureText(nodes: readonly Node[], index: number, without?: number): FigureText | undefined {
	const node = nodes[index] as Node;
	const label = labelOf(nodes, index, undefined, without);
	return label ? { node: index, span: span(node.start, node.end), label } : undefined;
}
