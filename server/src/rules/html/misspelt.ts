import { getAttribute, type Node } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import { ATTRIBUTED } from '../../article/traits.ts';
import { nodesThat } from '../../article/tree.ts';
import { quickSet } from '../names.ts';
import type { Rule } from '../rule.ts';
import { isByVisitors } from '../visitors.ts';

/** Known misspellings of attribute names, with their corrections. */
const CORRECTIONS: ReadonlyMap<string, string> = new Map([
	['pudate', 'pubdate'],
	['hfer', 'href'],
	['herf', 'href'],
	['hre', 'href'],
	['scr', 'src'],
	['sr', 'src'],
	['atl', 'alt'],
	['tilte', 'title'],
	['titel', 'title'],
	['clas', 'class'],
	['calss', 'class'],
	['widht', 'width'],
	['witdh', 'width'],
	['heigth', 'height'],
	['hieght', 'height'],
	['datatime', 'datetime'],
	['datetme', 'datetime'],
	['srcest', 'srcset'],
	['targe', 'target'],
	['taget', 'target'],
	['stlye', 'style'],
]);

const mayBeMisspelt = quickSet(CORRECTIONS.keys());

/** Whether an attribute name is a known misspelling of `meant`. */
export function isMisspelt(name: string, meant: string): boolean {
	return CORRECTIONS.get(name) === meant;
}

function hasMisspelt({ attributes }: Node): boolean {
	return attributes.some(({ name }) => mayBeMisspelt(name) && CORRECTIONS.has(name));
}

/** Reports attributes whose name is a known misspelling. */
export const htmlMisspelt: Rule = {
	id: 'html/misspelt',
	severity: 'hint',
	check({ article }, report) {
		for (const index of nodesThat(article.body, ATTRIBUTED, hasMisspelt)) {
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
