import { isDecoration } from './decoration.ts';
import { BLOCK_ELEMENTS } from './elements.ts';
import { findBeside, MAX_CAPTION_CHARS, MOST_NODES, standsOnOwnLine, type Taken } from './figureNeighbours.ts';
import { type FigureParts, ownerOf, placedCaption, readFigureParts, smallIn } from './figureParts.ts';
import { type FigureText, readFigureTexts, type TextPlace } from './figureText.ts';
import type { Image } from './images.ts';
import { pushAll } from './lists.ts';
import { ancestors, getAttribute, isElement, type Node } from './node.ts';
import { type Span, span } from './span.ts';
import { FIGURE, indicesOf, innermostAround } from './traits.ts';
import type { Tree } from './tree.ts';
import type { Weights } from './weights.ts';

export type { FigureText } from './figureText.ts';

/**
 * How a figure is marked up (FORMAT.md, "Figures"): as a `figure` element; with a `small` in the block of the image or
 * in the next element; with elements whose classes or places name their roles, around the image or beside it; or as an
 * image alone.
 */
export type FigureShape = 'figure' | 'small' | 'small-after' | 'classes' | 'beside' | 'alone';

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
	/** Indices of the elements beside `node` that have only the caption or the credit. */
	readonly beside: readonly number[];
}

/** Class names of elements that hold a picture. */
const FIGURE_CLASS = /figure|image|photo|picture|caption|media|gallery/i;

/** A figure whose texts are not read yet. */
interface Draft {
	readonly node: number;
	readonly shape: FigureShape;
	readonly images: readonly Image[];
	readonly caption: TextPlace | undefined;
	readonly credit: TextPlace | undefined;
	readonly beside: readonly number[];
}

/** The body in which figures are found. */
interface Body {
	readonly nodes: readonly Node[];
	readonly weights: Weights;
	/** Elements that already are the caption or credit of a picture. */
	readonly taken: Set<number>;
	/** Whether an element cannot be the caption of a picture beside it. */
	readonly isTaken: Taken;
}

/**
 * Finds all figures of a body, in the order of their first node.
 *
 * @param isFurniture whether a node is in the page around the article, which has no captions of its pictures
 */
export function findFigures(
	text: string,
	tree: Tree,
	images: readonly Image[],
	weights: Weights,
	isFurniture: (index: number) => boolean,
): readonly Figure[] {
	const { nodes } = tree;
	const taken = new Set<number>();
	const body: Body = { nodes, weights, taken, isTaken: at => taken.has(at) || isFurniture(at) };
	const elements = indicesOf(tree, FIGURE);
	if (elements.length === 0 && images.length === 0) return [];
	const around = innermostAround(
		nodes,
		elements,
		images.map(image => image.node),
	);
	const inElement = new Map<number, Image[]>();
	for (const index of elements) inElement.set(index, []);
	const loose: Image[] = [];
	for (let at = 0; at < images.length; at++) {
		const image = images[at] as Image;
		const element = inElement.get(around[at] ?? -1);
		if (!isDecoration(nodes, image, weights, element !== undefined)) (element ?? loose).push(image);
	}
	const inElements = elements.map((index, at) => {
		const hasInner = (elements[at + 1] ?? nodes.length) <= (nodes[index]?.last ?? index);
		return figureElement(body, index, inElement.get(index) ?? [], hasInner);
	});
	const marked = mergeGalleries(body, inElements).map(draft =>
		draft.images.length > 0 ? withNeighbours(body, draft) : draft,
	);
	const others = looseFigures(body, loose);
	const drafts = others.length === 0 ? marked : [...marked, ...others].sort((a, b) => a.node - b.node);
	return withoutParts(nodes, groupPictures(body, drafts)).map(draft => finish(text, nodes, draft));
}

/**
 * Reads a `figure` element with the images that are in no other figure.
 *
 * @param hasInner whether it contains others
 */
function figureElement(body: Body, index: number, images: readonly Image[], hasInner: boolean): Draft {
	const { nodes, weights } = body;
	const node = nodes[index] as Node;
	const [image] = images;
	const isShort = node.last - index <= MOST_NODES && weights.text(index) <= MAX_CAPTION_CHARS;
	const parts = hasInner
		? outerParts(body, index, image !== undefined && isShort)
		: readFigureParts(nodes, weights, index + 1, node.last);
	const placed = image && images.length === 1 && isShort ? placedCaption(nodes, index, image.node, parts) : undefined;
	const [caption, credit] = [parts.captions[0] ?? placed, parts.credits[0]];
	return { node: index, shape: 'figure', images, caption, credit, beside: [] };
}

/**
 * Reads the parts of a `figure` element that contains others, without those in them.
 *
 * @param looksInside whether figures in it that have no pictures of their own may have its caption
 */
