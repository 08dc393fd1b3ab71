import { divideCaption, isMarked } from './creditWords.ts';
import { BLOCK_ELEMENTS, EMBED_ELEMENTS, HEADING_ELEMENTS } from './elements.ts';
import { isCentred, isLonger, readFigureParts, smallIn, whole } from './figureParts.ts';
import { isUnread, type TextPlace } from './figureText.ts';
import { labelOf } from './label.ts';
import { getAttribute, isElement, type Node, TEXT_NODE } from './node.ts';
import type { Weights } from './weights.ts';

/** Text longer than this, in characters, is not a caption. */
export const MAX_CAPTION_CHARS = 1000;

/**
 * An element with more nodes than this is not a figure, unless it is a `figure`: the elements around an image are
 * searched one by one.
 */
export const MOST_NODES = 300;

/** How many siblings that show nothing are skipped on the way to the next one. */
const PASSED_OVER = 8;

/** How many elements around a picture are left for those beside it. */
const MOST_WRAPPERS = 30;

/** How long a caption may be that only looks like one, in Latin letters. */
const MAX_MARKED = 300;
const MAX_CENTRED = 160;

/** Elements that are no caption. */
const NO_CAPTION = new Set([...HEADING_ELEMENTS, 'ul', 'ol', 'dl', 'table', 'blockquote', 'header', 'footer']);

/** Elements that may be a caption that only looks like one. */
const MAY_LOOK_LIKE_CAPTION = new Set(['p', 'div', 'center', 'span', 'em', 'i', 'font', 'section']);

/** The words that mark a text as a caption are shorter than this, in UTF-16 units. */
const MARK_CHARS = 60;

/** What stands beside a picture. */
export interface Beside {
	readonly caption: TextPlace | undefined;
	readonly credit: TextPlace | undefined;
	/** The elements that contain them, which have nothing else. */
	readonly holders: readonly number[];
	/** Whether the caption is a `small`. */
	readonly isSmall: boolean;
}

/** Whether an element is part of another figure, or of the page around the article. */
export type Taken = (index: number) => boolean;

/**
 * Returns the caption and credit in the elements beside a picture, the ones after it first.
 *
 * @param base the picture with all that belongs to it
 * @param has what the figure has already
 */
export function findBeside(
	nodes: readonly Node[],
	weights: Weights,
	base: number,
	has: { readonly caption: boolean; readonly credit: boolean },
	taken: Taken,
): Beside | undefined {
	let at = base;
	for (let passed = 0; passed < MOST_WRAPPERS; passed++) {
		const next = neighbour(nodes, weights, at, 1);
		const after = next === undefined ? undefined : readNeighbours(nodes, weights, next, 1, has, taken);
		if (after || (next !== undefined && has.caption)) return after;
		const previous = neighbour(nodes, weights, at, -1);
		if (previous !== undefined && !has.caption) return readNeighbours(nodes, weights, previous, -1, has, taken);
		if (next !== undefined || previous !== undefined) return undefined;
		const parent = nodes[at]?.parent ?? -1;
		if (parent === -1 || weights.images(parent) > weights.images(base)) return undefined;
		at = parent;
	}
	return undefined;
}

/** Reads up to two elements on one side of a picture, from `first` on. */
function readNeighbours(
	nodes: readonly Node[],
	weights: Weights,
	first: number,
	step: 1 | -1,
	has: { readonly caption: boolean; readonly credit: boolean },
	taken: Taken,
): Beside | undefined {
	let [caption, credit]: (TextPlace | undefined)[] = [];
	const holders: number[] = [];
	let isSmall = false;
	let at: number | undefined = first;
	for (let read = 0; read < 2 && at !== undefined && !taken(at); read++) {
		const found = readNeighbour(nodes, weights, at);
		const [newCaption, newCredit] = [found?.caption, found?.credit];
		if (!found || (newCaption && (caption || has.caption)) || (newCredit && (credit || has.credit))) break;
		caption ??= newCaption;
		credit ??= newCredit;
		isSmall ||= found.isSmall;
		holders.push(at);
		// Before a picture, only what is sure: it may be the caption of the picture before.
		if (!found.sure && read === 0) break;
		if (read === 0) at = neighbour(nodes, weights, at, step);
	}
	if (step === -1 && !caption) return undefined;
	return caption || credit ? { caption, credit, holders, isSmall } : undefined;
}

interface Read {
	readonly caption: TextPlace | undefined;
	readonly credit: TextPlace | undefined;
	readonly sure: boolean;
	readonly isSmall: boolean;
}

