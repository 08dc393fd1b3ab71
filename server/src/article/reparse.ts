import { ownCopy } from '../util/ownCopy.ts';
import { ancestors, ELEMENT_NODE } from './node.ts';
import { type Span, span } from './span.ts';
import type { RunTokenizer } from './tokenizer.ts';
import { presentIn } from './traits.ts';
import {
	layOut,
	moveErrors,
	moveOffsets,
	moveSpans,
	type NodeQuery,
	type NodeTest,
	passing,
	type Tree,
} from './tree.ts';
import { BodyParser, MOST_ERRORS, type TreeNode } from './treeBuilder.ts';

/** A single change to a text: `[start, oldEnd)` of the old text became `[start, newEnd)` of the new one. */
export interface TextChange {
	readonly start: number;
	readonly oldEnd: number;
	readonly newEnd: number;
}

/**
 * Elements that contain blocks or are one. Tables are excluded, since content that is not allowed in them is
 * foster-parented.
 */
const BLOCKS = new Set(
	'address article aside blockquote details div dl figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup li main nav ol p pre section ul'.split(
		' ',
	),
);

/**
 * How many blocks around an edit are tried: what a tag breaks in one block is rarely fixed by the blocks around it, and
 * bodies can nest deeply.
 */
const MOST_TRIES = 5;

/**
 * Updates the tree after an edit by reparsing only the smallest block around it. The result equals that of `parseTree`
 * for the new text; `undefined` if only a full parse can tell.
 *
 * A block can be parsed alone if the parser was in its plain state ("in body", no active formatting elements, no form,
 * no template) both before its start tag and after its end tag, and if its new text, parsed with the same open
 * elements, leaves the parser in that state again. What follows is then parsed as before.
 */
export function reparseTree(tree: Tree, edit: TextChange, text: string): Tree | undefined {
	const nodes = tree.nodes as readonly TreeNode[];
	// At the limit, it is unknown which errors would be among the first.
	if (tree.errors.length >= MOST_ERRORS) return undefined;
	const blocks: number[] = [];
	for (let index = 0; index < nodes.length; ) {
		const node = nodes[index] as TreeNode;
		const around = node.start < edit.start && edit.oldEnd < node.end;
		if (around && node.clean && node.sealed && BLOCKS.has(node.nodeName) && !node.foreign) blocks.push(index);
		index = (around ? index : node.last) + 1;
	}
	for (const at of blocks.reverse().slice(0, MOST_TRIES)) {
		const block = nodes[at];
		// For a block larger than half the body, another failed attempt would cost too much.
		if (!block || block.end - block.start > (tree.span.end - tree.span.start) / 2) return undefined;
		const renewed = renewBlock(tree, nodes, at, edit, text);
		if (renewed) return renewed;
	}
	return undefined;
}

function renewBlock(
	tree: Tree,
	nodes: readonly TreeNode[],
	index: number,
	edit: TextChange,
	text: string,
): Tree | undefined {
	const block = nodes[index];
	if (!block) return undefined;
	const open: TreeNode[] = [];
	for (const at of ancestors(nodes, index)) {
		const ancestor = nodes[at];
		if (!ancestor || ancestor.implied || ancestor.foreign) return undefined;
		open.push(ancestor);
	}
	open.reverse();
	// An error at the block's first character may be about the character before it.
	if (tree.errors.some(error => error.span.start === block.start)) return undefined;
	const delta = edit.newEnd - edit.oldEnd;
	const old: Span = span(block.start, block.end);
	const parser = BodyParser.inside(open);
	let container = parser.root;
	const standIns: TreeNode[] = [];
	for (const _ of open) {
		container = container.childNodes[0] ?? container;
		standIns.push(container);
	}
	// The new nodes share this copy: parts of the text would keep each version of it in memory.
	const chunk = ownCopy(text.slice(old.start, old.end + delta));
	parser.tokenizer.write(chunk, false);
	if (!parser.isBackAt(open.length)) return undefined;
	if (standIns.some((standIn, depth) => parser.openElements.items[depth + 1] !== standIn)) return undefined;
	if (standIns.some(standIn => standIn !== container && standIn.childNodes.length !== 1)) return undefined;
	if (open.length > 0 && parser.root.childNodes.length !== 1) return undefined;
	const [first, last] = [container.childNodes[0], container.childNodes.at(-1)];
	// Text at either end would merge with adjacent text.
	if (first?.nodeType !== ELEMENT_NODE || !last?.sealed || last.end !== chunk.length) return undefined;

	const layout = layOut(container.childNodes, old.start, chunk);
	const made = layout.nodes;
	const shift = made.length - (block.last - index + 1);
	for (const node of made) {
		node.parent = node.parent === -1 ? block.parent : node.parent + index;
		node.last += index;
	}
	const result = nodes.slice(0, index);
	for (const at of ancestors(nodes, index)) result[at] = stretched(nodes[at] as TreeNode, delta, shift);
	for (const node of made) result.push(node);
	for (let from = block.last + 1; from < nodes.length; from++) {
		const node = nodes[from] as TreeNode;
		result.push(
			delta === 0 && shift === 0
				? node
				: node.moved(delta, node.parent > index ? node.parent + shift : node.parent, shift),
		);
	}
	const spliceNumbers = (all: Uint32Array, part: Uint32Array): Uint32Array => {
		const spliced = new Uint32Array(result.length);
		spliced.set(all.subarray(0, index));
		spliced.set(part, index);
		spliced.set(all.subarray(block.last + 1), index + part.length);
		return spliced;
	};
	const traits = spliceNumbers(tree.traits, layout.traits);
	const answers = new Map<NodeTest, NodeQuery>();
	for (const [test, { any, found }] of tree.answers) {
		const before = found.filter(at => at < index);
		const renewed = passing(layout, any, test).map(at => at + index);
		const after = found.filter(at => at > block.last).map(at => at + shift);
		answers.set(test, { any, found: [...before, ...renewed, ...after] });
	}
	const errors = spliced(
		tree.errors,
		error => error.span,
		moveErrors(parser.errors, old.start),
		old,
		part => moveErrors(part, delta),
	);
	if (errors.length >= MOST_ERRORS) return undefined;
	return {
		span: span(tree.span.start, tree.span.end + delta),
		nodes: result,
		traits,
		present: presentIn(traits),
		lengths: spliceNumbers(tree.lengths, layout.lengths),
		errors,
		strayEndTags: spliced(
			tree.strayEndTags,
			tag => tag,
			moveSpans(parser.strayEndTags, old.start),
			old,
			part => moveSpans(part, delta),
		),
		rare: spliced(
			tree.rare,
			offset => span(offset, offset),
			moveOffsets((parser.tokenizer as RunTokenizer).rare, old.start),
			old,
			part => moveOffsets(part, delta),
		),
		answers,
	};
}

/** Copies an ancestor of the reparsed block, with its end moved. */
function stretched(node: TreeNode, delta: number, shift: number): TreeNode {
	const copy = node.moved(0, node.parent, shift);
	copy.endTagStart += delta;
	copy.end += delta;
	copy.kept = undefined;
	return copy;
}

/** Replaces the part of `all` inside `old`, and moves what follows. */
function spliced<T>(
	all: readonly T[],
	place: (item: T) => Span,
	made: readonly T[],
	old: Span,
	move: (part: readonly T[]) => readonly T[],
): readonly T[] {
	const before = all.filter(item => place(item).start < old.start);
	const after = all.filter(item => place(item).start >= old.end);
	return [...before, ...made, ...move(after)];
}
