import { labelOf } from '../label.ts';
import type { Node } from '../node.ts';
import type { Region } from '../regions/region.ts';
import { FIGURE, HEADING, indicesOf, PARAGRAPH, PASSAGE } from '../traits.ts';
import type { Tree } from '../tree.ts';
import type { Weights } from '../weights.ts';
import { isBoldAround, MOST_MARKS, readBoldness, readOpening } from './bold.ts';
import { findBoldLines } from './boldLines.ts';

/** How a line is written: as `h1` to `h6`, all in bold, with bold at its beginning, or without. */
export type LineKind = 'element' | 'bold' | 'begins-bold' | 'plain';

type Known = Pick<HeadingLine, 'kind' | 'length' | 'bold' | 'linked' | 'broken'>;

/** A heading element, or a paragraph that may be a heading. Its text is read when it is first asked for. */
export class HeadingLine {
	/** Index of the element, and of its last node. */
	readonly node: number;
	readonly last: number;
	readonly kind: LineKind;
	/** How many characters are in it. */
	readonly length: number;
	/** How many of them are bold; 0 for heading elements and plain paragraphs. */
	readonly bold: number;
	/** Whether all the text is in links to elsewhere. */
	readonly linked: boolean;
	/** Whether a line break is in it. */
	readonly broken: boolean;
	/** The beginning of the text of a paragraph, long enough for the name of a speaker. */
	readonly opening: string;
	readonly #nodes: readonly Node[];
	#text: string | undefined;

	constructor(nodes: readonly Node[], node: number, { kind, length, bold, linked, broken }: Known, opening: string) {
		this.node = node;
		this.last = (nodes[node] as Node).last;
		this.kind = kind;
		this.length = length;
		this.bold = bold;
		this.linked = linked;
		this.broken = broken;
		this.#nodes = nodes;
		this.opening = opening;
	}

	/** The text on one line. */
	get text(): string {
		this.#text ??= labelOf(this.#nodes, this.node);
		return this.#text;
	}
}

/** Plain paragraphs with more text than this, in characters, are headings only of an interview. */
const MAX_PLAIN = 80;

/** Paragraphs with more text than this, in characters, are not bold by themselves or by what is around them. */
const MAX_STYLED = 150;

/** How far into a paragraph a colon can end the name of a speaker. */
const MAX_SPEAKER = 24;

/**
 * Finds the lines of a body that may be headings, in tree order. Most paragraphs begin with much text that is not bold,
 * and are left out without reading them.
 */
export function findHeadingLines(tree: Tree, weights: Weights, furniture: readonly Region[]): readonly HeadingLine[] {
	const { nodes, traits, lengths } = tree;
	const lines: HeadingLine[] = [];
	/** Long paragraphs that begin with text. */
	const long: number[] = [];
	const indices = indicesOf(tree, HEADING | PARAGRAPH | PASSAGE | FIGURE);
	const total = nodes.length === 0 ? 0 : weights.textBetween(0, nodes.length);
	let outside = -1;
	let figureUntil = -1;
	let nextRegion = 0;
	for (let at = 0; at < indices.length; at++) {
		const index = indices[at] as number;
		while ((furniture[nextRegion]?.last ?? index) < index) nextRegion++;
		if ((furniture[nextRegion]?.first ?? nodes.length) <= index || index <= figureUntil) continue;
		const trait = traits[index] ?? 0;
		if ((trait & PARAGRAPH) !== 0) {
			if (index <= outside) continue;
			if ((lengths[index + 1] ?? 0) > MAX_STYLED) {
				long.push(index);
				const end = indices[at + 1] ?? nodes.length;
				if (weights.textBetween(index, end) * MOST_BLOCKS > total && end > (nodes[index] as Node).last)
					addBoldLines(lines, tree, index, weights);
				continue;
			}
			const { last } = nodes[index] as Node;
			// A paragraph that contains others is none itself.
			if ((indices[at + 1] ?? nodes.length) <= last) continue;
			const length = weights.text(index);
			if (length === 0) continue;
			const line = weights.images(index) > 0 ? undefined : readLine(tree, index, length);
			// Its first line may be in bold alone, or it holds much of the text, divided into lines.
			const mayBeDivided =
				line?.kind === 'begins-bold'
					? line.broken
					: line?.kind !== 'bold' && length > MAX_STYLED && length * MOST_BLOCKS > total;
			if (mayBeDivided && addBoldLines(lines, tree, index, weights)) continue;
			if (line) lines.push(line);
		} else if ((trait & HEADING) !== 0) {
			const length = weights.text(index);
			if (length > 0)
				lines.push(
					new HeadingLine(nodes, index, { kind: 'element', length, bold: 0, linked: false, broken: false }, ''),
				);
		} else {
			const node = nodes[index] as Node;
			if ((trait & FIGURE) !== 0) figureUntil = node.last;
			// A bold paragraph in a quote, list or table is part of it, but a table around most of the text is its layout.
			const isLayout = node.nodeName === 'table' && outside < index && weights.text(index) * 2 > total;
			if ((trait & PASSAGE) !== 0 && !isLayout) outside = Math.max(outside, node.last);
		}
	}
	const spoken = findSpoken(tree, long);
	if (spoken.length === 0) return lines;
	for (const index of spoken) {
		const opening = (nodes[index + 1] as Node).nodeValue;
		const known = { kind: 'plain', length: weights.text(index), bold: 0, linked: false, broken: false } as const;
		lines.push(new HeadingLine(nodes, index, known, opening));
	}
	return lines.sort((a, b) => a.node - b.node);
}

