import type { Byline } from './byline.ts';
import type { Figure } from './figures.ts';
import { findHeadingLines, type HeadingLine } from './headings/headingLines.ts';
import { findNumbered, isLoneNumber } from './headings/numbering.ts';
import { isAboutArticle, isOtherLine } from './headings/otherLines.ts';
import { findInterview } from './headings/questions.ts';
import { hasWords } from './headings/script.ts';
import { titleTest } from './headings/title.ts';
import { isDayLine, isSentence, isTooLong } from './headings/wording.ts';
import { isHiddenByItself } from './hidden.ts';
import { smallest } from './lists.ts';
import type { Node } from './node.ts';
import type { Region } from './regions/region.ts';
import type { Regions } from './regions.ts';
import { type Span, span } from './span.ts';
import type { Tree } from './tree.ts';
import type { Weights } from './weights.ts';

/** A heading: `h1` to `h6`, or a paragraph that serves as one. */
export interface Heading {
	/** Index of the element, and the element. */
	readonly node: number;
	readonly span: Span;
	/** 1 to 6; for a paragraph, that of the heading elements it stands beside, or more than 6. */
	readonly level: number;
	readonly label: string;
}

/** The level of a paragraph that serves as a heading: below all heading elements. */
const BOLD_LEVEL = 7;

/** The level of the questions of an interview, which other headings group. */
const QUESTION_LEVEL = 8;

/** What is known of an article where its headings are looked for. */
export interface HeadingInput {
	readonly body: Tree;
	readonly weights: Weights;
	readonly title: string | undefined;
	readonly byline: Byline;
	readonly regions: Regions;
	/** Read only if there is a paragraph that may be a heading. */
	readonly figures: () => readonly Figure[];
}

/** Finds the headings of an article, in tree order. */
export function findHeadings(input: HeadingInput): readonly Heading[] {
	const { body, weights, regions } = input;
	const { nodes } = body;
	const lines = findHeadingLines(body, weights, regions.furniture);
	if (lines.length === 0) return [];
	const chosen = choose(lines, input);
	if (chosen.length === 0) return [];
	const hides = hiddenTest(nodes, weights);
	const found = chosen.filter(({ line }) => !hides(line.node));
	const level = levelOfParagraphs(
		found.filter(({ isQuestion }) => !isQuestion),
		nodes,
	);
	return found.map(({ line, isQuestion }) => {
		const node = nodes[line.node] as Node;
		const own = line.kind === 'element' ? Number(node.nodeName[1]) : isQuestion ? QUESTION_LEVEL : level;
		return { node: line.node, span: span(node.start, node.end), level: own, label: line.text };
	});
}

/** Whether a line is no byline, no date, not the title again, and no lead that is a heading element. */
function isPartOfText(line: HeadingLine, isAbove: boolean, isTitle: (text: string) => boolean): boolean {
	if (line.kind === 'plain' || line.kind === 'begins-bold') return true;
	const { text, kind, length } = line;
	if (isAbove && (isDayLine(text) || isTitle(text))) return false;
	if (isAbove && kind === 'element' && length > MAX_SENTENCE_ABOVE && isSentence(text)) return false;
	return hasWords(text) && (length > MAX_NOTE || !isAboutArticle(text));
}

/** Bylines and notes have no more characters. */
const MAX_NOTE = 200;

interface Choice {
	readonly line: HeadingLine;
	/** Whether it is the question of an interview. */
	readonly isQuestion: boolean;
}

/** Chooses the lines that are headings. */
function choose(lines: readonly HeadingLine[], input: HeadingInput): readonly Choice[] {
	const { weights } = input;
	const isTitle = titleTest(input.title);
	const start = findStart(input);
	/** The lines above all text. */
	const above = new Set<HeadingLine>();
	const rest: HeadingLine[] = [];
	for (const line of lines) {
		const isAbove = (line.kind === 'element' || line.kind === 'bold') && start.isBefore(line.node);
		if (isAbove) above.add(line);
		if (!isPartOfText(line, isAbove, isTitle)) {
			if (isAbove) start.leaveOut(line.node);
		} else rest.push(line);
	}
	const { questions, answers } = findInterview(rest);
	const numbered = findNumbered(
		rest.filter(line => !questions.has(line) && !answers.has(line)),
		weights,
	);
	const passages = findPassages(rest, weights, line => questions.has(line) || numbered.has(line));
	const isCaption = captionTest(input);
	const end = endOfText(input);
	const isHeading = (line: HeadingLine): boolean => {
		if (questions.has(line)) return true;
		const isNumbered = numbered.has(line);
		if (answers.has(line) || (!isNumbered && (line.kind === 'plain' || line.kind === 'begins-bold'))) return false;
		if (line.kind === 'element') return !isTooLong(line.text, 'element');
		if (isTooLong(line.text, isNumbered ? 'numbered' : 'bold') || isOtherLine(line.text)) return false;
		return isNumbered || !(passages.has(line) || line.linked || isLoneNumber(line.text) || isSentence(line.text));
	};
	const isFollowed = ({ kind, last }: HeadingLine): boolean =>
		kind === 'element' || weights.textBetween(last + 1, end) > 0 || weights.imagesBetween(last + 1, end) > 0;
	const chosen = rest.filter(line => isHeading(line) && isFollowed(line) && !isCaption(line));
	// A line above all text that divides nothing is the rest of the title.
	const [first, second] = chosen;
	return first && first.kind === 'bold' && !second && above.has(first)
		? []
		: chosen.map(line => ({ line, isQuestion: questions.has(line) }));
}

