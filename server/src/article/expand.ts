import type { Article } from './article.ts';
import type { TextEdit } from './edits.ts';
import { FORMATTING_ELEMENTS } from './elements.ts';
import { lineBreakOf } from './lines.ts';
import { COMMENT_NODE, ELEMENT_NODE, hasEndTag, isElement, isHtmlSpace, type Node, TEXT_NODE } from './node.ts';
import { isBlockElement, keepsSpace } from './space.ts';
import { span } from './span.ts';
import type { TreeNode } from './treeBuilder.ts';

/** How deep lines are indented at most, so that what is added stays in proportion to the text. */
const MAX_DEPTH = 10;

/** Elements that HTML puts around the rows of a table that was written without them. */
const IMPLIED_IN_TABLES = new Set(['tbody', 'tr']);

/** Elements that HTML knows in tables alone. */
const TABLE_PARTS = new Set('caption col colgroup tbody td tfoot th thead tr'.split(' '));

/** A tag of a block-level element, a comment, or an edge of the body. */
interface Mark {
	readonly start: number;
	readonly end: number;
	/** Index of the node; -1 for the body. */
	readonly node: number;
	/** Index of the element around what comes before it, and around what comes after it. */
	readonly before: number;
	readonly after: number;
	readonly kind: 'start' | 'end' | 'void' | 'comment';
}

/** What is known of each element as a place for line breaks. */
interface Layout {
	/** How deep the content of each element is nested; -1 where it is no place for line breaks. */
	readonly depths: Int32Array;
	/** Figures that hold more than blocks: a picture and its caption stay on one line. */
	readonly whole: Uint8Array;
}

/**
 * Line breaks and indentation between the tags of block-level elements: where HTML ignores white space and the writer's rule
 * (see collapse.ts) takes it out again. What is there already and differs is replaced. Edits in the order of the text, one a
 * place.
 *
 * @param indent one level of indentation: spaces, a tab, or nothing
 */
export function expandEdits(article: Article, indent: string): readonly TextEdit[] {
	const { text } = article;
	const nodes = article.nodes as readonly TreeNode[];
	const layout = layOut(nodes);
	const marks = findMarks(article);
	const lineBreak = lineBreakOf(text);
	const unsafe = createHazard(nodes);
	const edits: TextEdit[] = [];
	for (let left = 0; left < marks.length - 1; ) {
		// From one tag to the next, over the comments between them.
		let right = left + 1;
		while (marks[right]?.kind === 'comment' && isHtmlSpaceOnly(text, marks[right - 1], marks[right])) right++;
		if (marks[left]?.kind !== 'comment' && isHtmlSpaceOnly(text, marks[right - 1], marks[right])) {
			for (let at = left; at < right; at++) {
				const [from, to] = [marks[at], marks[at + 1]];
				if (!from || !to) break;
				const level = levelBetween(text, from, to, layout);
				if (level === undefined || unsafe(to.start)) continue;
				const old = text.slice(from.end, to.start);
				const blank = from.kind !== 'start' && to.kind !== 'end' && /\n[^\n]*\n/.test(old) ? lineBreak : '';
				const made = blank + lineBreak + indent.repeat(Math.min(level, MAX_DEPTH));
				if (made !== old) edits.push(difference(from.end, old, made));
			}
		}
		left = right;
	}
	return edits;
}

/** How many levels the line that starts with `to` is indented; `undefined` where no line break may be. */
function levelBetween(text: string, from: Mark, to: Mark, { depths, whole }: Layout): number | undefined {
	const parent = from.after;
	if (parent !== to.before || from.node === to.node) return undefined;
	const depth = parent === -1 ? 0 : (depths[parent] ?? -1);
	if (depth === -1) return undefined;
	const atEdge = (from.kind === 'start' && from.node === parent) || (to.kind === 'end' && to.node === parent);
	if (atEdge && (parent === -1 || whole[parent] === 1)) return undefined;
	// White space inside a line is not taken out by the writer's rule.
	if (to.start > from.end && text.slice(from.end, to.start).indexOf('\n') === -1) return undefined;
	return to.kind === 'end' ? depth - 1 : depth;
}

/** Whether nothing but HTML's white space is between two marks. */
function isHtmlSpaceOnly(text: string, from: Mark | undefined, to: Mark | undefined): boolean {
	if (!from || !to || to.start < from.end) return false;
	for (let at = from.end; at < to.start; at++) if (!isHtmlSpace(text.charCodeAt(at))) return false;
	return true;
}

