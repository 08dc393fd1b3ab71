import { firstIndex } from '../../util/order.ts';
import { ELEMENT_NODE, type Node, TEXT_NODE } from '../node.ts';
import type { CssSelector } from '../selectors/selector.ts';
import type { Tree } from '../tree.ts';
import type { Weights } from '../weights.ts';
import type { Evidence } from './evidence.ts';
import type { Part } from './region.ts';
import type { SourceRules } from './sourceRules.ts';

/** The first and last node of a run of siblings. */
type Run = Pick<Part, 'first' | 'last'>;

/** What the rules of a source say of a body. */
export interface Said {
	/** The parts that are furniture. None is inside another. */
	readonly furniture: readonly Part[];
	/** Whether a part cannot be furniture by its signs. In logarithmic time. */
	keeps(first: number, last: number): boolean;
}

/** The reason for all furniture that an archive names. */
const SAID: Evidence = { kind: 'site', reason: 'marginalia.json', isSaid: true };

/** Applies the rules of a source to a body. Rules that would leave no text are not applied. */
export function saidBy(rules: SourceRules, body: Tree, weights: Weights): Said {
	const { nodes } = body;
	const holders = outermost(body, rules.content);
	const content = textOf(weights, holders) > 0 ? holders : [];
	const outside = content.length > 0 ? outsideOf(body, content) : [];
	const all = merged([...outermost(body, rules.furniture), ...outside]);
	const total = weights.textBetween(0, nodes.length);
	const furniture = total > 0 && textOf(weights, all) === total ? outside : all;
	const kept = outermost(body, rules.keep);
	const meant = merged([...kept, ...content]);
	return {
		furniture: furniture.map(run => ({ ...SAID, ...run })),
		keeps: (first, last) => (next(meant, first)?.first ?? last + 1) <= last || around(kept, first) !== undefined,
	};
}

/** Returns the elements that selectors match, except those inside another. */
function outermost(body: Tree, selectors: readonly CssSelector[]): readonly Run[] {
	const found = selectors.flatMap(selector => selector.select(body));
	return merged(found.map(first => ({ first, last: (body.nodes[first] as Node).last })));
}

/** Sorts parts in tree order, and leaves out those inside another. */
function merged(parts: readonly Run[]): readonly Run[] {
	const result: Run[] = [];
	for (const part of parts.toSorted((a, b) => a.first - b.first || b.last - a.last))
		if (part.first > (result.at(-1)?.last ?? -1)) result.push(part);
	return result;
}

/** Returns what is outside some parts, as runs of siblings that hold an element or words. */
function outsideOf({ nodes, lengths }: Tree, parts: readonly Run[]): readonly Run[] {
	const last = new Map(parts.map(part => [part.first, part.last]));
	const around = new Set<number>();
	for (const { first } of parts) {
		for (let at = nodes[first]?.parent ?? -1; at !== -1 && !around.has(at); at = nodes[at]?.parent ?? -1)
			around.add(at);
	}
	const runs: Run[] = [];
	let run: Run | undefined;
	const close = (): void => {
		if (run) runs.push(run);
		run = undefined;
	};
	for (let index = 0; index < nodes.length; ) {
		const node = nodes[index] as Node;
		const inPart = last.get(index);
		if (inPart !== undefined || around.has(index) || (run && nodes[run.first]?.parent !== node.parent)) close();
		if (inPart !== undefined) index = inPart + 1;
		else if (around.has(index)) index++;
		else {
			const isSomething = node.nodeType === ELEMENT_NODE || (node.nodeType === TEXT_NODE && (lengths[index] ?? 0) > 0);
			if (isSomething) run = { first: run?.first ?? index, last: node.last };
			index = node.last + 1;
		}
	}
	close();
	return runs;
}

function textOf(weights: Weights, parts: readonly Run[]): number {
	return parts.reduce((sum, { first, last }) => sum + weights.textBetween(first, last + 1), 0);
}

/** Returns the first part that starts at a node or after it. */
function next(parts: readonly Run[], index: number): Run | undefined {
	return parts[firstIndex(parts.length, at => (parts[at]?.first ?? 0) >= index)];
}

/** Returns the part that a node is in. */
function around(parts: readonly Run[], index: number): Run | undefined {
	const part = parts[firstIndex(parts.length, at => (parts[at]?.first ?? 0) > index) - 1];
	return part && index <= part.last ? part : undefined;
}
