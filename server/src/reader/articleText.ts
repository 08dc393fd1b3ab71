import type { Article } from '../article/article.ts';
import { isUnrendered, type Node, TEXT_NODE } from '../article/node.ts';

/** Returns the text of an article, without that of the page around it. */
export function articleText({ nodes, content, regions: { furniture } }: Article): string {
	if (furniture.length === 0) return content.value;
	const last = new Map(furniture.map(region => [region.first, region.last]));
	let text = '';
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		const end = last.get(index) ?? (isUnrendered(node) ? node.last : undefined);
		if (end !== undefined) index = end;
		else if (node.nodeType === TEXT_NODE) text += node.nodeValue;
	}
	return text;
}
