import { getAttribute, type Node, startTag } from '../../article/node.ts';
import { span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';

/** Reports images without `alt`. */
export const imageMissingAlt: Rule = {
	id: 'image/missing-alt',
	severity: 'hint',
	check({ article }, report) {
		const described = new Set<number>();
		// HTML allows a caption to replace the alt text of a figure's only image.
		for (const { shape, images, caption } of article.figures)
			if (shape === 'figure' && caption && images[0] && images.length === 1) described.add(images[0].node);
		for (const { node: index, alt, width, height } of article.images) {
			if (alt !== undefined || described.has(index) || ((width ?? 9) <= 2 && (height ?? 9) <= 2)) continue;
			const node = article.nodes[index] as Node;
			if (
				getAttribute(node, 'aria-label') ||
				getAttribute(node, 'aria-hidden') === 'true' ||
				getAttribute(node, 'title')
			)
				continue;
			const place = span(node.start + 4, node.start + 4);
			report({
				span: startTag(node),
				message: 'The image has no alt text',
				fixes: () => [
					{ title: 'Mark the image as decorative', preferred: false, edits: [{ span: place, newText: ' alt=""' }] },
				],
			});
		}
	},
};
