import type { Node } from '../../article/node.ts';
import type { Rule } from '../rule.ts';
import { unwrap } from '../write.ts';
import { oddLinks } from './queries.ts';

/** Reports links with an empty `href`, which browsers resolve to the current page. */
export const linkEmpty: Rule = {
	id: 'link/empty',
	severity: 'warning',
	check({ article }, report) {
		for (const { node: index, href } of oddLinks(article)) {
			if (!href || /[^\0- ]/.test(href.value)) continue;
			const node = article.nodes[index] as Node;
			report({
				span: node.attributeSpan('href') ?? href.span,
				message: 'The link has an empty href',
				fixes: () => {
					const edits = unwrap(node);
					return edits.length > 0 ? [{ title: 'Remove the link, keep its content', preferred: false, edits }] : [];
				},
			});
		}
	},
};