function outerParts({ nodes, weights }: Body, index: number, looksInside: boolean): FigureParts {
	const last = nodes[index]?.last ?? index;
	const captions: TextPlace[] = [];
	const credits: TextPlace[] = [];
	const loose: number[] = [];
	let [sure, mixed] = [false, false];
	const read = (from: number, to: number): void => {
		if (from > to) return;
		const parts = readFigureParts(nodes, weights, from, to);
		pushAll(captions, parts.captions);
		pushAll(credits, parts.credits);
		pushAll(loose, parts.loose);
		sure ||= parts.sure;
		mixed ||= parts.mixed;
	};
	let from = index + 1;
	for (let at = from; at <= last; at++) {
		if (!isElement(nodes[at], 'figure') || (looksInside && weights.images(at) === 0)) continue;
		read(from, at - 1);
		at = nodes[at]?.last ?? at;
		from = at + 1;
	}
	read(from, last);
	return { captions, credits, loose, sure, mixed };
}

/** Makes one figure of those in a `figure` that has the only caption. Both are in tree order. */
function mergeGalleries({ nodes }: Body, elements: readonly Draft[]): readonly Draft[] {
	const merged: Draft[] = [];
	for (let at = 0; at < elements.length; at++) {
		const outer = elements[at] as Draft;
		merged.push(outer);
		if (outer.images.length > 0 || !outer.caption) continue;
		const last = nodes[outer.node]?.last ?? outer.node;
		let end = at + 1;
		while (end < elements.length && (elements[end] as Draft).node <= last) end++;
		const inner = elements.slice(at + 1, end);
		if (inner.every(one => one.images.length === 0) || inner.some(one => one.caption || one.credit)) continue;
		merged[merged.length - 1] = { ...outer, images: inner.flatMap(({ images }) => images) };
		at = end - 1;
	}
	return merged;
}

/** Returns the figures around images that are in no `figure` element. */
function looseFigures(body: Body, loose: readonly Image[]): readonly Draft[] {
	const drafts = new Map<number, Draft>();
	for (const image of loose) {
		const figure = looseFigure(body, image);
		if (!figure) continue;
		const same = drafts.get(figure.node);
		drafts.set(figure.node, same ? { ...same, images: [...same.images, image] } : figure);
	}
	return [...drafts.values()];
}

