import { compile, parse } from 'nth-check';
import { COMMENT_NODE, children, ELEMENT_NODE, type Node } from '../node.ts';
import type { Tree } from '../tree.ts';

/** Pseudo-classes for the place of an element among its siblings: whether it is counted from the end, among its type, and where. */
const POSITIONS: ReadonlyMap<string, { readonly end?: true; readonly type?: true; readonly formula?: string }> =
	new Map([
		['first-child', { formula: '1' }],
		['last-child', { formula: '1', end: true }],
		['first-of-type', { formula: '1', type: true }],
		['last-of-type', { formula: '1', type: true, end: true }],
		['nth-child', {}],
		['nth-last-child', { end: true }],
		['nth-of-type', { type: true }],
		['nth-last-of-type', { type: true, end: true }],
	]);

const ONLY = ['only-child', 'only-of-type'];

/** Whether a pseudo-class is about the place of an element among its siblings. */
export function isPositional(name: string): boolean {
	return POSITIONS.has(name) || ONLY.includes(name);
}

/**
 * Returns the test of such a pseudo-class.
 *
 * @param data what is in its parentheses
 * @throws Error if that is no formula
 */
export function positionTest(name: string, data: string | null): (tree: Tree, index: number) => boolean {
	if (ONLY.includes(name)) {
		const type = name === 'only-of-type';
		return (tree, index) => placeOf(tree, type, false, index) === 1 && placeOf(tree, type, true, index) === 1;
	}
	const { end = false, type = false, formula = data } = POSITIONS.get(name) ?? {};
	if (formula === null) throw new Error(`":${name}" needs a formula such as ":${name}(2n + 1)"`);
	const check = compile(parse(formula));
	return (tree, index) => check(placeOf(tree, type, end, index) - 1);
}

/** Whether an element has no content except comments. */
export function isEmpty(nodes: readonly Node[], index: number): boolean {
	for (const at of children(nodes, index)) if (nodes[at]?.nodeType !== COMMENT_NODE) return false;
	return true;
}

/** The places of the elements of a body among their siblings, counted once. */
const counted = new WeakMap<Tree, Map<string, Uint32Array>>();

function placeOf(tree: Tree, type: boolean, end: boolean, index: number): number {
	const known = counted.get(tree) ?? new Map<string, Uint32Array>();
	counted.set(tree, known);
	const key = `${type} ${end}`;
	const places = known.get(key) ?? count(tree.nodes, type, end);
	known.set(key, places);
	return places[index] ?? 0;
}

function count(nodes: readonly Node[], type: boolean, end: boolean): Uint32Array {
	const places = new Uint32Array(nodes.length);
	const counts = new Map<number | string, number>();
	for (let step = 0; step < nodes.length; step++) {
		const index = end ? nodes.length - 1 - step : step;
		const { nodeType, nodeName, parent } = nodes[index] as Node;
		if (nodeType !== ELEMENT_NODE) continue;
		const key = type ? `${parent} ${nodeName}` : parent;
		const place = (counts.get(key) ?? 0) + 1;
		counts.set(key, place);
		places[index] = place;
	}
	return places;
}
