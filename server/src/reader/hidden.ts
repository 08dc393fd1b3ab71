import type { Article } from '../article/article.ts';
import { BLOCK_ELEMENTS, EMBED_ELEMENTS } from '../article/elements.ts';
import { isHiddenByItself } from '../article/hidden.ts';
import { isAssistiveMath, isMathTwin } from '../article/mathTwins.ts';
import { ELEMENT_NODE, getAttribute, isElement, type Node, TEXT_NODE } from '../article/node.ts';
import type { Region } from '../article/regions/region.ts';
import type { Span } from '../article/span.ts';
import { embeddedUrl } from './embeds.ts';

/**
 * Finds the elements that a page hides, or shows in a better form next to them: 1 at the index of each outermost one. An element with
 * most of the text is never hidden, since a script was meant to show it.
 */
export function findHidden(article: Article): Uint8Array {
	const { nodes, images, weights } = article;
	const hidden = new Uint8Array(nodes.length);
	const lazy = new Set(images.filter(image => image.lazy).map(image => image.node));
	/** Elements that are visible even inside a hidden one. */
	const visible: number[] = [];
	for (const [index, node] of nodes.entries())
		if (node.attributes.length > 0 && /visibility\s*:\s*visible/i.test(getAttribute(node, 'style') ?? ''))
			visible.push(index);
	let nextVisible = 0;
	/** The URL of the previous embed. */
	let lastEmbed: string | undefined;
	const total = nodes.length === 0 ? 0 : weights.textBetween(0, nodes.length);
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		if (node.nodeType !== ELEMENT_NODE) continue;
		while ((visible[nextVisible] ?? nodes.length) <= index) nextVisible++;
		const isTwin = isMathTwin(nodes, index) || isEmbedTwin(nodes, index, lastEmbed);
		if (EMBED_ELEMENTS.has(node.nodeName)) lastEmbed = embeddedUrl(node) ?? lastEmbed;
		if (!isTwin && (!isUnseen(node, visible[nextVisible]) || lazy.has(index) || isAssistiveMath(nodes, index)))
			continue;
		if (!isTwin && (weights.text(index) * 2 > total || isNameOfLink(article, index))) continue;
		hidden[index] = 1;
		index = node.last;
	}
	return hidden;
}

/** Whether a part of a body is hidden words inside a line, which is not divided for them. */
export function isHiddenInLine(nodes: readonly Node[], { kind, first }: Pick<Region, 'kind' | 'first'>): boolean {
	const name = nodes[first]?.nodeName ?? '';
	return kind === 'hidden' && !BLOCK_ELEMENTS.has(name) && !EMBED_ELEMENTS.has(name);
}

/** Adds words inside a line that the site's own style sheet hides, except those with notes. */
export function hideInLines({ nodes, regions }: Article, hidden: Uint8Array, isNoted: (place: Span) => boolean): void {
	for (const region of regions.furniture) {
		if (!isHiddenInLine(nodes, region) || isNoted(region.span)) continue;
		for (let at = region.first; at <= region.last; at = (nodes[at]?.last ?? at) + 1)
			if (!isHiddenByItself(nodes[at] as Node)) hidden[at] = 1;
	}
}

/** Whether a page hides an element with all of its content; `visible` is the next element that is always visible. */
function isUnseen(node: Node, visible = Number.POSITIVE_INFINITY): boolean {
	if (isCounter(node)) return true;
	if (!isHiddenByItself(node)) return false;
	return visible > node.last || !/visibility/i.test(getAttribute(node, 'style') ?? '');
}

/** Whether an element contains all the text of a link or button that otherwise shows an icon, and so is its name. */
function isNameOfLink({ nodes, weights }: Article, index: number): boolean {
	for (let at = index, steps = 0; at !== -1 && steps < 4; at = nodes[at]?.parent ?? -1, steps++)
		if (isElement(nodes[at], 'a') || isElement(nodes[at], 'button'))
			return at !== index && weights.text(at) === weights.text(index) && weights.images(at) === 0;
	return false;
}

/** Whether a `noscript` repeats the embed before it, which a script was meant to load. */
function isEmbedTwin(nodes: readonly Node[], index: number, before: string | undefined): boolean {
	if (before === undefined || !isElement(nodes[index], 'noscript')) return false;
	let found = false;
	for (let at = index + 1; at <= (nodes[index]?.last ?? index); at++) {
		const node = nodes[at] as Node;
		if (node.nodeType === TEXT_NODE ? node.nodeValue.trim() !== '' : node.nodeName === 'img') return false;
		if (!EMBED_ELEMENTS.has(node.nodeName)) continue;
		if (embeddedUrl(node) !== before) return false;
		found = true;
	}
	return found;
}

/** Whether a frame is an invisible visit counter. */
function isCounter(node: Node): boolean {
	if (node.nodeName !== 'iframe') return false;
	return ['width', 'height'].some(name => /^\s*[012](?:px)?\s*$/.test(getAttribute(node, name) ?? ''));
}
