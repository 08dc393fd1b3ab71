import type { Article } from '../../article/article.ts';
import { getAttribute, type Node } from '../../article/node.ts';
import { LINK } from '../../article/traits.ts';
import { nodesThat } from '../../article/tree.ts';

/**
 * Returns the links whose URL may say more than where the page is: it has a query, or is that of a service that puts URLs elsewhere.
 * Several rules look only at these.
 */
export function queryLinks({ body }: Article): readonly number[] {
	return nodesThat(body, LINK, hasQuery);
}

function hasQuery(node: Node): boolean {
	const href = getAttribute(node, 'href');
	return (
		href !== undefined && (href.includes('?') || href.includes('/cdn-cgi/') || href.startsWith('https://urldefense.'))
	);
}
