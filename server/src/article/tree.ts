import { type Node, TEXT_NODE } from './node.ts';
import { type Span, span } from './span.ts';
import { indicesOf, type Traits, traitsOf } from './traits.ts';
import { BodyParser, type ParseError, type TreeNode } from './treeBuilder.ts';

/**
 * The tree of a body as parse5 defines it (WHATWG HTML, "parsing HTML fragments", scripting disabled), laid out in tree
 * order.
 */
export interface Tree {
	/** Where the body stands in the text. */
	readonly span: Span;
	readonly nodes: readonly Node[];
	/** What each node is. */
	readonly traits: Uint32Array;
	/** The characters in each text node, without white space at both ends; 0 for other nodes. */
	readonly lengths: Uint32Array;
	readonly errors: readonly ParseError[];
	/** End tags that closed no element. */
	readonly strayEndTags: readonly Span[];
	/** The answers of `nodesThat` so far. */
	readonly answers: Map<NodeTest, NodeQuery>;
}

/** A question about a node by itself: not about its place, what is around it, or in it. */
export type NodeTest = (node: Node) => boolean;

/** Which nodes pass a test, of those with any of some traits. */
export interface NodeQuery {
	readonly any: Traits;
	readonly found: readonly number[];
}

/**
 * Indices of the nodes that have any of these traits and pass a test, in tree order. The answer is kept, and goes over to the
 * tree of an edited text, where only new nodes are tested: attributes are many, and far away.
 */
export function nodesThat(tree: Tree, any: Traits, test: NodeTest): readonly number[] {
	const known = tree.answers.get(test);
	if (known) return known.found;
	const found = passing(tree, any, test);
	tree.answers.set(test, { any, found });
	return found;
}

/** Indices of those with any of these traits that pass a test, in some nodes and their traits. */
export function passing(part: Pick<Tree, 'nodes' | 'traits'>, any: Traits, test: NodeTest): readonly number[] {
	return indicesOf(part, any).filter(index => test(part.nodes[index] as Node));
}

/** Parses the body of a text, which stands at `body`. All offsets of the tree are those of the whole text. */
export function parseTree(text: string, body: Span): Tree {
	const parser = BodyParser.forFragment();
	const html = text.slice(body.start, body.end);
	parser.tokenizer.write(html, true);
	return {
		span: body,
		...layOut(parser.root.childNodes, body.start, html),
		errors: moveErrors(parser.errors, body.start),
		strayEndTags: moveSpans(parser.strayEndTags, body.start),
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

/** Nodes in tree order, as in a `Tree`. */
export interface Layout {
	readonly nodes: TreeNode[];
	readonly traits: Uint32Array;
	readonly lengths: Uint32Array;
}

/**
 * Lays parsed nodes out in tree order. They become part of the result.
 *
 * @param base what to add to the offsets that the parser gave them
 * @param html what was parsed
 */
export function layOut(top: readonly TreeNode[], base: number, html: string): Layout {
	const nodes: TreeNode[] = [];
	const traits: number[] = [];
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
			traits.push(traitsOf(node));
			lengths.push(node.nodeType === TEXT_NODE ? trimmedLength(node.nodeValue) : 0);
			const children = node.content?.childNodes ?? node.childNodes;
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
		if (!done) return { nodes, traits: Uint32Array.from(traits), lengths: Uint32Array.from(lengths) };
		// Until here `last` held the node's own index, for its children to find.
		done.last = nodes.length - 1;
		// An element without an end tag ends where its content does, if not later.
		if (done.endTagStart === done.end && done.end < position) done.endTagStart = done.end = position;
		position = done.end;
		done.release();
	}
}

/** `text.trim().length`, without making the trimmed text where there is nothing to trim. */
function trimmedLength(text: string): number {
	const plain = isNoSpace(text.charCodeAt(0)) && isNoSpace(text.charCodeAt(text.length - 1));
	return plain ? text.length : text.trim().length;
}

/** Whether a UTF-16 unit is certainly no white space: all other traits lie between U+0085 and U+3000, but for U+FEFF. */
function isNoSpace(unit: number): boolean {
	return unit > 0x3000 ? unit !== 0xfeff : unit > 32 && unit < 0x85;
}
