import { attributeValueSpan, getAttribute, type Node } from '../../article/node.ts';
import { targetOfRedirect } from '../../links/redirects.ts';
import type { Rule } from '../rule.ts';
import { proposal, writtenAddress } from '../urlDamage.ts';
import { isByVisitors } from '../visitors.ts';
import { show, writeAttribute } from '../write.ts';
import { queryLinks } from './queries.ts';

/** Reports links that lead to their page through the redirect of another site. */
export const linkWrapped: Rule = {
	id: 'link/wrapped',
	severity: 'hint',
	check({ article }, report) {
		for (const index of queryLinks(article)) {
			const node = article.nodes[index] as Node;
			const written = getAttribute(node, 'href') ?? '';
			const target = targetOfRedirect(written);
			const address = target && proposal(writtenAddress(target));
			const place = address === undefined ? undefined : attributeValueSpan(article.text, node, 'href');
			if (address === undefined || !place) continue;
			report({
				span: place,
				message: `The link leads to ${show(address)} through a redirect of ${show(new URL(written).hostname)}`,
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
