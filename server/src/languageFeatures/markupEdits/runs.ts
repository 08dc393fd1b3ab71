import type { Article } from '../../article/article.ts';
import { BLOCK_ELEMENTS, EMBED_ELEMENTS } from '../../article/elements.ts';
import { COMMENT_NODE, isUnrendered, type Node, TEXT_NODE } from '../../article/node.ts';
import type { Span } from '../../article/span.ts';
import { firstIndex } from '../../util/order.ts';

/** A part of the body that inline markup contains as a whole: text, an element without markup inside, or a comment. */
export interface TextRun extends Span {
	readonly kind: 'text' | 'element' | 'comment';
	/** Index of its node, and of the node's parent. */
	readonly node: number;
	readonly parent: number;
	/** Counts the parts of the body between the tags of block-level elements. Inline markup never crosses them. */
	readonly line: number;
	/** Whether it is in one of the selections. */
	readonly selected: boolean;
}

/** Elements whose content has no markup, or that are selected as a whole. */
const ATOMS: ReadonlySet<string> = new Set([...EMBED_ELEMENTS, 'textarea', 'title', 'select', 'button', 'noscript']);

/** Divides a body into runs, in tree order. */
export function runsOf({ nodes }: Article): TextRun[] {
	const runs: TextRun[] = [];
	/** The last descendants of the open block-level elements. */
	const open: number[] = [];
	let line = 0;
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		for (let last = open.at(-1); last !== undefined && last < index; last = open.at(-1)) {
			open.pop();
			line++;
		}
		const { nodeType, nodeName, start, end, parent } = node;
		if (nodeType === TEXT_NODE || nodeType === COMMENT_NODE) {
			const kind = nodeType === COMMENT_NODE ? 'comment' : 'text';
			runs.push({ kind, node: index, parent, start, end, line, selected: false });
		} else if (BLOCK_ELEMENTS.has(nodeName) && !node.foreign) {
			line++;
			open.push(node.last);
		} else if (node.last === index || node.foreign || isUnrendered(node) || ATOMS.has(nodeName)) {
			if (!node.implied) runs.push({ kind: 'element', node: index, parent, start, end, line, selected: false });
			index = node.last;
		}
	}
	return runs;
}

/**
 * Cuts the text of runs at the edges of selections, and selects what is inside.
 *
 * @param selections in text order, not overlapping, not empty
 */
export function withSelection(text: string, runs: readonly TextRun[], selections: readonly Span[]): readonly TextRun[] {
	const cut: TextRun[] = [];
	// Tree order can differ from text order, since content that is not allowed in a table is moved in front of it.
	for (const run of runs) {
		let at = run.start;
		for (
			let index = firstIndex(selections.length, each => (selections[each]?.end ?? 0) > run.start);
			index < selections.length;
			index++
		) {
			const { start, end } = selections[index] as Span;
			if (start >= run.end) break;
			if (run.kind !== 'text') {
				if (start <= run.start && run.end <= end) {
					cut.push({ ...run, selected: true });
					at = run.end;
				}
				break;
			}
			const [from, to] = [Math.max(at, start), Math.min(run.end, end)];
			if (from > at) cut.push({ ...run, start: at, end: from });
			if (to > from) cut.push({ ...run, start: from, end: to, selected: true });
			at = to;
		}
		if (at < run.end || run.start === run.end) cut.push({ ...run, start: at });
	}
	return withoutUnseen(text, cut);
}

/** Whether a run shows something. */
export function isSeen(text: string, { kind, start, end }: TextRun): boolean {
	if (kind === 'text') return text.slice(start, end).trim() !== '';
	return kind === 'element' && !/^<(?:br|wbr|script|style|template)\b/i.test(text.slice(start, start + 12));
}

/** Deselects the parts of lines that show nothing, such as the indentation between blocks. */
function withoutUnseen(text: string, runs: readonly TextRun[]): readonly TextRun[] {
	const result: TextRun[] = [];
	for (let from = 0; from < runs.length; ) {
		const first = runs[from] as TextRun;
		let to = from + 1;
		let seen = isSeen(text, first);
		for (; to < runs.length; to++) {
			const run = runs[to] as TextRun;
			if (run.selected !== first.selected || run.line !== first.line) break;
			seen ||= isSeen(text, run);
		}
		for (; from < to; from++) {
			const run = runs[from] as TextRun;
			result.push(run.selected && !seen ? { ...run, selected: false } : run);
		}
	}
	return result;
}
