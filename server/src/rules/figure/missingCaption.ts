import { type Node, startTag } from '../../article/node.ts';
import type { Rule } from '../rule.ts';

/** Reports `figure` elements with an image but without a caption. */
export const figureMissingCaption: Rule = {
	id: 'figure/missing-caption',
	severity: 'hint',
	check({ article }, report) {
		for (const { shape, images, caption, credit, node } of article.figures) {
			if (shape !== 'figure' || images.length === 0 || caption || credit) continue;
			report({ span: startTag(article.nodes[node] as Node), message: 'The figure has no caption' });
		}
	},
};