/** Reads an element beside a picture; `undefined` if it is no caption or credit. */
function readNeighbour(nodes: readonly Node[], weights: Weights, at: number): Read | undefined {
	const node = nodes[at] as Node;
	const length = weights.text(at);
	if (node.nodeType === TEXT_NODE || weights.images(at) > 0 || length === 0 || length > MAX_CAPTION_CHARS)
		return undefined;
	if (node.last - at > MOST_NODES || NO_CAPTION.has(node.nodeName)) return undefined;
	const parts = readFigureParts(nodes, weights, at, node.last);
	if (parts.mixed) return undefined;
	const [caption, credit] = [parts.captions[0], parts.credits[0]];
	const isSmall = smallIn(nodes, parts) !== undefined;
	if (parts.loose.length === 0)
		return parts.sure || isSmall ? { caption, credit, sure: parts.sure, isSmall } : undefined;
	if (!MAY_LOOK_LIKE_CAPTION.has(node.nodeName)) return undefined;
	const isMark = isMarked(labelOf(nodes, at, MARK_CHARS));
	if (!isMark && !isSmallPrint(nodes, weights, at)) return undefined;
	const label = labelOf(nodes, at, MAX_MARKED + 1);
	if (isLonger(label, isMark ? MAX_MARKED : MAX_CENTRED)) return undefined;
	const place = whole(nodes, at);
	return divideCaption(label).caption
		? { caption: place, credit: undefined, sure: false, isSmall: false }
		: { caption: undefined, credit: place, sure: false, isSmall: false };
}

/** Inline styles of small or grey print. */
const SMALL_PRINT =
	/font-size\s*:\s*(?:small|x-small|smaller|(?:[6-9]|1[0-4])(?:\.\d+)?p[xt]|0?\.[6-8]\d*r?em)|(?:^|[;\s])color\s*:\s*(?:gr[ae]y|#([6-9a])\1{2}(?:\1{3})?(?![\da-f])|rgb\(\s*(1[0-7]\d)\s*,\s*\2\s*,\s*\2\s*\))/i;

/** Whether an element is centred and all its text is in italics or in small print. */
function isSmallPrint(nodes: readonly Node[], weights: Weights, at: number): boolean {
	const node = nodes[at] as Node;
	if (!isCentred(node)) return false;
	const length = weights.text(at);
	for (let inner = at; inner <= node.last; inner++) {
		const one = nodes[inner] as Node;
		if (weights.text(inner) < length) {
			if (inner > at + 4) return false;
			continue;
		}
		if (one.nodeName === 'em' || one.nodeName === 'i' || one.nodeName === 'small') return true;
		if (SMALL_PRINT.test(getAttribute(one, 'style') ?? '')) return true;
		if (one.nodeName === 'font' && /^\s*(?:-\d|1|2)\s*$/.test(getAttribute(one, 'size') ?? '')) return true;
	}
	return false;
}

/** Returns the next sibling on one side that shows something; `undefined` if there is none, or only far away. */
function neighbour(nodes: readonly Node[], weights: Weights, index: number, step: 1 | -1): number | undefined {
	return sibling(nodes, index, step, 2 * PASSED_OVER, at => isSeen(nodes, weights, at));
}

/** Returns the next sibling on one side that passes a test, if it is among the next `most`. */
function sibling(
	nodes: readonly Node[],
	index: number,
	step: 1 | -1,
	most: number,
	isWanted: (at: number) => boolean,
): number | undefined {
	const { parent } = nodes[index] as Node;
	const last = parent === -1 ? nodes.length - 1 : (nodes[parent]?.last ?? -1);
	let at = index;
	for (let passed = 0; passed < most; passed++) {
		at = step === 1 ? (nodes[at]?.last ?? last) + 1 : at - 1;
		// The node before is the last descendant of the previous sibling.
		while (at > parent && (nodes[at]?.parent ?? parent) !== parent) at = nodes[at]?.parent ?? parent;
		if (at <= parent || at > last || !nodes[at]) return undefined;
		if (isWanted(at)) return at;
	}
	return undefined;
}

/** Whether a node shows something: a text, an image, a rule, or an element that may be filled in by a script. */
function isSeen(nodes: readonly Node[], weights: Weights, at: number): boolean {
	const node = nodes[at] as Node;
	if (node.nodeType === TEXT_NODE) return node.nodeValue.trim() !== '';
	if (node.nodeName === '#comment' || node.nodeName === 'br' || isUnread(node)) return false;
	if (weights.text(at) > 0 || weights.images(at) > 0 || node.nodeName === 'hr' || EMBED_ELEMENTS.has(node.nodeName))
		return true;
	for (let inner = at + 1; inner <= Math.min(node.last, at + PASSED_OVER); inner++)
		if (EMBED_ELEMENTS.has(nodes[inner]?.nodeName ?? '') || nodes[inner]?.foreign) return true;
	return node.foreign || node.last - at > PASSED_OVER;
}

/** Whether a node has a line break, a block-level element, or the edge of its parent on both sides. */
export function standsOnOwnLine(nodes: readonly Node[], index: number): boolean {
	const isOnLine = (at: number): boolean => {
		const node = nodes[at] as Node;
		return !node.nodeName.startsWith('#') || (node.nodeType === TEXT_NODE && node.nodeValue.trim() !== '');
	};
	return ([-1, 1] as const).every(step => {
		const beside = sibling(nodes, index, step, PASSED_OVER, isOnLine);
		const node = beside === undefined ? undefined : nodes[beside];
		return !node || isElement(node, 'br') || BLOCK_ELEMENTS.has(node.nodeName);
	});
}
