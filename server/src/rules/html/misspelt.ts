import { getAttribute, type Node } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';
import { isByVisitors } from '../visitors.ts';
import { CORRECTIONS } from './misspellings.ts';
import { suspects } from './unsafe.ts';

/** Whether an attribute name is a known misspelling of `meant`. */
export function isMisspelt(name: string, meant: string): boolean {
	return CORRECTIONS.get(name) === meant;
}

/** Reports attributes whose name is a known misspelling. */
export const htmlMisspelt: Rule = {
	id: 'html/misspelt',
	severity: 'hint',
	check({ article }, report) {
		for (const index of suspects(article)) {
			const node = article.nodes[index] as Node;
			for (const { name } of node.attributes) {
				const correction = CORRECTIONS.get(name);
				const at = correction === undefined ? undefined : node.attributeSpan(name);
				if (!at || correction === undefined) continue;
				const place = span(at.start, at.start + name.length);
				report({
					span: place,
					message: `The attribute ${name} is misspelt. Did you mean ${correction}?`,
					fixes: () =>
						// If the element already has the correct attribute, the renamed one would be ignored.
						getAttribute(node, correction) !== undefined
							? []
							: [
									{
										title: `Change ${name} to ${correction}`,
										preferred: !isByVisitors(article.nodes, index),
										edits: [{ span: place, newText: correction }],
									},
								],
				});
			}
		}
	},
};