/** A heading element above all text with a sentence longer than this, in UTF-16 units, is the lead. */
const MAX_SENTENCE_ABOVE = 40;

/** Tells where the text of an article begins, for indices in rising order. */
interface Start {
	/** Whether only the title, byline, date, figures and furniture are before a node. */
	isBefore(index: number): boolean;
	/** Leaves the text of a node out. */
	leaveOut(index: number): void;
}

function findStart({ body, weights, byline, regions, figures }: HeadingInput): Start {
	let left = 0;
	let hasBegun = false;
	let outside = -1;
	let [nextRegion, nextFigure, nextPart] = [0, 0, 0];
	const bylineParts = [byline.author, byline.date].sort((a, b) => (a?.node ?? 0) - (b?.node ?? 0));
	const leaveOut = (index: number): void => {
		if (index > outside) left += weights.text(index);
		outside = Math.max(outside, body.nodes[index]?.last ?? index);
	};
	/** Leaves out what is apart from the text before a node. */
	const leaveOutBefore = (index: number): void => {
		for (; nextRegion < regions.furniture.length; nextRegion++) {
			const first = regions.furniture[nextRegion]?.first ?? index;
			if (first >= index) break;
			left += weights.text(first);
		}
		for (; nextPart < bylineParts.length; nextPart++) {
			const part = bylineParts[nextPart];
			if (part && part.node >= index) break;
			if (part && !regions.isFurniture(part.node)) leaveOut(part.node);
		}
		const all = figures();
		for (; (all[nextFigure]?.node ?? index) < index; nextFigure++) {
			const { caption, credit } = all[nextFigure] as Figure;
			if (caption && caption.node < index) leaveOut(caption.node);
			if (credit && credit.node < index) leaveOut(credit.node);
		}
	};
	const isBefore = (index: number): boolean => {
		if (hasBegun || weights.textBetween(0, index) === left) return !hasBegun;
		leaveOutBefore(index);
		hasBegun = weights.textBetween(0, index) > left;
		return !hasBegun;
	};
	return { isBefore, leaveOut };
}

/**
 * Finds the lines in bold that are emphasis by what is around them: several in a row, or most of the text.
 */
function findPassages(
	lines: readonly HeadingLine[],
	weights: Weights,
	isSure: (line: HeadingLine) => boolean,
): ReadonlySet<HeadingLine> {
	const bold = lines.filter(line => line.kind === 'bold' && !isSure(line));
	const passages = new Set<HeadingLine>();
	let run: HeadingLine[] = [];
	const close = (): void => {
		if (run.length >= SHORTEST_RUN) for (const line of run) passages.add(line);
		run = [];
	};
	for (const line of bold) {
		const before = run.at(-1);
		if (before && weights.textBetween(before.last + 1, line.node) > 0) close();
		run.push(line);
	}
	close();
	return passages;
}

/** So many lines in bold in a row are a passage. */
const SHORTEST_RUN = 3;

/** Returns the index behind the last node before the furniture at the end. */
function endOfText({ body, weights, regions: { furniture } }: HeadingInput): number {
	let end = body.nodes.length;
	for (let at = furniture.length - 1; at >= 0; at--) {
		const { first, last } = furniture[at] as Region;
		if (weights.textBetween(last + 1, end) > 0) break;
		end = first;
	}
	return end;
}

/** Returns a test of whether a line is a caption or credit. */
function captionTest({ body, figures }: HeadingInput): (line: HeadingLine) => boolean {
	let parts: ReadonlySet<number> | undefined;
	return ({ node, last, kind }) => {
		if (kind === 'element') return false;
		if (!parts) {
			const nodes = new Set<number>();
			for (const { caption, credit } of figures()) for (const part of [caption, credit]) if (part) nodes.add(part.node);
			parts = nodes;
		}
		for (let at = node; at <= last; at++) if (parts.has(at)) return true;
		return parts.has(body.nodes[node]?.parent ?? -1);
	};
}

/** Returns a test of whether a node is hidden, which looks at each node around the tested ones once. */
function hiddenTest(nodes: readonly Node[], weights: Weights): (index: number) => boolean {
	const total = weights.textBetween(0, nodes.length);
	const known = new Map<number, boolean>([[-1, false]]);
	return index => {
		const path: number[] = [];
		let at = index;
		for (; !known.has(at); at = nodes[at]?.parent ?? -1) path.push(at);
		let hidden = known.get(at) ?? false;
		for (const inner of path.reverse()) {
			// Most of the text is never hidden: a script was meant to show it.
			hidden ||= isHiddenByItself(nodes[inner] as Node) && weights.text(inner) * 2 <= total;
			known.set(inner, hidden);
		}
		return hidden;
	};
}

/**
 * Returns the level of paragraphs that serve as headings: below heading elements, unless they begin before the first of
 * those and are as many. Then they are headings of one kind.
 */
function levelOfParagraphs(found: readonly { readonly line: HeadingLine }[], nodes: readonly Node[]): number {
	const elements = found.filter(({ line }) => line.kind === 'element');
	if (found[0]?.line.kind === 'element' || elements.length * 2 > found.length) return BOLD_LEVEL;
	return smallest([BOLD_LEVEL, ...elements.map(({ line }) => Number(nodes[line.node]?.nodeName[1]))]);
}
