import type { Article } from '../article/article.ts';
import { getAttribute } from '../article/node.ts';
import { pageKey } from '../links/pageKey.ts';
import type { Resolution, Resolver } from '../links/resolve.ts';
import { anchorToken, type BlockContent, type Markup } from '../protocol/reader.ts';
import { append } from '../util/groups.ts';

/** The targets of an article's links to itself. */
export interface Anchors {
	/** Returns the id that a link points to if it is within this article: `#id`, or the URL of its source page with `#id`. */
	idOf(resolution: Resolution): string | undefined;
	/** Returns the protocol's anchor tokens of an element that links point to; `undefined` for others. */
	at(node: number): string | undefined;
	/** Node indices of those elements, in tree order. */
	readonly nodes: readonly number[];
}

/** Finds the elements that links of an article point to. */
export function findAnchors({ links, ids, nodes, source }: Article, resolve: Resolver): Anchors {
	const own = source && URL.canParse(source.value) ? pageKey(new URL(source.value)) : undefined;
	const idOf = (resolution: Resolution): string | undefined => {
		if (resolution.kind === 'fragment') return resolution.id;
		if (resolution.kind !== 'url' || own === undefined || resolution.url.hash === '') return undefined;
		const fragment = resolve(resolution.url.hash);
		const id = fragment.kind === 'fragment' ? fragment.id : '';
		return ids.has(id) && pageKey(resolution.url) === own ? id : undefined;
	};
	const found = new Map<number, Set<string>>();
	for (const { node } of links) {
		const element = nodes[node];
		const href = element && getAttribute(element, 'href');
		const id = href === undefined ? undefined : idOf(resolve(href));
		const target = id === undefined ? undefined : ids.get(id)?.[0];
		if (id === undefined || target === undefined) continue;
		found.set(target, (found.get(target) ?? new Set()).add(id));
	}
	const tokens = new Map([...found].map(([node, names]) => [node, [...names].map(anchorToken).join(' ')]));
	return { idOf, at: node => tokens.get(node), nodes: [...tokens.keys()].sort((a, b) => a - b) };
}

/** Returns the anchor attributes in a markup. */
function anchorsIn(markup: Markup): ReadonlySet<string> {
	const found = new Set<string>();
	const waiting = [markup];
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		if (typeof next === 'string') continue;
		if (next[1].anchor !== undefined) found.add(next[1].anchor);
		for (const child of next[2]) waiting.push(child);
	}
	return found;
}

/**
 * Makes links to elements that are not drawn point to the block that contains them, or to the next block.
 *
 * @param blockOf the block of each node; -1 for nodes that are in none
 */
export function placeAnchors<T extends { readonly content: BlockContent }>(
	anchors: Anchors,
	blocks: T[],
	blockOf: Int32Array,
): void {
	const wanted = new Map<number, string[]>();
	let next = blocks.length - 1;
	let from = blockOf.length - 1;
	for (const node of anchors.nodes.toReversed()) {
		for (; from >= node; from--) if ((blockOf[from] ?? -1) !== -1) next = blockOf[from] as number;
		append(wanted, next, anchors.at(node) ?? '');
	}
	for (const [at, names] of wanted) {
		const block = blocks[at];
		if (!block) continue;
		const drawn = anchorsIn(block.content.markup);
		const missing = names.filter(name => !drawn.has(name));
		if (missing.length === 0) continue;
		const [tag, attributes, inside] = block.content.markup;
		const anchor = [...(attributes.anchor === undefined ? [] : [attributes.anchor]), ...missing].join(' ');
		blocks[at] = { ...block, content: { ...block.content, markup: [tag, { ...attributes, anchor }, inside] } };
	}
}
