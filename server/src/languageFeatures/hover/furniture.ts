import { describeRegion } from '../../article/regions/names.ts';
import { partsOfPage } from '../../article/regions/page.ts';
import { span } from '../../article/span.ts';
import { lines } from '../../markdown/tree.ts';
import type { HoverContext, HoverSection } from './context.ts';

/** Says that a node belongs to the page around the article, and to which part of it; `undefined` for the article itself. */
export function furnitureSection({ article }: HoverContext, index: number): HoverSection | undefined {
	const region = article.regions.regionOf(index);
	const node = article.nodes[index];
	if (!region || !node || !partsOfPage(article).includes(region)) return undefined;
	return { span: span(node.start, node.end), content: lines(`Page furniture: ${describeRegion(region)}`) };
}
