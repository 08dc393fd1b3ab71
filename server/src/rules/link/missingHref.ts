import { getAttribute, isElement, type Node, startTag } from '../../article/node.ts';
import { isMisspelt } from '../html/misspelt.ts';
import type { Rule } from '../rule.ts';
import { unwrap } from '../write.ts';
import { oddLinks } from './queries.ts';

/** Reports `a` elements without `href` that cannot be the target of a link either. */
export const linkMissingHref: Rule = {
	id: 'link/missing-href',
	severity: 'hint',
	check({ article }, report) {
		for (const link of oddLinks(article)) {
			if (link.href) continue;
			const node = article.nodes[link.node] as Node;
			if (!isElement(node, 'a') || getAttribute(node, 'id') || getAttribute(node, 'name')) continue;
			// html/misspelt reports a misspelt href.
			if (node.attributes.some(({ name }) => isMisspelt(name, 'href'))) continue;
			report({
				span: startTag(node),
				message: 'The link has no href',
				fixes: () => {
					const edits = unwrap(node);
					return edits.length > 0 ? [{ title: 'Remove the link, keep its content', preferred: false, edits }] : [];
				},
			});
		}
	},
};
