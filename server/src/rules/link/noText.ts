import { ELEMENT_NODE, getAttribute, isElement, type Node, startTag } from '../../article/node.ts';
import type { Rule } from '../rule.ts';

/** A link without a text: nobody sees it, and who listens to the page hears nothing of where it leads. */
export const linkNoText: Rule = {
	id: 'link/no-text',
	severity: 'hint',
	check({ article }, report) {
		const { links, nodes, weights } = article;
		let end = -1;
		for (const link of links) {
			const node = nodes[link.node] as Node;
			// A link inside one that was looked at is link/nested.
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

/** Whether an element says in an attribute, or by playing something, what it is. */
function isNamed(node: Node): boolean {
	if (node.nodeType !== ELEMENT_NODE) return false;
	if (isElement(node, 'iframe') || isElement(node, 'video') || isElement(node, 'audio')) return true;
	for (const name of node.nodeName === 'img' ? ['alt', 'title', 'aria-label'] : ['title', 'aria-label'])
		if (getAttribute(node, name)?.trim()) return true;
	return false;
}
