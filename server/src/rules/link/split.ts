import { isElement, type Node, startTag, TEXT_NODE } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';

/** One phrase written as several neighbouring links to the same address. */
export const split: Rule = {
	id: 'link/split',
	severity: 'hint',
	check({ article }, report) {
		const { links, nodes } = article;
		for (let index = 0; index < links.length; index++) {
			const group = [links[index]].filter(link => link !== undefined);
			let next = links[index + 1];
			while (
				next &&
				group[0]?.href &&
				next.href?.value === group[0].href.value &&
				areNeighbours(nodes, group.at(-1)?.node ?? -1, next.node)
			) {
				group.push(next);
				next = links[index + group.length];
			}
			const [first, last] = [group[0], group.at(-1)];
			if (!first || !last || group.length < 2) continue;
			index += group.length - 1;
			report({
				span: span(first.span.start, last.span.end),
				message: `One link is written as ${group.length} neighbouring links to ${first.href?.value}`,
				fixes: () => [
					{
						title: `Merge ${group.length} links into one`,
						preferred: true,
						edits: group.slice(1).map((link, at) => ({
							// From the end tag of the link before to the start tag of this one, white space between them kept.
							span: span(
								nodes[group[at]?.node ?? -1]?.endTagStart ?? link.span.start,
								startTag(nodes[link.node] as Node).end,
							),
							newText: article.text.slice(group[at]?.span.end, link.span.start),
						})),
					},
				],
			});
		}
	},
};

/** Whether nothing, or white space alone, lies between two complete links of the same parent. */
function areNeighbours(nodes: readonly Node[], before: number, after: number): boolean {
	const [one, other] = [nodes[before], nodes[after]];
	if (!one || !other || one.parent !== other.parent || one.endTagStart === one.end || other.endTagStart === other.end)
		return false;
	const between = nodes[one.last + 1];
	if (one.last + 1 === after) return true;
	return (
		one.last + 2 === after &&
		between?.nodeType === TEXT_NODE &&
		between.nodeValue.trim() === '' &&
		isElement(other, 'a')
	);
}
