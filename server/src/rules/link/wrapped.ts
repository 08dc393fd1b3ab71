import { attributeField, getAttribute, type Node } from '../../article/node.ts';
import { LINK } from '../../article/traits.ts';
import { nodesThat } from '../../article/tree.ts';
import { targetOfRedirect } from '../../links/redirects.ts';
import type { Rule } from '../rule.ts';
import { proposal, writtenAddress } from '../urlDamage.ts';
import { isByVisitors } from '../visitors.ts';
import { show, writeAttribute } from '../write.ts';

/** Reports links that lead to their page through the redirect of another site. */
export const linkWrapped: Rule = {
	id: 'link/wrapped',
	severity: 'hint',
	check({ article }, report) {
		for (const index of nodesThat(article.body, LINK, isWrapped)) {
			const node = article.nodes[index] as Node;
			const href = attributeField(article.text, node, 'href');
			const target = href && targetOfRedirect(href.value);
			const address = target && proposal(writtenAddress(target));
			if (!href || address === undefined) continue;
			report({
				span: href.span,
				message: `The link leads to ${show(address)} through a redirect of ${show(new URL(href.value).hostname)}`,
				fixes: () => [
					{
						title: `Change the URL to ${show(address)}`,
						preferred: !isByVisitors(article.nodes, index),
						edits: writeAttribute(article.text, node, 'href', address),
					},
				],
			});
		}
	},
};

function isWrapped(node: Node): boolean {
	const href = getAttribute(node, 'href');
	return href !== undefined && targetOfRedirect(href) !== undefined;
}
