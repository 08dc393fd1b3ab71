import { ancestors, getAttribute, type Node } from '../article/node.ts';

/** The `rel` values of links that visitors wrote or advertisers paid for (WHATWG HTML, Google). */
const REL = /(?:^|\s)(?:ugc|nofollow|sponsored)(?:\s|$)/i;

/** The class names and ids that publishing systems give to the comments below an article. */
const COMMENTS =
	/(?:^|\s)(?:comments?(?:[-_]?(?:area|author|body|content|item|list|main|reply|section|text|thread|wrap(?:per)?|\d+))?|respond|replies|guestbook|disqus(?:_thread)?)(?:\s|$)/i;

/** How many ancestors are searched. Comments are never nested deeper, but hostile input is. */
const MAX_DEPTH = 64;

/**
 * Whether an element was written by visitors of the page. Its damaged URLs are mostly dead spam links, so Fix All must not make them
 * work again.
 */
export function isByVisitors(nodes: readonly Node[], index: number): boolean {
	const node = nodes[index];
	if (!node) return false;
	if (REL.test(getAttribute(node, 'rel') ?? '')) return true;
	let depth = 0;
	for (const at of ancestors(nodes, index)) {
		if (depth++ === MAX_DEPTH) return false;
		for (const name of ['class', 'id']) if (COMMENTS.test(getAttribute(nodes[at] as Node, name) ?? '')) return true;
	}
	return false;
}
