import { attributeValueSpan, getAttribute, type Node } from '../../article/node.ts';
import { withoutTracking } from '../../links/trackingParameters.ts';
import { counted } from '../../util/words.ts';
import type { Rule } from '../rule.ts';
import { findDamage } from '../urlDamage.ts';
import { show, writeAttribute } from '../write.ts';
import { queryLinks } from './queries.ts';

/** Reports links whose URL has parameters that only say where a reader came from. */
export const linkTracking: Rule = {
	id: 'link/tracking',
	severity: 'hint',
	check({ article, resolve }, report) {
		for (const index of queryLinks(article)) {
			const node = article.nodes[index] as Node;
			const written = getAttribute(node, 'href') ?? '';
			const clean = withoutTracking(written);
			const place = clean && attributeValueSpan(article.text, node, 'href');
			// link/invalid-url comes first.
			if (!clean || !place || findDamage(written) || resolve(clean.address).kind !== 'url') continue;
			const { address, names } = clean;
			const parameters = [...new Set(names)];
			report({
				span: place,
				message: `The URL has ${parameters.length === 1 ? 'a tracking parameter' : 'tracking parameters'}: ${show(parameters.join(', '))}`,
				fixes: () => [
					{
						title: `Remove ${counted(names.length, 'tracking parameter')}`,
						preferred: true,
						edits: writeAttribute(article.text, node, 'href', address),
					},
				],
			});
		}
	},
};
