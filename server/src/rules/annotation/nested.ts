import { type Node, startTag } from '../../article/node.ts';
import { indicesOf, MARK } from '../../article/traits.ts';
import type { Rule } from '../rule.ts';
import { unwrap } from '../write.ts';

/** Reports nested marks and nested suggested edits, because it is unclear which of the two a note belongs to. */
export const annotationNested: Rule = {
	id: 'annotation/nested',
	severity: 'warning',
	check({ article: { body, nodes } }, report) {
		/** The marks and edits around the current node, innermost last. */
		const open: { readonly node: Node; readonly group: string }[] = [];
		for (const index of indicesOf(body, MARK)) {
			const node = nodes[index] as Node;
			while (open.length > 0 && (open.at(-1)?.node.last ?? 0) < index) open.pop();
			const group = node.nodeName === 'mark' ? 'mark' : 'edit';
			const outer = open.find(one => one.group === group)?.node;
			// Elements inside the inner one are reported too, relative to the outer one.
			if (!outer) open.push({ node, group });
			else
				report({
					span: startTag(node),
					message: `<${node.nodeName}> is nested in <${outer.nodeName}>`,
					related: [{ span: startTag(outer), message: `The outer <${outer.nodeName}>` }],
					fixes: () => {
						const edits = unwrap(node);
						return edits.length > 0
							? [{ title: `Remove the tags of the inner <${node.nodeName}>`, preferred: false, edits }]
							: [];
					},
				});
		}
	},
};