/** Returns the figure around an image that is not in a `figure` element; `undefined` for an image in running text. */
function looseFigure(body: Body, image: Image): Draft | undefined {
	const { nodes, weights } = body;
	const boxed = boxedFigure(body, image);
	if (boxed) return withNeighbours(body, boxed);
	const unit = unitOf(nodes, image, weights);
	const top = nodes[unit] as Node;
	const parent = nodes[top.parent];
	const block = parent && BLOCK_ELEMENTS.has(parent.nodeName) ? top.parent : undefined;
	const alone =
		BLOCK_ELEMENTS.has(top.nodeName) || block === undefined
			? top.parent === -1 || BLOCK_ELEMENTS.has(top.nodeName)
			: weights.text(block) === 0;
	const own: Draft = { node: unit, shape: 'alone', images: [image], caption: undefined, credit: undefined, beside: [] };
	const found = withNeighbours(body, own);
	return found !== own || alone || standsOnOwnLine(nodes, unit) ? found : undefined;
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

/** Returns the outermost element around an image whose text is only its caption and credit. */
function boxedFigure({ nodes, weights }: Body, image: Image): Draft | undefined {
	let found: Draft | undefined;
	for (const at of ancestors(nodes, image.node)) {
		const node = nodes[at] as Node;
		const length = weights.text(at);
		if (weights.images(at) > 1 || length > MAX_CAPTION_CHARS || node.last - at > MOST_NODES) break;
		if (length === 0 || node.implied) continue;
		const parts = readFigureParts(nodes, weights, at + 1, node.last);
		if (parts.mixed) break;
		const small = smallIn(nodes, parts);
		const isFigure =
			parts.sure ||
			(small !== undefined && ownerOf(nodes, small, -1) === at) ||
			FIGURE_CLASS.test(getAttribute(node, 'class') ?? '');
		const placed = placedCaption(nodes, at, image.node, parts);
		if (!placed && (parts.loose.length > 0 || !isFigure)) continue;
		const [caption, credit] = [placed ?? parts.captions[0], parts.credits[0]];
		if (!caption && !credit) continue;
		const shape = caption && caption.node === small ? 'small' : 'classes';
		found = { node: at, shape, images: [image], caption, credit, beside: [] };
	}
	return found;
}

/** Adds the caption and credit that stand beside a figure. */
function withNeighbours({ nodes, weights, taken, isTaken }: Body, draft: Draft): Draft {
	const { node, shape, caption, credit } = draft;
	if (caption && credit) return draft;
	const found = findBeside(
		nodes,
		weights,
		node,
		{ caption: caption !== undefined, credit: credit !== undefined },
		isTaken,
	);
	if (!found) return draft;
	for (const holder of found.holders) taken.add(holder);
	return {
		...draft,
		shape: shape === 'alone' ? (found.isSmall ? 'small-after' : 'beside') : shape,
		caption: caption ?? found.caption,
		credit: credit ?? found.credit,
		beside: found.holders,
	};
}

/** Makes one figure of pictures without captions that have one together. */
function groupPictures(body: Body, drafts: readonly Draft[]): readonly Draft[] {
	if (!drafts.some(({ shape }) => shape === 'alone')) return drafts;
	const groups = new Map<number, Draft | undefined>();
	const result: Draft[] = [];
	let until = -1;
	for (const [at, draft] of drafts.entries()) {
		if (draft.node <= until) continue;
		const group = draft.shape === 'alone' ? groupAround(body, drafts, at, groups) : undefined;
		result.push(group ?? draft);
		if (group) until = body.nodes[group.node]?.last ?? until;
	}
	return result;
}

/** Returns the figure of several pictures that begins with one of them. */
function groupAround(
	body: Body,
	drafts: readonly Draft[],
	first: number,
	groups: Map<number, Draft | undefined>,
): Draft | undefined {
	const { nodes, weights } = body;
	const { node: start } = drafts[first] as Draft;
	let holder: number | undefined;
	for (const at of ancestors(nodes, start)) {
		const node = nodes[at] as Node;
		const length = weights.text(at);
		if (length > MAX_CAPTION_CHARS || node.last - at > MOST_NODES) break;
		if (weights.images(at) < 2 || node.implied) continue;
		if (groups.has(at)) return undefined;
		groups.set(at, undefined);
		if (length === 0) {
			holder = at;
			continue;
		}
		const parts = readFigureParts(nodes, weights, at + 1, node.last);
		const [caption, ...others] = parts.captions;
		const isGroup = caption && others.length === 0 && parts.loose.length === 0 && parts.sure && !parts.mixed;
		return isGroup
			? groupOf(nodes, drafts, first, { node: at, caption, credit: parts.credits[0], beside: [] })
			: undefined;
	}
	if (holder === undefined) return undefined;
	const found = findBeside(nodes, weights, holder, { caption: false, credit: false }, body.isTaken);
	if (!found?.caption) return undefined;
	for (const one of found.holders) body.taken.add(one);
	return groupOf(nodes, drafts, first, { ...found, node: holder, beside: found.holders });
}

/** Makes one figure of all in an element, if none has a caption of its own. */
function groupOf(
	nodes: readonly Node[],
	drafts: readonly Draft[],
	first: number,
	group: Pick<Draft, 'node' | 'caption' | 'credit' | 'beside'>,
): Draft | undefined {
	const { node, caption, credit, beside } = group;
	const last = nodes[node]?.last ?? node;
	const images: Image[] = [];
	for (let at = first; at < drafts.length && (drafts[at] as Draft).node <= last; at++) {
		const draft = drafts[at] as Draft;
		// The last one has taken what stands beside it.
		const isShared = draft.beside.length > 0 && draft.caption?.node === caption?.node;
		if ((draft.caption || draft.credit) && !isShared) return undefined;
		pushAll(images, draft.images);
	}
	return images.length > 1 ? { node, shape: 'classes', images, caption, credit, beside } : undefined;
}

/**
 * Leaves out `figure` elements that only contain other figures, or that are the caption of one. Drafts are in tree
 * order.
 */
function withoutParts(nodes: readonly Node[], drafts: readonly Draft[]): readonly Draft[] {
	if (drafts.every(({ images }) => images.length > 0)) return drafts;
	const ranges: (readonly [number, number])[] = [];
	for (const { node, images, beside } of drafts)
		if (images.length > 0) for (const at of [node, ...beside]) ranges.push([at, nodes[at]?.last ?? at]);
	ranges.sort((a, b) => a[0] - b[0]);
	let next = 0;
	let until = -1;
	return drafts.filter((draft, at) => {
		for (let range = ranges[next]; range && range[0] <= draft.node; range = ranges[++next])
			until = Math.max(until, range[1]);
		if (draft.images.length > 0) return true;
		if (draft.node <= until && (draft.caption || draft.credit)) return false;
		const following = drafts[at + 1];
		return !following || following.node > (nodes[draft.node]?.last ?? -1);
	});
}

/** Reads the texts of a figure. */
function finish(text: string, nodes: readonly Node[], draft: Draft): Figure {
	const { node, shape, images, beside } = draft;
	const { caption, credit } = readFigureTexts(text, nodes, draft.caption, draft.credit);
	let { start, end } = nodes[node] as Node;
	for (const at of beside) {
		const holder = nodes[at] as Node;
		start = Math.min(start, holder.start);
		end = Math.max(end, holder.end);
	}
	return { node, shape, images, beside, span: span(start, end), caption, credit };
}
