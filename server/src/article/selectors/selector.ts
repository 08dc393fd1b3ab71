import { isTraversal, parse, type Selector as Token, type TraversalType } from 'css-what';
import { ELEMENT_NODE, type Node } from '../node.ts';
import { ATTRIBUTED } from '../traits.ts';
import { type NodeTest, nodesThat, type Tree } from '../tree.ts';
import { isEmpty, isPositional, positionTest } from './position.ts';
import { after, before } from './relations.ts';
import { simpleTest } from './simple.ts';

/**
 * CSS selectors over a body (Selectors Level 4). A selector is evaluated for a whole body at once, from left to right: each
 * combinator turns a list of elements into another in one pass. This takes time linear in the body for any selector, where
 * matching element by element takes quadratic time for siblings and `:has()`.
 */
export interface CssSelector {
	/** As written. */
	readonly text: string;
	/** Returns the written elements that match, as indices in tree order. */
	select(tree: Tree): readonly number[];
}

/** The maximum length of a selector. */
export const LONGEST_SELECTOR = 200;

/** Compiles a list of selectors; returns what is wrong with it, as a sentence without a full stop, if it cannot be used. */
export function compileSelector(text: string): CssSelector | { readonly fault: string } {
	if (text.length > LONGEST_SELECTOR)
		return { fault: `The selector has ${text.length} characters, but the limit is ${LONGEST_SELECTOR}` };
	try {
		const alternatives = parse(text).map(tokens => complex(tokens, text));
		if (alternatives.length === 0) return { fault: 'The selector is empty' };
		return {
			text,
			select: tree => union(alternatives.map(one => evaluate(tree, one))).filter(at => !tree.nodes[at]?.implied),
		};
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		return { fault: `This is not a CSS selector that can be used: ${sentencePart(error.message)}` };
	}
}

/** Makes a message of the parser the second half of a sentence. */
function sentencePart(message: string): string {
	const text = message.replace(/ found (.*)$/s, (_, rest: string) => rest && ` found ${JSON.stringify(rest)}`);
	return text.charAt(0).toLowerCase() + text.slice(1).replace(/[\s,]+$/, '');
}

/** The tests of one element: those of the element alone, and those that need its surroundings. */
interface Compound {
	/** Always the same function, since the tree remembers which nodes pass. */
	readonly test: NodeTest;
	/** Whether only elements with attributes can pass. */
	readonly attributed: boolean;
	readonly filters: readonly Filter[];
}

/** Tells which of some elements pass a test. */
type Filter = (tree: Tree, elements: readonly number[]) => readonly number[];

/** A compound selector and the combinator before it; the first one of a relative selector may have one as well. */
interface Step {
	readonly combinator: TraversalType | undefined;
	readonly compound: Compound;
}

/** Divides a selector at its combinators. */
function complex(tokens: readonly Token[], text: string, isRelative = false): readonly Step[] {
	const steps: Step[] = [];
	let combinator: TraversalType | undefined =
		isRelative && tokens[0] && !isTraversal(tokens[0]) ? DESCENDANT : undefined;
	let simple: Token[] = [];
	const close = (): void => {
		if (simple.length === 0) throw new Error('a combinator has nothing on one side');
		steps.push({ combinator, compound: compoundOf(simple, text) });
		simple = [];
	};
	for (const [at, token] of tokens.entries()) {
		if (!isTraversal(token)) {
			simple.push(token);
			continue;
		}
		if (token.type === 'parent' || token.type === 'column-combinator')
			throw new Error('only the combinators " ", ">", "+" and "~" are supported');
		if (at > 0 || !isRelative) close();
		combinator = token.type;
	}
	close();
	return steps;
}

const DESCENDANT = 'descendant' as TraversalType;

function compoundOf(tokens: readonly Token[], text: string): Compound {
	const tests: NodeTest[] = [];
	const filters: Filter[] = [];
	let attributed = false;
	for (const token of tokens) {
		const test = simpleTest(token, text.includes('\\'));
		if (test) {
			tests.push(test);
			attributed ||= token.type === 'attribute';
		} else filters.push(filterOf(token, text));
	}
	const [only] = tests;
	return {
		test: only && tests.length === 1 ? only : node => tests.every(test => test(node)),
		attributed,
		filters,
	};
}

/** Makes the filter of a pseudo-class. */
function filterOf(token: Token, text: string): Filter {
	if (token.type !== 'pseudo') throw new Error('pseudo-elements match no element');
	const { name, data } = token;
	if (isPositional(name)) {
		const test = positionTest(name, typeof data === 'string' ? data : null);
		return (tree, elements) => elements.filter(at => test(tree, at));
	}
	if (name === 'empty' && data === null) return ({ nodes }, elements) => elements.filter(at => isEmpty(nodes, at));
	if (!Array.isArray(data)) throw new Error(`":${name}" is not supported`);
	if (data.length === 0) throw new Error(`":${name}" is empty`);
	const inner = data.map(tokens => complex(tokens, text, name === 'has'));
	switch (name) {
		case 'is':
		case 'where':
		case 'matches':
			return (tree, elements) => within(elements, inner, tree, true);
		case 'not':
			return (tree, elements) => within(elements, inner, tree, false);
		case 'has':
			return (tree, elements) => union(inner.map(steps => having(tree, elements, steps)));
		default:
			throw new Error(`":${name}" is not supported`);
	}
}

function within(
	elements: readonly number[],
	alternatives: readonly (readonly Step[])[],
	tree: Tree,
	isIn: boolean,
): readonly number[] {
	if (elements.length === 0) return elements;
	const found = new Set(alternatives.flatMap(steps => evaluate(tree, steps)));
	return elements.filter(at => found.has(at) === isIn);
}

/** Returns the elements that match a selector. */
function evaluate(tree: Tree, steps: readonly Step[]): readonly number[] {
	let found: readonly number[] = [];
	for (const { combinator, compound } of steps) {
		if (combinator && found.length === 0) return found;
		const matching = alone(tree, compound);
		found = filtered(tree, compound, combinator ? after(tree.nodes, combinator, found, matching) : matching);
	}
	return found;
}

/** Returns the elements from which a relative selector leads to others. */
function having(tree: Tree, elements: readonly number[], steps: readonly Step[]): readonly number[] {
	let found: readonly number[] | undefined;
	let combinator: TraversalType | undefined;
	for (const step of steps.toReversed()) {
		const matching = alone(tree, step.compound);
		const leading: readonly number[] = found && combinator ? before(tree.nodes, combinator, matching, found) : matching;
		found = filtered(tree, step.compound, leading);
		if (found.length === 0) return [];
		combinator = step.combinator;
	}
	return found && combinator ? before(tree.nodes, combinator, elements, found) : [];
}

/** Returns the elements that pass the tests of a compound selector that concern the element alone. */
function alone(tree: Tree, { test, attributed }: Compound): readonly number[] {
	if (attributed) return nodesThat(tree, ATTRIBUTED, test);
	const found: number[] = [];
	for (let index = 0; index < tree.nodes.length; index++) {
		const node = tree.nodes[index] as Node;
		if (node.nodeType === ELEMENT_NODE && test(node)) found.push(index);
	}
	return found;
}

function filtered(tree: Tree, { filters }: Compound, elements: readonly number[]): readonly number[] {
	let left = elements;
	for (const filter of filters) left = filter(tree, left);
	return left;
}

/** Merges lists of indices in tree order. */
function union(lists: readonly (readonly number[])[]): readonly number[] {
	const [only] = lists;
	if (only && lists.length === 1) return only;
	return [...new Set(lists.flat())].sort((a, b) => a - b);
}
