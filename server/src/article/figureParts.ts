import { remembered } from '../util/remember.ts';
import { isMarked, spokenRole } from './creditWords.ts';
import { BLOCK_ELEMENTS, EMBED_ELEMENTS, HEADING_ELEMENTS } from './elements.ts';
import { isUnread, type TextPlace } from './figureText.ts';
import { labelOf } from './label.ts';
import { pushAll } from './lists.ts';
import { ancestors, getAttribute, isElement, type Node, TEXT_NODE } from './node.ts';
import type { Weights } from './weights.ts';

/** What the text in a part of a body is to the picture beside it. */
export interface FigureParts {
	readonly captions: readonly TextPlace[];
	readonly credits: readonly TextPlace[];
	/** Indices of the text nodes of which nothing says what they are. */
	readonly loose: readonly number[];
	/** Whether something says so that is not used for anything else. */
	readonly sure: boolean;
	/** Whether there is something that is no part of a figure. */
	readonly mixed: boolean;
}

type Role = 'caption' | 'credit';

/** What the words for an element say that it is, and whether they name nothing else. */
interface Named {
	readonly role: Role;
	readonly sure: boolean;
}

/** Class names and properties of captions and credits. */
const CAPTION = /caption|desc|legend|cutline|capture|(?:img|image|pic|photo|figure)[-_]?(?:text|title|info)/gi;
const CREDIT = /credit|copyright|byline|attribution|source|photographer|courtesy|rights|agency|cap[-_]?cred\b/gi;

/** Those of them that name nothing but parts of a figure. */
const SURE =
	/caption|credit|cutline|copyright|photographer|(?:img|image|pic|photo|figure|media|cap)[-_]?(?:desc|text|title|source|info|legend|cred)/i;

/** How often elements with a role are looked into for others with one. */
const MAX_DEPTH = 4;

/** How many elements may be between hidden words and what they are about. */
const MAX_TOLD = 6;

/** Returns what the words for an element say that it is. */
function roleOf(node: Node): Named | undefined {
	if (node.nodeName === 'figcaption') return { role: 'caption', sure: true };
	for (const { name, value } of node.attributes) {
		if (name === 'itemprop' && /^\s*(?:caption|copyrightHolder|creditText|creator)\s*$/i.test(value))
			return { role: /caption/i.test(value) ? 'caption' : 'credit', sure: true };
		const named = name === 'class' ? roleOfClass(value) : undefined;
		if (named) return named;
	}
	if (node.nodeName === 'small') return { role: 'caption', sure: false };
	return node.nodeName === 'cite' ? { role: 'credit', sure: false } : undefined;
}

/** Returns what the first class name that says so makes of an element. */
const roleOfClass = remembered((value): Named | undefined => {
	for (const one of value.split(/\s+/)) {
		const [caption, credit] = [lastMatch(one, CAPTION), lastMatch(one, CREDIT)];
		if (caption !== -1 || credit !== -1)
			return { role: credit > caption ? 'credit' : 'caption', sure: SURE.test(value) };
	}
	return undefined;
});

/** Returns where the last match begins; -1 if there is none. `photo-caption__credit` is a credit. */
function lastMatch(value: string, pattern: RegExp): number {
	let last = -1;
	for (const { index } of value.matchAll(pattern)) last = index;
	return last;
}

/** Finds out what the text of the nodes from `first` to `last` is to a picture. */
export function readFigureParts(
	nodes: readonly Node[],
	weights: Weights,
	first: number,
	last: number,
	depth = 0,
): FigureParts {
	const captions: TextPlace[] = [];
	const credits: TextPlace[] = [];
	const loose: number[] = [];
	/** Elements that begin with hidden words which say what they are. */
	let told: Map<number, Role> | undefined;
	let [sure, mixed] = [false, false];
	for (let at = first; at <= last; at++) {
		const node = nodes[at] as Node;
		if (node.nodeType === TEXT_NODE) {
			if (node.nodeValue.trim() !== '') loose.push(at);
			continue;
		}
		if (node.nodeName === '#comment') continue;
		if (isUnread(node)) {
			const role = spokenRole(labelOf(nodes, at, 60));
			if (role && node.parent !== -1) {
				told ??= new Map();
				told.set(node.parent, role);
			}
			at = node.last;
			continue;
		}
		if (EMBED_ELEMENTS.has(node.nodeName) || node.nodeName === 'pre') mixed = true;
		const found = weights.images(at) === 0 && weights.text(at) > 0 ? roleOf(node) : undefined;
		if (!found) continue;
		const inner =
			depth < MAX_DEPTH && node.last > at ? readFigureParts(nodes, weights, at + 1, node.last, depth + 1) : undefined;
		sure ||= found.sure || inner?.sure === true;
		mixed ||= inner?.mixed === true;
		if (inner && inner.loose.length === 0 && inner.captions.length + inner.credits.length > 0) {
			pushAll(captions, inner.captions);
			pushAll(credits, inner.credits);
		} else if (found.role === 'credit') credits.push(whole(nodes, at));
		else {
			captions.push(whole(nodes, at));
			pushAll(credits, inner?.credits ?? []);
		}
		at = node.last;
	}
	const left = told ? loose.filter(at => !isTold(nodes, at, first, told, { captions, credits })) : loose;
	return { captions, credits, loose: left, sure: sure || left.length < loose.length, mixed };
}

