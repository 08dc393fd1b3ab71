import { ELEMENT_NODE, getAttribute, isElement, type Node, startTag } from '../../article/node.ts';
import type { Rule } from '../rule.ts';

/** Reports links without text, which are invisible and mean nothing to screen readers. */
export const linkNoText: Rule = {
	id: 'link/no-text',
	severity: 'hint',
	check({ article }, report) {
		const { links, nodes, weights } = article;
		let end = -1;
		for (const link of links) {
			const node = nodes[link.node] as Node;
			// link/nested reports a link inside another.
			if (!link.href || link.node <= end || weights.text(link.node) > 0 || !isElement(node, 'a')) continue;
			end = node.last;
			if (isNamed(node) || nodes.slice(link.node + 1, end + 1).some(isNamed)) continue;
			report({
				span: startTag(node),
				message:
					weights.images(link.node) > 0
						? 'The link has no text, and its image has no alt text'
						: 'The link has no text',
			});
		}
	},
};

/** Whether an element has an accessible name in an attribute, or is a media element. */
function isNamed(node: Node): boolean {
	if (node.nodeType !== ELEMENT_NODE) return false;
	if (isElement(node, 'iframe') || isElement(node, 'video') || isElement(node, 'audio')) return true;
	for (const name of node.nodeName === 'img' ? ['alt', 'title', 'aria-label'] : ['title', 'aria-label'])
		if (getAttribute(node, name)?.trim()) return true;
	return false;
}
