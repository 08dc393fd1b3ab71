import type { Article } from '../../article/article.ts';
import { labelOf } from '../../article/label.ts';
import { hasEndTag, type Node } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import { indicesOf, PARAGRAPH, PASSAGE } from '../../article/traits.ts';
import type { Rule } from '../rule.ts';

/** The fewest characters of a paragraph that nobody repeats on purpose; Han characters say more. */
const MIN_CHARS = 40;
const MIN_HAN_CHARS = 20;

/** Reports paragraphs that stand twice in a row. */
export const articleRepeated: Rule = {
	id: 'article/repeated',
	severity: 'hint',
	check({ article }, report) {
		const { nodes, body, weights } = article;
		let before = -1;
		for (const index of indicesOf(body, PARAGRAPH | PASSAGE)) {
			const length = weights.text(index);
			// Empty elements between two paragraphs make no difference.
			if (length === 0) continue;
			const first = nodes[before];
			const node = nodes[index] as Node;
			const isNext = first !== undefined && index > first.last && weights.textBetween(first.last + 1, index) === 0;
			const same = isNext && length >= MIN_HAN_CHARS && length === weights.text(before);
			const other = before;
			before = index;
			if (
				!same ||
				weights.images(index) > 0 ||
				!isRepeated(article, other, index) ||
				article.regions.isFurniture(index)
			)
				continue;
			report({
				span: span(node.start, node.end),
				message: 'The paragraph repeats the one before it',
				related: [{ span: span(first.start, first.end), message: 'The first time' }],
				tag: 'unnecessary',
				fixes: () =>
					hasEndTag(node)
						? [
								{
									title: 'Remove the second paragraph',
									preferred: false,
									edits: [{ span: span(node.start, node.end), newText: '' }],
								},
							]
						: [],
			});
		}
	},
};

function isRepeated({ nodes }: Article, one: number, other: number): boolean {
	const label = labelOf(nodes, other);
	return label.length >= (/\p{sc=Han}/u.test(label) ? MIN_HAN_CHARS : MIN_CHARS) && label === labelOf(nodes, one);
}