/** The edit that makes `made` of `old`, which stands at `start`, without what both begin and end with. */
function difference(start: number, old: string, made: string): TextEdit {
	const shorter = Math.min(old.length, made.length);
	let head = 0;
	while (head < shorter && old[head] === made[head]) head++;
	let tail = 0;
	while (tail < shorter - head && old[old.length - 1 - tail] === made[made.length - 1 - tail]) tail++;
	// Not between the two characters of one line break.
	if (old[head - 1] === '\r' && old[head] === '\n') head--;
	if (old[old.length - tail - 1] === '\r' && old[old.length - tail] === '\n') tail--;
	return { span: span(start + head, start + old.length - tail), newText: made.slice(head, made.length - tail) };
}

/** The element around a node as it was written: not the `tbody` that HTML puts around rows. */
function writtenParent(nodes: readonly Node[], index: number): number {
	let parent = nodes[index]?.parent ?? -1;
	for (let node = nodes[parent]; node?.implied && IMPLIED_IN_TABLES.has(node.nodeName); node = nodes[parent])
		parent = node.parent;
	return parent;
}

function layOut(nodes: readonly Node[]): Layout {
	const depths = new Int32Array(nodes.length).fill(-1);
	const whole = new Uint8Array(nodes.length);
	for (const [index, node] of nodes.entries()) {
		const parent = writtenParent(nodes, index);
		if (isBlockElement(node)) {
			const outer = parent === -1 ? 0 : (depths[parent] ?? -1);
			if (outer !== -1 && !keepsSpace(node)) depths[index] = outer + 1;
		} else if (isElement(nodes[parent], 'figure') && node.nodeType !== COMMENT_NODE && !isBlank(node)) {
			whole[parent] = 1;
		}
	}
	return { depths, whole };
}

function isBlank(node: Node): boolean {
	return node.nodeType === TEXT_NODE && /^[ \t\n\f\r]*$/.test(node.nodeValue);
}

/** All marks, in the order of the text. */
function findMarks({ body }: Article): Mark[] {
	const { nodes } = body;
	const { start, end } = body.span;
	const marks: Mark[] = [{ start, end: start, node: -1, before: -1, after: -1, kind: 'start' }];
	// Content that was written inside a table, where it may not be, stands before the table in the tree.
	let next = Number.POSITIVE_INFINITY;
	const misplaced = new Uint8Array(nodes.length);
	for (let index = nodes.length - 1; index >= 0; index--) {
		const node = nodes[index] as Node;
		if (node.implied) continue;
		if (node.start > next) misplaced[index] = 1;
		next = Math.min(next, node.start);
	}
	let limit = end;
	for (const [node, found] of nodes.entries()) {
		if (found.implied || misplaced[node] === 1) continue;
		const parent = writtenParent(nodes, node);
		// Without a table around them these are read otherwise in a page than alone, and so may be all that follows.
		if (parent === -1 && TABLE_PARTS.has(found.nodeName)) limit = Math.min(limit, found.start);
		const around = { node, before: parent, after: parent };
		if (found.nodeType === COMMENT_NODE) {
			marks.push({ ...around, start: found.start, end: found.end, kind: 'comment' });
		} else if (isBlockElement(found)) {
			const isVoid = found.nodeName === 'hr';
			const after = isVoid ? parent : node;
			marks.push({ ...around, start: found.start, end: found.startTagEnd, after, kind: isVoid ? 'void' : 'start' });
			if (hasEndTag(found))
				marks.push({ ...around, start: found.endTagStart, end: found.end, before: node, kind: 'end' });
		}
	}
	marks.sort((a, b) => a.start - b.start);
	marks.push({ start: end, end, node: -1, before: -1, after: -1, kind: 'end' });
	return limit === end ? marks : marks.filter(mark => mark.start < limit);
}

/**
 * Tells whether a formatting element that was never closed may be opened again by white space at a place. To be asked in the
 * order of the text.
 */
function createHazard(nodes: readonly TreeNode[]): (place: number) => boolean {
	const events = nodes
		.flatMap(node => {
			const opens = node.nodeType === ELEMENT_NODE && FORMATTING_ELEMENTS.has(node.nodeName) && !hasEndTag(node);
			// A clean element is one that the parser met in its plain state, with nothing left to open.
			return opens || node.clean ? [{ start: node.start, opens }] : [];
		})
		.sort((a, b) => a.start - b.start);
	let open = false;
	let at = 0;
	return place => {
		for (let event = events[at]; event !== undefined && event.start <= place; event = events[++at]) open = event.opens;
		return open;
	};
}
