import { attributeField, getAttribute, type Node } from '../../article/node.ts';
import { LINK } from '../../article/traits.ts';
import { nodesThat } from '../../article/tree.ts';
import { withoutTracking } from '../../links/trackingParameters.ts';
import { counted } from '../../util/words.ts';
import type { Rule } from '../rule.ts';
import { show, writeAttribute } from '../write.ts';

/** Reports links whose URL has parameters that only say where a reader came from. */
export const linkTracking: Rule = {
	id: 'link/tracking',
	severity: 'hint',
	check({ article }, report) {
		for (const index of nodesThat(article.body, LINK, isTracked)) {
			const node = article.nodes[index] as Node;
			const href = attributeField(article.text, node, 'href');
			const clean = href && withoutTracking(href.value);
			if (!clean) continue;
			const { address, names } = clean;
			const parameters = [...new Set(names)];
			report({
				span: href.span,
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

function isTracked(node: Node): boolean {
	const href = getAttribute(node, 'href');
	return href?.includes('?') === true && withoutTracking(href) !== undefined;
}