/** A block with more than one of so many parts of the text may hold paragraphs that are divided by `br`. */
const MOST_BLOCKS = 5;

/** Adds the lines in a block that are all in bold. Returns whether there are any. */
function addBoldLines(lines: HeadingLine[], tree: Tree, index: number, weights: Weights): boolean {
	const found = findBoldLines(tree, index, weights);
	for (const node of found) {
		const length = weights.text(node);
		lines.push(
			new HeadingLine(tree.nodes, node, { kind: 'bold', length, bold: length, linked: false, broken: false }, ''),
		);
	}
	return found.length > 0;
}

/** How many long paragraphs are read to see whether names of speakers stand before them. */
const SAMPLE = 12;

/** Returns the paragraphs that begin with the name of a speaker, if this is so for one in six. */
function findSpoken({ nodes }: Tree, long: readonly number[]): readonly number[] {
	const isSpoken = (index: number): boolean => hasColon((nodes[index + 1] as Node).nodeValue, 0);
	const step = Math.max(1, Math.floor(long.length / SAMPLE));
	const sample = long.filter((_, at) => at % step === 0);
	return sample.filter(isSpoken).length * 6 >= sample.length ? long.filter(isSpoken) : [];
}

function readLine(tree: Tree, index: number, length: number): HeadingLine | undefined {
	const { nodes, lengths } = tree;
	// Most paragraphs begin with text that is not bold.
	const { firstText, bold: isBold } =
		(lengths[index + 1] ?? 0) > MOST_MARKS
			? { firstText: index + 1, bold: length <= MAX_STYLED && isBoldAround(tree, index) }
			: readOpening(tree, index);
	if (firstText === -1) return undefined;
	const opening = (nodes[firstText] as Node).nodeValue;
	if (!isBold)
		return mayBePlain(opening, length)
			? new HeadingLine(nodes, index, { kind: 'plain', length, bold: 0, linked: false, broken: false }, opening)
			: undefined;
	const boldness = readBoldness(tree, index);
	if (!boldness) return undefined;
	const { bold, plain, linked, broken } = boldness;
	const kind = plain === 0 ? 'bold' : 'begins-bold';
	const { last } = nodes[index] as Node;
	let next = firstText + 1;
	while (next <= last && (lengths[next] ?? 0) === 0) next++;
	const begins = next > last ? opening : `${opening}${nodes[next]?.nodeValue.slice(0, MAX_SPEAKER)}`;
	return new HeadingLine(nodes, index, { kind, length: bold + plain, bold, linked, broken }, begins);
}

function mayBePlain(opening: string, length: number): boolean {
	let from = 0;
	while (isSpace(opening.charCodeAt(from))) from++;
	return (length <= MAX_PLAIN && mayBeNumbered(opening, from)) || hasColon(opening, from);
}

/** Whether a text may have a number or mark, as `numbering.ts` reads them, at an offset. */
export function mayBeNumbered(text: string, from: number): boolean {
	if (!BEGINNINGS.has(text.charCodeAt(from))) return false;
	NUMBERED.lastIndex = from;
	return NUMBERED.test(text);
}

/** Marks; numbers with what can follow them; words before numbers. */
const NUMBERED =
	/[第其（(【〔［[■□◆◇●○◎★☆▍▌▎▶►※①-⑩]|(?:[一二三四五六七八九十]{1,3}|\d{1,3}|[IVXⅠ-Ⅻ]{1,5}|[PCS])(?:[\s\p{P}]|$)|part|chapter|step|section|phase/iuy;

/** Whether a colon is near the beginning of a text. */
function hasColon(text: string, from: number): boolean {
	const end = Math.min(text.length, from + MAX_SPEAKER);
	for (let at = from + 1; at < end; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 0x3a || unit === 0xff1a) return true;
	}
	return false;
}

/** Whether a unit is white space as paragraphs are indented with. */
function isSpace(unit: number): boolean {
	return unit <= 32 || unit === 0xa0 || unit === 0x3000;
}

/** First characters of numbers and marks that headings begin with. */
const BEGINNINGS: ReadonlySet<number> = new Set(
	Array.from(
		'0123456789０１２３４５６７８９一二三四五六七八九十第其（(【〔［[■□◆◇●○◎★☆▍▌▎▶►※①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦIVXPCS',
		character => character.charCodeAt(0),
	),
);
