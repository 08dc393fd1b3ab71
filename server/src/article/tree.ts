import { type Node, TEXT_NODE } from './node.ts';
import { type Span, span } from './span.ts';
import type { RunTokenizer } from './tokenizer.ts';
import { type Traits, traitsOf } from './traits.ts';
import { BodyParser, type ParseError, type TreeNode } from './treeBuilder.ts';

/**
 * The tree of a body as parse5 builds it (WHATWG HTML, "parsing HTML fragments", scripting disabled), laid out in tree
 * order.
 */
export interface Tree {
	/** The span of the body in the text. */
	readonly span: Span;
	readonly nodes: readonly Node[];
	/** The traits of each node. */
	readonly traits: Uint32Array;
	/** All traits that some node has. */
	readonly present: Traits;
	/** The number of characters in each text node, without white space at both ends; 0 for other nodes. */
	readonly lengths: Uint32Array;
	readonly errors: readonly ParseError[];
	/** End tags that close no element. */
	readonly strayEndTags: readonly Span[];
	/** The offsets of characters in text that are rare in good text (`tokenizer.ts`). */
	readonly rare: readonly number[];
	/** The cached results of `nodesThat`. */
	readonly answers: Map<NodeTest, NodeQuery>;
}

/** A test of a node alone, independent of its position, ancestors and descendants. */
export type NodeTest = (node: Node) => boolean;

/** The nodes with any of some traits that pass a test. */
export interface NodeQuery {
	readonly any: Traits;
	readonly found: readonly number[];
}

/**
 * Returns the indices of the nodes that have any of these traits and pass a test, in tree order. The result is cached
 * and carried over to the tree of an edited text, where only new nodes are tested, since there are many attributes and
 * reading them misses the processor's caches.
 */
export function nodesThat(tree: Tree, any: Traits, test: NodeTest): readonly number[] {
	const known = tree.answers.get(test);
	if (known) return known.found;
	const found = passing(tree, any, test);
	tree.answers.set(test, { any, found });
	return found;
}

/** Returns the indices of the nodes with any of these traits that pass a test. */
export function passing(
	{ nodes, traits, present }: Pick<Tree, 'nodes' | 'traits' | 'present'>,
	any: Traits,
	test: NodeTest,
): readonly number[] {
	const found: number[] = [];
	if ((present & any) === 0) return found;
	for (let index = 0; index < traits.length; index++)
		if (((traits[index] ?? 0) & any) !== 0 && test(nodes[index] as Node)) found.push(index);
	return found;
}

/** Parses the body of a text, at the span `body`. All offsets of the tree are relative to the whole text. */
export function parseTree(text: string, body: Span): Tree {
	const parser = BodyParser.forFragment();
	const html = text.slice(body.start, body.end);
	parser.tokenizer.write(html, true);
	return {
		span: body,
		...layOut(parser.root.childNodes, body.start, html),
		errors: moveErrors(parser.errors, body.start),
		strayEndTags: moveSpans(parser.strayEndTags, body.start),
		rare: moveOffsets((parser.tokenizer as RunTokenizer).rare, body.start),
		answers: new Map(),
	};
}

/** Moves parse errors by `delta` units. */
export function moveErrors(errors: readonly ParseError[], delta: number): readonly ParseError[] {
	return errors.map(error => ({ code: error.code, span: span(error.span.start + delta, error.span.end + delta) }));
}

/** Moves spans by `delta` units. */
export function moveSpans(spans: readonly Span[], delta: number): readonly Span[] {
	return spans.map(one => span(one.start + delta, one.end + delta));
}

/** Moves offsets by `delta` units. */
export function moveOffsets(offsets: readonly number[], delta: number): readonly number[] {
	return offsets.map(offset => offset + delta);
}

/** Nodes in tree order, as in a `Tree`. */
export interface Layout {
	readonly nodes: TreeNode[];
	readonly traits: Uint32Array;
	readonly present: Traits;
	readonly lengths: Uint32Array;
}

/**
 * Lays out parsed nodes in tree order. The nodes are modified and become part of the result.
 *
 * @param base added to the parser's offsets
 * @param html the parsed text
 */
export function layOut(top: readonly TreeNode[], base: number, html: string): Layout {
	const nodes: TreeNode[] = [];
	const traits: number[] = [];
	let present = 0;
	const lengths: number[] = [];
	const path: TreeNode[] = [];
	const lists: (readonly TreeNode[])[] = [top];
	const cursors: number[] = [0];
	let position = base;
	for (;;) {
		const depth = path.length;
		const cursor = cursors[depth] ?? 0;
		const node = lists[depth]?.[cursor];
		if (node) {
			cursors[depth] = cursor + 1;
			node.settle(base, position, html);
			node.parent = path[depth - 1]?.last ?? -1;
			node.last = nodes.length;
			nodes.push(node);
			const trait = traitsOf(node);
			traits.push(trait);
			present |= trait;
			lengths.push(node.nodeType === TEXT_NODE ? trimmedLength(node.nodeValue) : 0);
			const children = node.childNodes;
			if (children.length > 0) {
				position = node.startTagEnd;
				path.push(node);
				lists[depth + 1] = children;
				cursors[depth + 1] = 0;
			} else {
				position = node.end;
				node.release();
			}
			continue;
		}
		const done = path.pop();
		if (!done) return { nodes, traits: new Uint32Array(traits), present, lengths: new Uint32Array(lengths) };
		// Up to here, `last` was the node's own index, which its children use.
		done.last = nodes.length - 1;
		// An element without an end tag ends at least where its content does.
		if (done.endTagStart === done.end && done.end < position) done.endTagStart = done.end = position;
		position = done.end;
		done.release();
	}
}

/** Returns `text.trim().length`, without creating the trimmed string if there is nothing to trim. */
function trimmedLength(text: string): number {
	const plain = isNoSpace(text.charCodeAt(0)) && isNoSpace(text.charCodeAt(text.length - 1));
	return plain ? text.length : text.trim().length;
}

/**
 * Whether a UTF-16 unit is certainly not white space. Beyond ASCII, white space is between U+0085 and U+3000, except
 * for U+FEFF.
 */
function isNoSpace(unit: number): boolean {
	return unit > 0x3000 ? unit !== 0xfeff : unit > 32 && unit < 0x85;
}
