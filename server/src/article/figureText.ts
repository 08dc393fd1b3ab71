import { onOneLine } from '../util/text.ts';
import { creditName, divideCaption, trimmedPart } from './creditWords.ts';
import { BLOCK_ELEMENTS } from './elements.ts';
import { isHiddenByItself } from './hidden.ts';
import { labelOf } from './label.ts';
import { getAttribute, isElement, isUnrendered, type Node, TEXT_NODE } from './node.ts';
import { type Span, span } from './span.ts';
import { readRuns } from './text.ts';

/** A caption or credit of a figure. */
export interface FigureText {
	/** Index of the element that contains the text, and the place of the text: the element, or a part of it. */
	readonly node: number;
	readonly span: Span;
	/** The text on one line, without hidden words and without words such as *Photo:*. */
	readonly label: string;
}

/** Where a caption or credit is: an element, or some of the nodes in it. */
export interface TextPlace {
	readonly node: number;
	/** Indices of the first and last node, inclusive; the element's own and that of its last descendant for all of it. */
	readonly first: number;
	readonly last: number;
}

/** Longer captions, in UTF-16 units, are not searched for a credit. */
const MAX_DIVIDED_CHARS = 1500;

/** Class names of buttons and hints beside a caption. */
const TOGGLE =
	/(?:hide|toggle|show|open|close|expand|enlarge)[-_]?(?:the-)?caption|caption[-_]?(?:toggle|icon|button)/i;

/** What WordPress writes around an image and its caption, if nothing replaces it. */
const SHORTCODE = /\[\/?caption\b[^\]]*\]/g;

function blanks(text: string): string {
	return ' '.repeat(text.length);
}

/** Whether nobody reads an element of a figure as part of its caption. */
export function isUnread(node: Node): boolean {
	if (isUnrendered(node) || isElement(node, 'noscript') || isHiddenByItself(node)) return true;
	return node.attributes.length > 0 && TOGGLE.test(getAttribute(node, 'class') ?? '');
}

/** Reads the caption and the credit of a figure. A caption without a credit beside it is searched for one at its end. */
export function readFigureTexts(
	text: string,
	nodes: readonly Node[],
	caption: TextPlace | undefined,
	credit: TextPlace | undefined,
): { readonly caption: FigureText | undefined; readonly credit: FigureText | undefined } {
	const named = credit && nameIn(text, nodes, credit);
	if (!caption) return { caption: undefined, credit: named };
	if (named) return { caption: wholeText(text, nodes, caption, credit), credit: named };
	const words = gather(nodes, caption);
	const parts = words && divideCaption(words.value);
	if (!words || !parts?.credit) return { caption: wholeText(text, nodes, caption), credit: undefined };
	return {
		caption: parts.caption && words.part(text, caption.node, parts.caption),
		credit: words.part(text, caption.node, parts.credit),
	};
}

/** Returns a credit without the words around the name. */
function nameIn(text: string, nodes: readonly Node[], place: TextPlace): FigureText | undefined {
	const words = gather(nodes, place);
	const name = words && creditName(words.value);
	if (!words || !name) return wholeText(text, nodes, place);
	const isWhole = onOneLine(words.value).length === onOneLine(words.value.slice(name.start, name.end)).length;
	return isWhole ? wholeText(text, nodes, place) : words.part(text, place.node, name);
}

/** Returns all the text of a place, without that of a credit in it. */
function wholeText(
	text: string,
	nodes: readonly Node[],
	place: TextPlace,
	without?: TextPlace,
): FigureText | undefined {
	const { node, first } = place;
	const from = nodes[first] as Node;
	if (first !== node) {
		const words = gather(nodes, place);
		const all = words && trimmedPart(words.value, 0, words.value.length);
		return all && words.part(text, node, all);
	}
	const label = labelOf(nodes, node, undefined, at => at === without?.node || isUnread(nodes[at] as Node));
	return label ? { node, span: span(from.start, from.end), label } : undefined;
}

/** The text of a place, with the text nodes that it is from. */
interface Gathered {
	readonly value: string;
	/** Makes a caption or credit of a part of the text. */
	part(text: string, node: number, part: Span): FigureText;
}

/** Reads the text of a place; `undefined` if it is too long to be searched, or has a formula. */
function gather(nodes: readonly Node[], { first, last }: TextPlace): Gathered | undefined {
	const starts: number[] = [];
	const sources: Node[] = [];
	const blockEnds: number[] = [];
	let value = '';
	for (let at = first; at <= last; at++) {
		const node = nodes[at] as Node;
		while ((blockEnds.at(-1) ?? at) < at) {
			blockEnds.pop();
			value += '\n';
		}
		if (node.nodeType === TEXT_NODE) {
			starts.push(value.length);
			sources.push(node);
			value += node.nodeValue.includes('caption') ? node.nodeValue.replace(SHORTCODE, blanks) : node.nodeValue;
			if (value.length > MAX_DIVIDED_CHARS) return undefined;
		} else if (node.foreign && node.nodeName === 'math') return undefined;
		else if (at !== first && isUnread(node)) at = node.last;
		else if (node.nodeName === 'br') value += '\n';
		else if (at !== first && BLOCK_ELEMENTS.has(node.nodeName)) {
			value += '\n';
			blockEnds.push(node.last);
		}
	}
	/** Returns where a character of the text is in the source. */
	const sourceOf = (text: string, offset: number): Span => {
		let index = starts.length - 1;
		while (index > 0 && (starts[index] ?? 0) > offset) index--;
		const node = sources[index] as Node;
		const within = offset - (starts[index] ?? 0);
		let place = span(node.start, node.end);
		readRuns(text, node, nodes[node.parent]?.foreign ?? false, (from, source, units, length) => {
			if (within < from || within >= from + units) return;
			const start = units === length ? source + within - from : source;
			place = span(start, units === length ? start + 1 : source + length);
		});
		return place;
	};
	return {
		value,
		part: (text, node, { start, end }) => ({
			node,
			span: span(sourceOf(text, start).start, sourceOf(text, end - 1).end),
			label: onOneLine(value.slice(start, end)),
		}),
	};
}
