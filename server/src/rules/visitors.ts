import { ancestors, getAttribute, type Node } from '../article/node.ts';

/** What a page says of links that its visitors wrote, or that somebody paid for (WHATWG HTML and Google's `rel` values). */
const REL = /(?:^|\s)(?:ugc|nofollow|sponsored)(?:\s|$)/i;

/** What publishing systems call the comments below an article. */
const COMMENTS =
	/(?:^|\s)(?:comments?(?:[-_]?(?:area|author|body|content|item|list|main|reply|section|text|thread|wrap(?:per)?|\d+))?|respond|replies|guestbook|disqus(?:_thread)?)(?:\s|$)/i;

/** Comments are not nested deeper than this in what is around them, and hostile bodies are. */
const MAX_DEPTH = 64;

/**
 * Whether an element was written by visitors of the page. Its damaged addresses are dead, most of them advertising, and no fix makes
 * them live unless somebody asks for just that.
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
