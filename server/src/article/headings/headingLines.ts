import { labelOf } from '../label.ts';
import type { Node } from '../node.ts';
import { FIGURE, HEADING, indicesOf, PARAGRAPH, PASSAGE } from '../traits.ts';
import type { Tree } from '../tree.ts';
import type { Weights } from '../weights.ts';
import { isBoldAround, MOST_MARKS, readBoldness, readOpening } from './bold.ts';

/** How a line is written: as `h1` to `h6`, all in bold, with bold at its beginning, or without. */
export type LineKind = 'element' | 'bold' | 'begins-bold' | 'plain';

/** A heading element, or a paragraph that may be a heading. */
export interface HeadingLine {
	/** Index of the element, and of its last node. */
	readonly node: number;
	readonly last: number;
	readonly kind: LineKind;
	/** The text on one line. Read when it is asked for. */
	readonly text: string;
	/** The beginning of it, long enough for the name of a speaker. */
	readonly opening: string;
	/** How many characters are in it. */
	readonly length: number;
	/** How many of them are bold; 0 for heading elements and plain paragraphs. */
	readonly bold: number;
	/** Whether all the text is in links to elsewhere. */
	readonly linked: boolean;
}

/** Plain paragraphs with more text than this, in characters, are headings only of an interview. */
const MAX_PLAIN = 80;

/** Paragraphs with more text than this, in characters, are not bold by themselves or by what is around them. */
const MAX_STYLED = 150;

/** How far into a paragraph a colon can end the name of a speaker. */
const MAX_SPEAKER = 24;

/**
 * Finds the lines of a body that may be headings, in tree order. Most paragraphs are left out by their first character.
 */
export function findHeadingLines(tree: Tree, weights: Weights): readonly HeadingLine[] {
	const { nodes, traits } = tree;
	const lines: HeadingLine[] = [];
	const indices = indicesOf(tree, HEADING | PARAGRAPH | PASSAGE | FIGURE);
	const total = nodes.length === 0 ? 0 : weights.textBetween(0, nodes.length);
	let outside = -1;
	let figureUntil = -1;
	for (let at = 0; at < indices.length; at++) {
		const index = indices[at] as number;
		const trait = traits[index] ?? 0;
		const length = weights.text(index);
		if ((trait & (FIGURE | PASSAGE)) !== 0) {
			const node = nodes[index] as Node;
			if ((trait & FIGURE) !== 0) figureUntil = Math.max(figureUntil, node.last);
			// A bold paragraph in a quote, list or table is part of it, but a table around most of the text is its layout.
			const isLayout = node.nodeName === 'table' && outside < index && length * 2 > total;
			if ((trait & PASSAGE) !== 0 && !isLayout) outside = Math.max(outside, node.last);
		}
		if (length === 0 || index <= figureUntil) continue;
		if ((trait & HEADING) !== 0) {
			lines.push(lineOf(tree, index, { kind: 'element', length, bold: 0, linked: false }));
		} else if ((trait & PARAGRAPH) !== 0 && index > outside && weights.images(index) === 0) {
			const { last } = nodes[index] as Node;
			// A paragraph that contains others is none itself.
			const line = (indices[at + 1] ?? nodes.length) > last ? readLine(tree, index, length) : undefined;
			if (line) lines.push(line);
		}
	}
	return lines;
}

/** @param opening the beginning of the text; otherwise it is read when it is asked for */
function lineOf(
	{ nodes }: Tree,
	index: number,
	known: Pick<HeadingLine, 'kind' | 'length' | 'bold' | 'linked'>,
	opening?: string,
): HeadingLine {
	let begins = opening;
	let text: string | undefined;
	return {
		node: index,
		last: (nodes[index] as Node).last,
		kind: known.kind,
		length: known.length,
		bold: known.bold,
		linked: known.linked,
		get opening() {
			begins ??= text ?? labelOf(nodes, index, MAX_OPENING);
			return begins;
		},
		get text() {
			text ??= labelOf(nodes, index);
			return text;
		},
	};
}

/** How much of the beginning of a text is read, in UTF-16 units. */
const MAX_OPENING = 64;

function readLine(tree: Tree, index: number, length: number): HeadingLine | undefined {
	const { nodes, lengths } = tree;
	// Most paragraphs begin with text that is not bold.
	const { firstText, bold: begins } =
		(lengths[index + 1] ?? 0) > MOST_MARKS
			? { firstText: index + 1, bold: length <= MAX_STYLED && isBoldAround(nodes, index) }
			: readOpening(tree, index);
	if (firstText === -1) return undefined;
	const opening = (nodes[firstText] as Node).nodeValue;
	if (!begins)
		return mayBePlain(opening, length)
			? lineOf(tree, index, { kind: 'plain', length, bold: 0, linked: false }, opening)
			: undefined;
	const boldness = readBoldness(tree, index);
	if (!boldness) return undefined;
	const { bold, plain, linked } = boldness;
	return lineOf(tree, index, { kind: plain === 0 ? 'bold' : 'begins-bold', length: bold + plain, bold, linked });
}

function mayBePlain(opening: string, length: number): boolean {
	let from = 0;
	while (isSpace(opening.charCodeAt(from))) from++;
	if (length <= MAX_PLAIN && BEGINNINGS.has(opening.charCodeAt(from))) return true;
	const end = Math.min(opening.length, from + MAX_SPEAKER);
	for (let at = from + 1; at < end; at++) {
		const unit = opening.charCodeAt(at);
		if (unit === 0x3a || unit === 0xff1a) return true;
	}
	return false;
}

/** Whether a unit is white space as paragraphs are indented with. */
function isSpace(unit: number): boolean {
	return unit <= 32 || unit === 0xa0 || unit === 0x3000;
}

/** Whether a text begins with a character that numbers and marks of headings begin with. */
export function beginsNumbered(text: string): boolean {
	return BEGINNINGS.has(text.charCodeAt(0));
}

/** First characters of numbers and marks that headings begin with. */
const BEGINNINGS: ReadonlySet<number> = new Set(
	Array.from(
		'0123456789０１２３４５６７８９一二三四五六七八九十第其（(【〔［[■□◆◇●○◎★☆▍▌▎▶►※①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦIVXPCS',
		character => character.charCodeAt(0),
	),
);
