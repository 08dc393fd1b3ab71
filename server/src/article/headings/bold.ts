import { BLOCK_ELEMENTS } from '../elements.ts';
import { ELEMENT_NODE, getAttribute, type Node } from '../node.ts';
import { ATTRIBUTED, COMMENT, CONTAINER, NOSCRIPT, PARAGRAPH, PASSAGE, TEXT, UNRENDERED } from '../traits.ts';
import type { Tree } from '../tree.ts';
import { hasWords } from './script.ts';

/** How much of a paragraph is bold. */
export interface Boldness {
	/** Characters in bold. */
	readonly bold: number;
	/** Characters that are not. Punctuation and footnote marks do not count. */
	readonly plain: number;
	/** Whether all the text is in links to elsewhere. */
	readonly linked: boolean;
	/** Whether a line break is in it. */
	readonly broken: boolean;
}

const HEAVY = /font(?:-weight)?\s*:[^;]*?\b(?:bold|bolder|[6-9]\d\d)\b(?!\s*(?:px|pt|em|%))/i;
const LIGHT = /font-weight\s*:\s*(?:normal|lighter|[1-5]\d\d)\b/i;

/** Class names with which publishing systems set a paragraph in bold, or as a heading. */
const HEAVY_CLASS =
	/(?:^|[\s_-])(?:bold|bolder|sub-?head(?:ing|er)?s?|cross-?head(?:ing)?s?|inter-?title|section-?(?:title|head(?:ing|er)?))(?=[\s_-]|$)/i;

/** Whether an element makes its text bold; `undefined` if it leaves it as it is. */
export function boldnessOf(node: Node): boolean | undefined {
	if (node.foreign || node.nodeName === 'a') return undefined;
	for (const { name, value } of node.attributes) {
		if (name === 'style' && value.includes('font')) {
			if (LIGHT.test(value)) return false;
			if (HEAVY.test(value)) return true;
		} else if (name === 'class' && /bold|head|title/i.test(value) && HEAVY_CLASS.test(value)) return true;
	}
	return node.nodeName === 'b' || node.nodeName === 'strong' ? true : undefined;
}

/** How many inline elements around a paragraph are looked at. */
const MOST_AROUND = 4;

/** Whether a paragraph is bold by itself or by the inline elements around it, as in `<b><p>…</p></b>`. */
export function isBoldAround({ nodes, traits }: Tree, index: number): boolean {
	const paragraph = nodes[index] as Node;
	const own = ((traits[index] ?? 0) & ATTRIBUTED) === 0 ? undefined : boldnessOf(paragraph);
	if (own !== undefined) return own;
	let at = paragraph.parent;
	for (let steps = 0; steps < MOST_AROUND && at !== -1 && ((traits[at] ?? 0) & BLOCK) === 0; steps++) {
		const node = nodes[at] as Node;
		if (BLOCK_ELEMENTS.has(node.nodeName)) return false;
		const bold = boldnessOf(node);
		if (bold !== undefined) return bold;
		at = node.parent;
	}
	return false;
}

/** Most of the block-level elements. */
const BLOCK = PARAGRAPH | PASSAGE | CONTAINER;

/** Returns the first text node of a paragraph that is more than punctuation, and whether it is bold; -1 if there is none. */
export function readOpening(tree: Tree, index: number): { firstText: number; bold: boolean } {
	const { nodes, traits, lengths } = tree;
	const { last } = nodes[index] as Node;
	/** The last nodes of the outermost bold element, and of an element in it that is not bold. */
	let boldUntil = -1;
	let lightUntil = -1;
	for (let at = index + 1; at <= last; at++) {
		const length = lengths[at] ?? 0;
		if (length > 0) {
			const node = nodes[at] as Node;
			if (length <= MOST_MARKS && !hasWords(node.nodeValue)) continue;
			const isBold = boldUntil >= at && lightUntil < at;
			return { firstText: at, bold: isBold || (lightUntil < at && isBoldAround(tree, index)) };
		}
		const trait = traits[at] ?? 0;
		if ((trait & TEXT_OR_COMMENT) !== 0) continue;
		const node = nodes[at] as Node;
		if ((trait & SILENT) !== 0) at = node.last;
		else {
			const own = boldnessOf(node);
			if (own === true && lightUntil < at) boldUntil = Math.max(boldUntil, node.last);
			else if (own === true) lightUntil = -1;
			else if (own === false) lightUntil = Math.max(lightUntil, node.last);
		}
	}
	return { firstText: -1, bold: false };
}

const SILENT = UNRENDERED | NOSCRIPT;
const TEXT_OR_COMMENT = TEXT | COMMENT;

/** Reads how much of a paragraph is bold; `undefined` for one that contains blocks. */
export function readBoldness(tree: Tree, index: number): Boldness | undefined {
	const { nodes, traits, lengths } = tree;
	const { last } = nodes[index] as Node;
	let [bold, plain, linked] = [0, 0, 0];
	let linkUntil = -1;
	let broken = false;
	/** The elements around a node that make it bold or not, from the outside in. */
	const open: { readonly last: number; readonly bold: boolean }[] = [];
	const around = isBoldAround(tree, index);
	for (let at = index + 1; at <= last; at++) {
		const node = nodes[at] as Node;
		while (open.length > 0 && (open.at(-1)?.last ?? last) < at) open.pop();
		const length = lengths[at] ?? 0;
		if (length > 0) {
			const isMark = length <= MOST_MARKS && !hasWords(node.nodeValue);
			if (open.at(-1)?.bold ?? around) bold += length;
			else if (!isMark) plain += length;
			if (at <= linkUntil || isMark) linked += length;
		} else if (node.nodeType === ELEMENT_NODE) {
			if (((traits[at] ?? 0) & SILENT) !== 0 || node.nodeName === 'sup') at = node.last;
			else if (node.nodeName === 'br') broken = true;
			else if (BLOCK_ELEMENTS.has(node.nodeName)) return undefined;
			else {
				const own = boldnessOf(node);
				if (own !== undefined) open.push({ last: node.last, bold: own });
				if (node.nodeName === 'a' && isElsewhere(node)) linkUntil = node.last;
			}
		}
	}
	return { bold, plain, linked: linkUntil !== -1 && linked >= bold + plain, broken };
}

/** Longer runs of punctuation count as text. */
export const MOST_MARKS = 4;

/** Whether a link leads out of the text that contains it. */
function isElsewhere(node: Node): boolean {
	const target = getAttribute(node, 'href')?.trim();
	return target !== undefined && target !== '' && !target.startsWith('#');
}
