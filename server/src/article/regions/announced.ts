import { BLOCK_ELEMENTS } from '../elements.ts';
import { labelOf } from '../label.ts';
import { getAttribute, isElement, type Node, TEXT_NODE } from '../node.ts';
import { ANNOUNCEMENT, indicesOf } from '../traits.ts';
import { siteOf } from './cards.ts';
import type { FurnitureKind } from './evidence.ts';
import { type Amount, density, type Measure, outermostWithText } from './measure.ts';
import { announces } from './phrases.ts';
import type { Part, RegionInput, RegionMap } from './region.ts';

/** The share of the text of a block that is in links, if it is a list of links. */
const MOSTLY = 0.5;

/** How many blocks after an announcement are looked at. */
const MOST_BLOCKS = 60;

/** How much text, in Latin letters, may follow the heading of comments that have no other sign. */
const MOST_COMMENTS = 600;

/**
 * Finds what is announced in words: a heading such as “Related articles” with the links after it, or a line such as
 * “Tags: dike, sea”. Only links belong to what is announced, except for comments.
 *
 * @param apart the furniture that is known, in which nothing is looked for
 */
export function announcedParts(input: RegionInput, measure: Measure, apart: RegionMap<Part>): readonly Part[] {
	const parts: Part[] = [];
	const { nodes } = input.body;
	let outside = -1;
	for (const index of indicesOf(input.body, ANNOUNCEMENT)) {
		if (index <= outside || apart.isFurniture(index)) continue;
		const kind = announces((nodes[index] as Node).nodeValue);
		if (kind === undefined) continue;
		const part = announcedBy(input, measure, index, kind);
		if (!part) continue;
		outside = part.last;
		parts.push(part);
	}
	return parts;
}

/** Returns what the words of a text node announce. */
function announcedBy(
	{ body: { nodes }, weights, source }: RegionInput,
	measure: Measure,
	index: number,
	kind: FurnitureKind,
): Part | undefined {
	const reason = `the words “${labelOf(nodes, index) || (nodes[index] as Node).nodeValue.trim()}”`;
	const alone = outermostWithText(nodes, weights, index);
	const block = BLOCK_ELEMENTS.has(nodes[alone]?.nodeName ?? '') ? alone : undefined;
	if (block === undefined) return line(nodes, measure, alone, { kind, reason });
	if (CELLS.has((nodes[block] as Node).nodeName)) return undefined;
	const { parent } = nodes[block] as Node;
	const end = parent === -1 ? nodes.length - 1 : (nodes[parent]?.last ?? block);
	let last = nodes[block]?.last ?? block;
	const heading = last;
	for (let at = last + 1, count = 0; at <= end && count < MOST_BLOCKS; ) {
		const node = nodes[at] as Node;
		if (node.nodeType !== TEXT_NODE) count++;
		if (kind !== 'comments' && (isElement(node, 'hr') || !isListOfLinks(nodes, measure, at))) break;
		at = node.last + 1;
		if (kind === 'comments' || measure.amount(heading + 1, node.last).links > 0) last = node.last;
	}
	const found = measure.amount(heading + 1, last);
	if (kind === 'related' && leadsElsewhere(nodes, heading + 1, last, source)) return undefined;
	if (kind === 'comments' && found.text > 0 && !isDiscussed(nodes, block, found)) return undefined;
	const isHeading = /^h[1-6]$/.test(nodes[block]?.nodeName ?? '');
	const speaksForItself = kind === 'comments' || (kind !== 'related' && kind !== 'navigation' && !isHeading);
	const own = measure.amount(block, heading);
	const isLink = !isHeading && own.links > 0 && own.linked === own.text;
	return found.links > 0 || isLink || speaksForItself ? { kind, reason, first: block, last } : undefined;
}

/** Whether a list of links leads to other sites only: the author wrote it, as further reading. */
function leadsElsewhere(nodes: readonly Node[], first: number, last: number, source: string | undefined): boolean {
	const site = siteOf(source);
	let links = 0;
	for (let at = first; at <= last; at++) {
		if (!isElement(nodes[at], 'a')) continue;
		const host = siteOf(getAttribute(nodes[at] as Node, 'href'), source);
		if (host === undefined || host === site) return false;
		links++;
	}
	return links > 1 && site !== undefined;
}

const CELLS: ReadonlySet<string> = new Set(['td', 'th', 'dt', 'dd']);

/** A heading of comments that says so by itself: it has their number, or invites to write one. */
const FOR_VISITORS = /\d|leave|post|add|join|发表|發表|我要|网友|網友/i;

/** Whether what follows a heading such as “Comments” is comments: the article may have a section of that name. */
function isDiscussed(nodes: readonly Node[], block: number, found: Amount): boolean {
	if (found.text * density(nodes, block) > MOST_COMMENTS) return false;
	return found.links > 0 || FOR_VISITORS.test(labelOf(nodes, block));
}

/** A line that begins with the words and holds links otherwise: “Tags: dike, sea”. */
function line(
	nodes: readonly Node[],
	measure: Measure,
	alone: number,
	sign: Pick<Part, 'kind' | 'reason'>,
): Part | undefined {
	const { parent } = nodes[alone] as Node;
	const name = nodes[parent]?.nodeName ?? '';
	if (parent === -1 || !BLOCK_ELEMENTS.has(name) || name === 'li' || name === 'td') return undefined;
	const last = nodes[parent]?.last ?? parent;
	if (firstWith(nodes, parent) < alone || sign.kind === 'comments') return undefined;
	const words = measure.amount(alone, nodes[alone]?.last ?? alone);
	const { text, linked, links } = measure.amount(parent, last);
	const own = text - linked - (words.text - words.linked);
	return links > 0 && own <= links * 3 ? { ...sign, first: parent, last } : undefined;
}

/** Returns the first node in an element with text of its own. */
function firstWith(nodes: readonly Node[], parent: number): number {
	let at = parent + 1;
	while (at <= (nodes[parent]?.last ?? -1)) {
		const node = nodes[at] as Node;
		if (node.nodeType === TEXT_NODE && node.nodeValue.trim() !== '') break;
		at++;
	}
	// The outermost element that begins there.
	while ((nodes[at]?.parent ?? parent) !== parent) at = nodes[at]?.parent ?? parent;
	return at;
}

/** Whether a node after an announcement is part of what is announced: links, or nothing. */
function isListOfLinks(nodes: readonly Node[], measure: Measure, index: number): boolean {
	const node = nodes[index] as Node;
	const { text, linked, links, images } = measure.amount(index, node.last);
	if (text === 0) return links > 0 || images === 0;
	return linked >= text * MOSTLY;
}