/** Whether hidden words say what a text is; adds it to the captions or credits. */
function isTold(
	nodes: readonly Node[],
	text: number,
	first: number,
	told: ReadonlyMap<number, Role>,
	{ captions, credits }: { readonly captions: TextPlace[]; readonly credits: TextPlace[] },
): boolean {
	let passed = 0;
	for (const at of ancestors(nodes, text)) {
		const role = told.get(at);
		if (role) {
			const list = role === 'caption' ? captions : credits;
			if (!list.some(({ node }) => node === at)) list.push(whole(nodes, at));
			return true;
		}
		if (at <= first || ++passed === MAX_TOLD) break;
	}
	return false;
}

/** All of an element. */
export function whole(nodes: readonly Node[], node: number): TextPlace {
	return { node, first: node, last: nodes[node]?.last ?? node };
}

/** Class names of elements that hold a picture and little else. */
const FIGURE_WORD = /(?:^|[\s_-])(?:figure|fig|photo|picture|image|img|pic|wp-caption)(?=$|[\s_\d-])/i;

/** Words in the class names of elements that have a picture beside their text. */
const TEXT_WORD = /(?:^|[\s_-])(?:has|with|text|card|teaser|promo)(?=$|[\s_-])/i;
const GALLERY_WORD = /gallery|slide(?:show|r)|carousel|photo-?album/i;

/** How many elements around a picture are asked whether they are a gallery. */
const GALLERY_DEPTH = 6;

/** How long the text beside a picture may be if only its place says that it is the caption, in Latin letters; and if a credit is there. */
const MAX_PLACED = 300;
const MAX_CREDITED = 700;

/** How many Latin letters a Chinese, Japanese or Korean character is worth. */
const DENSITY = 2.5;

/**
 * Returns the text in an element with one picture that is the caption by its place alone: the only text in an element
 * for pictures, the text of a picture in a gallery, a bold name with a colon and a sentence, or words that begin with a
 * mark such as ▲ or 图：.
 */
export function placedCaption(
	nodes: readonly Node[],
	box: number,
	image: number,
	parts: FigureParts,
): TextPlace | undefined {
	const { captions, credits, mixed } = parts;
	const isCode = isOpenShortcode(nodes[parts.loose[0] ?? -1]);
	const loose = isCode ? parts.loose.slice(1) : parts.loose;
	const [first, last] = [loose[0], loose.at(-1)];
	if (mixed || captions.length > 0 || first === undefined || last === undefined) return undefined;
	const owner = ownerOf(nodes, first, box);
	if (loose.some(at => ownerOf(nodes, at, box) !== owner || isInLink(nodes, at, box))) return undefined;
	if (owner !== box && HEADING_ELEMENTS.has(nodes[owner]?.nodeName ?? '')) return undefined;
	const place: TextPlace =
		owner === box
			? { node: box, first: topIn(nodes, first, box), last: nodes[topIn(nodes, last, box)]?.last ?? last }
			: whole(nodes, owner);
	if (owner === box && place.first <= image && image <= place.last) return undefined;
	const label = labelOf(nodes, owner);
	const isAfter = first > image;
	if (isAfter && (isCode || isMarked(label)) && !isLonger(label, MAX_PLACED)) return place;
	if (isAfter && owner === box && isNamedSentence(nodes, place) && !isLonger(label, MAX_CREDITED)) return place;
	const isCaptionLine = isAfter && owner === box && !isLonger(label, MAX_PLACED);
	if (isCaptionLine && (isItalic(nodes, place) || (isCentred(nodes[box] as Node) && isOnOwnLine(nodes, place, image))))
		return place;
	const names = (getAttribute(nodes[box] as Node, 'class') ?? '').replace(/([a-z\d])([A-Z])/g, '$1-$2');
	const isFigure = isElement(nodes[box], 'figure') || (FIGURE_WORD.test(names) && !TEXT_WORD.test(names));
	if (isFigure && (owner !== box || isElement(nodes[box], 'figure') || isOnOwnLine(nodes, place, image)))
		return isLonger(label, credits.length > 0 || isElement(nodes[box], 'figure') ? MAX_CREDITED : MAX_PLACED)
			? undefined
			: place;
	return isAfter && !isLonger(label, MAX_PLACED) && isInGallery(nodes, box) ? place : undefined;
}

