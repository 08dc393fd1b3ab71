import type { Article } from '../../article/article.ts';
import { COMMENT_NODE, hasEndTag, isElement, type Node, TEXT_NODE } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import { indicesOf, PARAGRAPH } from '../../article/traits.ts';
import { counted } from '../../util/words.ts';
import type { Rule } from '../rule.ts';

/** How many empty paragraphs in a row are reported. One may divide scenes. */
const MIN_ROW = 2;

/** Reports empty paragraphs in a row. */
export const htmlEmptyParagraph: Rule = {
	id: 'html/empty-paragraph',
	severity: 'hint',
	check({ article }, report) {
		const { nodes, weights } = article;
		let row: number[] = [];
		const close = (): void => {
			const [first, last] = [nodes[row[0] ?? -1], nodes[row.at(-1) ?? -1]];
			const removed = row;
			row = [];
			if (!first || !last || removed.length < MIN_ROW) return;
			report({
				span: span(first.start, last.end),
				message: `${counted(removed.length, 'empty paragraph')} in a row`,
				tag: 'unnecessary',
				fixes: () => [
					{
						title: `Remove ${counted(removed.length, 'empty paragraph')}`,
						// With a no-break space they are as high as a line, which may be meant.
						preferred: removed.every(index => nodes[index]?.last === index),
						edits: removed.map(index => {
							const { start, end } = nodes[index] as Node;
							return { span: span(start, end), newText: '' };
						}),
					},
				],
			});
		};
		for (const index of indicesOf(article.body, PARAGRAPH)) {
			if (weights.text(index) > 0 || !isEmpty(article, index)) continue;
			if (row.length > 0 && !isAfter(nodes, row.at(-1) ?? -1, index)) close();
			row.push(index);
		}
		close();
	},
};

/** Whether an element is a paragraph that has nothing but white space, and that no link leads to. */
function isEmpty({ nodes }: Article, index: number): boolean {
	const node = nodes[index];
	if (!node || !isElement(node, 'p') || !hasEndTag(node) || node.implied || node.last > index + 2) return false;
	if (node.attributes.some(({ name }) => name === 'id' || name === 'name' || name.startsWith('data-'))) return false;
	for (let at = index + 1; at <= node.last; at++) {
		const inner = nodes[at] as Node;
		if (inner.nodeType === COMMENT_NODE || (inner.nodeType !== TEXT_NODE && inner.nodeName !== 'br')) return false;
	}
	return true;
}

/** Whether only white space is between two elements with the same parent. */
function isAfter(nodes: readonly Node[], one: number, other: number): boolean {
	const before = nodes[one] as Node;
	if (before.parent !== nodes[other]?.parent) return false;
	for (let at = before.last + 1; at < other; at++) {
		const node = nodes[at] as Node;
		if (node.nodeType !== TEXT_NODE || node.nodeValue.trim() !== '') return false;
	}
	return true;
}
