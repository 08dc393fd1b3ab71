import { EMBED_ELEMENTS } from '../../article/elements.ts';
import { ELEMENT_NODE, hasEndTag, type Node, startTag } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';

/** Elements that are visible even without text. */
const SHOWN = new Set([
	...EMBED_ELEMENTS,
	'img',
	'picture',
	'svg',
	'math',
	'canvas',
	'table',
	'pre',
	'input',
	'button',
	'hr',
]);

/** Reports `figure` elements that show nothing. */
export const figureEmpty: Rule = {
	id: 'figure/empty',
	severity: 'warning',
	check({ article }, report) {
		const { figures, nodes, weights } = article;
		for (const { shape, images, node: index } of figures) {
			if (shape !== 'figure' || images.length > 0 || weights.text(index) > 0 || showsSomething(nodes, index)) continue;
			const node = nodes[index] as Node;
			report({
				span: startTag(node),
				message: 'The figure is empty',
				tag: 'unnecessary',
				fixes: () =>
					hasEndTag(node)
						? [
								{
									title: 'Remove the figure',
									preferred: false,
									edits: [{ span: span(node.start, node.end), newText: '' }],
								},
							]
						: [],
			});
		}
	},
};

/** Whether an element contains anything visible. Figures without images are not nested, so no node is visited twice. */
function showsSomething(nodes: readonly Node[], index: number): boolean {
	const last = nodes[index]?.last ?? index;
	for (let at = index + 1; at <= last; at++) {
		const node = nodes[at];
		if (node?.nodeType === ELEMENT_NODE && SHOWN.has(node.nodeName)) return true;
	}
	return false;
}
