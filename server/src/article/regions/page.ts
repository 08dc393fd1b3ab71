import type { Article } from '../article.ts';
import type { Region } from './region.ts';

/**
 * The parts of the page that are left in an article: its furniture, except where its own byline and date stand, and scripts, which
 * `html/unsafe` reports.
 */
export function partsOfPage({
	regions,
	byline,
	nodes,
}: Pick<Article, 'regions' | 'byline' | 'nodes'>): readonly Region[] {
	const own = [byline.author, byline.date].flatMap(part => (part ? [part.node] : []));
	return regions.furniture.filter(
		({ kind, first, last }) =>
			!(kind === 'byline' && own.some(node => first <= node && node <= last)) && nodes[first]?.nodeName !== 'script',
	);
}

/** Leaves out what is in the page around an article, such as its links. */
export function outsideFurniture<T extends { readonly node: number }>(
	{ regions }: Pick<Article, 'regions'>,
	all: readonly T[],
): readonly T[] {
	return regions.furniture.length === 0 ? all : all.filter(({ node }) => !regions.isFurniture(node));
}
