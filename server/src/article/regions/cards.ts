import { ancestors, getAttribute, isElement, type Node, TEXT_NODE } from '../node.ts';
import { HEADING, indicesOf, SIGN } from '../traits.ts';
import { DENSEST, density, type Measure } from './measure.ts';
import type { Part, RegionInput } from './region.ts';

/** How much text a card may have, in Latin letters. */
const MOST_TEXT = 600;

/** How much of a body cards may be. More is a list of links that somebody wrote. */
const MOST_SHARE = 0.3;

/** How many elements around a heading are tried, and how many headings. */
const MOST_STEPS = 16;
const MOST_HEADINGS = 500;

/** How many cards are looked for. */
const MOST_CARDS = 40;

/**
 * Finds cards: boxes that show another page of the same site, with its headline as a link, and its date or the beginning
 * of its text. Also boxes with a heading and a button, which an article has no use for.
 */
export function cardParts(input: RegionInput, measure: Measure): readonly Part[] {
	const { nodes } = input.body;
	let buttons: boolean | undefined;
	const hasButtons = (): boolean =>
		(buttons ??= indicesOf(input.body, SIGN).some(index => isElement(nodes[index], 'button')));
	let site: string | undefined;
	const leadsToSite = (link: number): boolean => {
		site ??= siteOf(input.source) ?? '';
		return site !== '' && siteOf(getAttribute(nodes[link] as Node, 'href'), input.source) === site;
	};
	const cards: Part[] = [];
	let text = 0;
	let outside = -1;
	for (const index of indicesOf(input.body, HEADING).slice(0, MOST_HEADINGS)) {
		if (index <= outside || cards.length === MOST_CARDS) continue;
		const link = linkOf(nodes, index, measure);
		if (link === undefined && !hasButtons()) continue;
		const box = boxAround(nodes, link === undefined ? index : Math.min(link, index), measure);
		if (box === undefined) continue;
		const isTeaser = link !== undefined && isCard(nodes, box) && leadsToSite(link);
		if (!isTeaser && !(hasButtons() && hasButton(nodes, box, measure))) continue;
		outside = nodes[box]?.last ?? box;
		text += measure.amount(box, outside).text;
		const reason = isTeaser ? 'a box that leads to another page of the site' : 'a box with a button';
		cards.push({ kind: isTeaser ? 'related' : 'promotion', reason, first: box, last: outside });
	}
	return text <= measure.total * MOST_SHARE ? cards : [];
}

/** Returns the link that is all of a heading, inside or around it. */
function linkOf(nodes: readonly Node[], index: number, measure: Measure): number | undefined {
	const { last, parent } = nodes[index] as Node;
	if (isElement(nodes[parent], 'a')) return parent;
	const { text, linked, links } = measure.amount(index, last);
	if (links !== 1 || linked < text) return undefined;
	for (let at = index + 1; at <= last; at++) if (isElement(nodes[at], 'a')) return at;
	return undefined;
}

/** Returns the outermost box around a linked heading that is small, and shows more than the heading. */
function boxAround(nodes: readonly Node[], index: number, measure: Measure): number | undefined {
	let box: number | undefined;
	let steps = 0;
	for (const at of ancestors(nodes, index)) {
		const { last, nodeName } = nodes[at] as Node;
		const { text } = measure.amount(at, last);
		if (steps++ === MOST_STEPS || text > MOST_TEXT) break;
		if (text * DENSEST > MOST_TEXT && text * density(nodes, at) > MOST_TEXT) break;
		if (BOXES.has(nodeName)) box = at;
	}
	return box;
}

const BOXES: ReadonlySet<string> = new Set(['a', 'article', 'aside', 'div', 'li', 'section']);

/** How much text a box with a heading and a button may have, in Latin letters. */
const MOST_TEXT_WITH_BUTTON = 150;

/** Whether a box is there for its button. */
function hasButton(nodes: readonly Node[], index: number, measure: Measure): boolean {
	const { last } = nodes[index] as Node;
	if (measure.amount(index, last).text * density(nodes, index) > MOST_TEXT_WITH_BUTTON) return false;
	for (let at = index + 1; at <= last; at++) if (isElement(nodes[at], 'button')) return true;
	return false;
}

/** Whether a box shows a date, or a text that is cut off. */
function isCard(nodes: readonly Node[], index: number): boolean {
	const { last } = nodes[index] as Node;
	let words = '';
	for (let at = index + 1; at <= last; at++) {
		const node = nodes[at] as Node;
		if (isElement(node, 'time')) return true;
		if (node.nodeType === TEXT_NODE && node.nodeValue.trim() !== '') words = node.nodeValue;
	}
	return /(?:\.\.\.|…)\s*$/.test(words);
}

/** Returns the host of an address without `www.`; `undefined` if it has none. */
export function siteOf(address: string | undefined, base?: string): string | undefined {
	if (address === undefined || !URL.canParse(address, base)) return undefined;
	return new URL(address, base).hostname.replace(/^www\./, '');
}
