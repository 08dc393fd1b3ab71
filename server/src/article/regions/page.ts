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
