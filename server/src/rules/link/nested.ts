import type { Article } from '../../article/article.ts';
import { isElement, type Node, startTag } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import type { MisnestedTag } from '../../article/tags.ts';
import type { Rule } from '../rule.ts';

/** Reports nested links: browsers close the outer link where the inner one begins. */
export const linkNested: Rule = {
	id: 'link/nested',
	severity: 'error',
	check({ article }, report) {
		const { links, nodes, tagFaults } = article;
		const cut = tagFaults.misnested.filter(fault => isNestedLink(article, fault));
		const starts = new Map(cut.length > 0 ? links.map(link => [link.span.start, link.node]) : []);
		for (const { node, endTag } of cut) {
			const outer = nodes[node] as Node;
			const inner = nodes[starts.get(outer.end) ?? -1];
			report({
				span: inner ? startTag(inner) : span(outer.end, outer.end + 2),
				message: 'The link is nested in another link, which browsers close here',
				related: [{ span: startTag(outer), message: 'The outer link' }],
				fixes: () => [
					{
						title: 'Close the outer link before this one',
						preferred: false,
						edits: [
							{ span: span(outer.end, outer.end), newText: '</a>' },
							{ span: endTag, newText: '' },
						],
					},
				],
			});
		}
		// In a table cell, the parser allows nested links.
		let outer: Node | undefined;
		for (const { node: index } of links) {
			const node = nodes[index] as Node;
			if (!isElement(node, 'a')) continue;
			if (!outer || index > outer.last) {
				outer = node;
				continue;
			}
			report({
				span: startTag(node),
				message: 'The link is nested in another link',
				related: [{ span: startTag(outer), message: 'The outer link' }],
			});
		}
	},
};

/** Whether a misnested tag is the end tag of a link that a nested link closed. */
export function isNestedLink({ nodes }: Article, fault: MisnestedTag): boolean {
	return fault.closedBy === '<a>' && isElement(nodes[fault.node], 'a');
}
