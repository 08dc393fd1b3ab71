import { firstIndex } from '../util/order.ts';
import { parseArticle } from './article.ts';
import { collapseEdits } from './collapse.ts';
import { detect } from './detect.ts';
import { applyEdits, type TextEdit } from './edits.ts';
import { BLOCK_ELEMENTS } from './elements.ts';
import { formatObstacle, staysAsItIs } from './format.ts';
import { lineBreakOf } from './lines.ts';
import { isHtmlSpace } from './node.ts';
import { span } from './span.ts';

/** A text laid out for comparison with another version of it. */
export interface ComparisonForm {
	readonly text: string;
	/** The edits that lay it out, in text order. They replace white space with white space, and nothing else. */
	readonly edits: readonly TextEdit[];
}

/** Elements that keep white space, or contain no markup. Their content stays as it is. */
const VERBATIM: ReadonlySet<string> = new Set('listing pre script style textarea xmp'.split(' '));

/** The tags that matter here. What follows the name, up to `>`, is part of the match. */
const TAG = new RegExp(`<(/?)(${[...BLOCK_ELEMENTS, ...VERBATIM, 'br'].join('|')})(?=[\\s/>])[^<>]*>?`, 'gi');

/** Blocks that a blank line may separate from what follows. */
const PARAGRAPHS: ReadonlySet<string> = new Set(
	'address blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre table ul'.split(' '),
);

interface Tag {
	readonly name: string;
	readonly kind: 'start' | 'end' | 'br' | 'hr';
	readonly start: number;
	readonly end: number;
}

/**
 * Lays an article out for comparison: each block on lines of its own, without indentation, and a new line after each
 * `br`. Both forms of an article give the same text. Lists are left as they are.
 *
 * The lines of a block depend on nothing outside it, unlike in expanded form: neither on what contains it, nor on what
 * was left open before it. To that end tags are recognised by their names alone, even in comments and attributes. The
 * result is for reading, since HTML may render the white space that is added.
 *
 * @param blankLines whether blank lines separate paragraphs, so that editors show changes of two in a row as two changes
 */
export function comparisonForm(text: string, { blankLines = false } = {}): ComparisonForm {
	const kind = detect(text);
	if (kind === 'list') return { text, edits: [] };
	const article = parseArticle(text);
	const bodyStart = article.body.span.start;
	let archived = text;
	if (kind === 'article' && !formatObstacle(article)) {
		const collapsed = applyEdits(text, collapseEdits(text, bodyStart, { keepsLines: true }));
		if (staysAsItIs(article, collapsed)) archived = collapsed;
	}
	const laidOut = layOut(archived, bodyStart, blankLines);
	return { text: laidOut, edits: spaceEdits(text, laidOut) };
}

/** Returns the offset in a text of an offset in its comparison form. The start of a line is that of its first character. */
export function originalOffset(form: Pick<ComparisonForm, 'edits'>, offset: number): number {
	return createOriginalOffset(form)(offset);
}

/** Returns `originalOffset` for many offsets in one comparison form. */
export function createOriginalOffset({ edits }: Pick<ComparisonForm, 'edits'>): (offset: number) => number {
	/** How much longer the form is after each edit, and where the edits are in it. */
	const shifts = [0];
	const starts: number[] = [];
	for (const { span, newText } of edits) {
		const shift = shifts.at(-1) ?? 0;
		starts.push(span.start + shift);
		shifts.push(shift + newText.length - (span.end - span.start));
	}
	return offset => {
		const next = firstIndex(edits.length, at => {
			const start = starts[at] ?? 0;
			return start > offset || (start === offset && edits[at]?.newText !== '');
		});
		const last = edits[next - 1];
		if (last && offset <= (starts[next - 1] ?? 0) + last.newText.length) return last.span.end;
		return offset - (shifts[next] ?? 0);
	};
}

function layOut(text: string, bodyStart: number, blankLines: boolean): string {
	const lineBreak = lineBreakOf(text);
	const tags = readTags(text, bodyStart);
	const closings = verbatimClosings(tags);
	const parts: string[] = [];
	let written = 0;
	const breakAt = (place: number, needsBlankLine = (_start: number, _end: number) => false): void => {
		let [start, end] = [place, place];
		while (start > written && isHtmlSpace(text.charCodeAt(start - 1))) start--;
		while (end < text.length && isHtmlSpace(text.charCodeAt(end))) end++;
		if (end === written || start <= bodyStart || end === text.length) return;
		parts.push(text.slice(written, start), lineBreak, needsBlankLine(start, end) ? lineBreak : '');
		written = end;
	};
	// A comment between two paragraphs belongs to the one above.
	const isBelowComment = (start: number): boolean => text.startsWith('-->', start - 3);
	const isAboveBlock = (_: number, end: number): boolean =>
		!text.startsWith('<!--', end) && !text.startsWith('</', end);
	for (let at = 0; at < tags.length; at++) {
		const { name, kind, start } = tags[at] as Tag;
		const isParagraph = blankLines && PARAGRAPHS.has(name);
		if (kind === 'start' || kind === 'hr') breakAt(start, isParagraph ? isBelowComment : undefined);
		at = closings.get(at) ?? at;
		const last = tags[at] as Tag;
		if (last.kind === 'end') breakAt(last.end, isParagraph ? isAboveBlock : undefined);
		else if (kind === 'hr' || (kind === 'br' && !isEndOfLine(text, last, tags[at + 1]))) breakAt(last.end);
	}
	parts.push(text.slice(written));
	return parts.join('');
}

/** Whether a `br` is followed by another one, or by the end of its block: these are part of its line. */
function isEndOfLine(text: string, { end }: Tag, next: Tag | undefined): boolean {
	return (next?.kind === 'br' || next?.kind === 'end') && text.slice(end, next.start).trim() === '';
}

function readTags(text: string, bodyStart: number): readonly Tag[] {
	const tags: Tag[] = [];
	for (const { index: start, 0: whole, 1: slash, 2: written = '' } of text.matchAll(TAG)) {
		if (start < bodyStart) continue;
		const name = written.toLowerCase();
		const kind = name === 'br' || name === 'hr' ? name : slash === '' ? 'start' : 'end';
		tags.push({ name, kind, start, end: start + whole.length });
	}
	return tags;
}

/** Returns the index of the end tag of each verbatim element, by that of its start tag. */
function verbatimClosings(tags: readonly Tag[]): ReadonlyMap<number, number> {
	const closings = new Map<number, number>();
	const open = new Map<string, number>();
	for (const [index, { name, kind }] of tags.entries()) {
		if (!VERBATIM.has(name)) continue;
		const opening = open.get(name);
		if (kind === 'start') open.set(name, index);
		else if (opening !== undefined) closings.set(opening, index);
		if (kind === 'end') open.delete(name);
	}
	return closings;
}

/** Returns the edits that turn a text into another one that differs only in white space. */
function spaceEdits(text: string, made: string): readonly TextEdit[] {
	const edits: TextEdit[] = [];
	for (let [old, now] = [0, 0]; old < text.length || now < made.length; old++, now++) {
		const [start, nowStart] = [old, now];
		while (isHtmlSpace(text.charCodeAt(old))) old++;
		while (isHtmlSpace(made.charCodeAt(now))) now++;
		const newText = made.slice(nowStart, now);
		if (text.slice(start, old) !== newText) edits.push({ span: span(start, old), newText });
	}
	return edits;
}
