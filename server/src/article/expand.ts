import type { Article } from './article.ts';
import type { TextEdit } from './edits.ts';
import { FORMATTING_ELEMENTS } from './elements.ts';
import { lineBreakOf } from './lines.ts';
import { COMMENT_NODE, ELEMENT_NODE, hasEndTag, isElement, isHtmlSpace, type Node, TEXT_NODE } from './node.ts';
import { isBlockElement, keepsSpace } from './space.ts';
import { span } from './span.ts';
import type { TreeNode } from './treeBuilder.ts';

/** The maximum indentation, so that the added white space stays proportional to the text. */
const MAX_DEPTH = 10;

/** Elements that HTML inserts around the rows of a table that was written without them. */
const IMPLIED_IN_TABLES = new Set(['tbody', 'tr']);

/** Elements that HTML allows only in tables. */
const TABLE_PARTS = new Set('caption col colgroup tbody td tfoot th thead tr'.split(' '));

/** A tag of a block-level element, a comment, or the start or end of the body. */
interface Mark {
	readonly start: number;
	readonly end: number;
	/** Index of the node; -1 for the body. */
	readonly node: number;
	/** Index of the element that contains the text before the mark, and of the one that contains the text after it. */
	readonly before: number;
	readonly after: number;
	readonly kind: 'start' | 'end' | 'void' | 'comment';
}

/** Where line breaks can be inserted in each element. */
interface Layout {
	/** The nesting depth of each element's content; -1 if no line breaks can be inserted in it. */
	readonly depths: Int32Array;
	/** Figures that contain inline content: their image and caption stay on one line. */
	readonly whole: Uint8Array;
}

/**
 * Returns the edits that put line breaks and indentation between the tags of block-level elements, in text order, at
 * most one per place. Only white space that HTML ignores and that the writer's rule (see collapse.ts) removes again is
 * added. Existing white space that differs is replaced.
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
		// From one tag to the next, across comments between them.
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

/** Returns the indentation level of the line that starts with `to`; `undefined` if no line break is allowed there. */
function levelBetween(text: string, from: Mark, to: Mark, { depths, whole }: Layout): number | undefined {
	const parent = from.after;
	if (parent !== to.before || from.node === to.node) return undefined;
	const depth = parent === -1 ? 0 : (depths[parent] ?? -1);
	if (depth === -1) return undefined;
	const atEdge = (from.kind === 'start' && from.node === parent) || (to.kind === 'end' && to.node === parent);
	if (atEdge && (parent === -1 || whole[parent] === 1)) return undefined;
	// The writer's rule does not remove white space inside a line.
	if (to.start > from.end && text.slice(from.end, to.start).indexOf('\n') === -1) return undefined;
	return to.kind === 'end' ? depth - 1 : depth;
}

/** Whether there is only HTML white space between two marks. */
function isHtmlSpaceOnly(text: string, from: Mark | undefined, to: Mark | undefined): boolean {
	if (!from || !to || to.start < from.end) return false;
	for (let at = from.end; at < to.start; at++) if (!isHtmlSpace(text.charCodeAt(at))) return false;
	return true;
}

/** Returns the edit that turns `old`, which starts at `start`, into `made`, without their common prefix and suffix. */
function difference(start: number, old: string, made: string): TextEdit {
	const shorter = Math.min(old.length, made.length);
	let head = 0;
	while (head < shorter && old[head] === made[head]) head++;
	let tail = 0;
	while (tail < shorter - head && old[old.length - 1 - tail] === made[made.length - 1 - tail]) tail++;
	// Do not split a CRLF.
	if (old[head - 1] === '\r' && old[head] === '\n') head--;
	if (old[old.length - tail - 1] === '\r' && old[old.length - tail] === '\n') tail--;
	return { span: span(start + head, start + old.length - tail), newText: made.slice(head, made.length - tail) };
}

/** Returns the parent of a node as written, ignoring a `tbody` that the parser inserted around rows. */
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

/** Returns all marks, in text order. */
function findMarks({ body }: Article): Mark[] {
	const { nodes } = body;
	const { start, end } = body.span;
	const marks: Mark[] = [{ start, end: start, node: -1, before: -1, after: -1, kind: 'start' }];
	// In the tree, content that is not allowed in a table comes before the table.
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
		// Table parts outside a table are parsed differently in a page than in a fragment, and so may be everything after
		// them.
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
 * Returns a function that tells whether white space at a place may reopen an unclosed formatting element. Places must
 * be passed in text order.
 */
function createHazard(nodes: readonly TreeNode[]): (place: number) => boolean {
	const events = nodes
		.flatMap(node => {
			const opens = node.nodeType === ELEMENT_NODE && FORMATTING_ELEMENTS.has(node.nodeName) && !hasEndTag(node);
			// A clean element is one where the parser was in its plain state, with no formatting element to reopen.
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