/** Whether a text is the beginning of the shortcode that WordPress writes before an image with a caption. */
function isOpenShortcode(node: Node | undefined): boolean {
	return node !== undefined && /^\s*\[caption\b[^\]]*\]\s*$/.test(node.nodeValue);
}

/** Whether a text is longer than a number of Latin letters. */
export function isLonger(label: string, most: number): boolean {
	if (label.length > most || label.length * DENSITY <= most) return label.length > most;
	const dense = MAY_BE_DENSE.test(label) ? (label.match(DENSE)?.length ?? 0) : 0;
	return label.length + dense * (DENSITY - 1) > most;
}

const DENSE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu;

/** A cheap test that most texts without such characters fail. */
const MAY_BE_DENSE = /[\u1100-\u11ff\u2e80-\uffff]/;

/** Returns the `small` that is the caption. */
export function smallIn(nodes: readonly Node[], { captions }: FigureParts): number | undefined {
	const node = captions[0]?.node;
	return node !== undefined && isElement(nodes[node], 'small') ? node : undefined;
}

/** Returns the innermost block-level element around a node, up to `box`. */
export function ownerOf(nodes: readonly Node[], index: number, box: number): number {
	for (const at of ancestors(nodes, index)) if (at <= box || BLOCK_ELEMENTS.has(nodes[at]?.nodeName ?? '')) return at;
	return box;
}

/** Returns the child of `box` that a node is in. */
function topIn(nodes: readonly Node[], index: number, box: number): number {
	let top = index;
	for (const at of ancestors(nodes, index)) {
		if (at <= box) break;
		top = at;
	}
	return top;
}

function isInLink(nodes: readonly Node[], index: number, box: number): boolean {
	for (const at of ancestors(nodes, index)) {
		if (at <= box) return false;
		if (isElement(nodes[at], 'a')) return true;
	}
	return false;
}

/** Whether a text is a bold name, a colon and a sentence. */
function isNamedSentence(nodes: readonly Node[], { first, last }: TextPlace): boolean {
	const name = nodes[first];
	if (!isElement(name, 'b') && !isElement(name, 'strong')) return false;
	const next = nodes[(name?.last ?? last) + 1];
	return (name?.last ?? last) < last && next?.nodeType === TEXT_NODE && /^\s*[:：]/.test(next.nodeValue);
}

/** Whether a text is one element in italics. */
function isItalic(nodes: readonly Node[], { first, last }: TextPlace): boolean {
	const node = nodes[first];
	return (isElement(node, 'em') || isElement(node, 'i')) && node?.last === last;
}

/** Whether an element centres its text by its own markup. */
export function isCentred(node: Node): boolean {
	if (node.nodeName === 'center') return true;
	for (const { name, value } of node.attributes) {
		if (name === 'align' && /^\s*center\s*$/i.test(value)) return true;
		if (name === 'style' && /text-align\s*:\s*center/i.test(value)) return true;
		if (name === 'class' && CENTRED.test(value)) return true;
	}
	return false;
}

const CENTRED = /(?:^|[\s_-])(?:text-center|text-align-center|align-?center|f_center)(?=$|\s)/i;

/** Whether a line break is between a picture and the text after it. */
function isOnOwnLine(nodes: readonly Node[], { first }: TextPlace, image: number): boolean {
	for (let at = image + 1; at < first; at++) if (isElement(nodes[at], 'br')) return true;
	return false;
}

function isInGallery(nodes: readonly Node[], box: number): boolean {
	let passed = 0;
	for (let at = box; at !== -1 && passed <= GALLERY_DEPTH; at = nodes[at]?.parent ?? -1, passed++)
		if (GALLERY_WORD.test(getAttribute(nodes[at] as Node, 'class') ?? '')) return true;
	return false;
}
