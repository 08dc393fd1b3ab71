import type { Image } from '../../article/images.ts';
import { type Node, startTag } from '../../article/node.ts';
import { isMisspelt } from '../html/misspelt.ts';
import type { Rule } from '../rule.ts';

/** Reports images without a URL. */
export const imageMissingSrc: Rule = {
	id: 'image/missing-src',
	severity: 'error',
	check({ article }, report) {
		for (const image of article.images) {
			if (!hasNoAddress(image)) continue;
			const node = article.nodes[image.node] as Node;
			// html/misspelt reports a misspelt src.
			if (node.attributes.some(({ name }) => isMisspelt(name, 'src') || isMisspelt(name, 'srcset'))) continue;
			report({
				span: startTag(node),
				message: image.src ? 'The image has an empty src' : 'The image has no src',
			});
		}
	},
};

/** Whether an image has no URL at all, not even that of a placeholder. */
export function hasNoAddress({ source, src, srcset }: Image): boolean {
	return !source && !/[^\0- ]/.test(src?.value ?? '') && !/[^\0- ]/.test(srcset?.value ?? '');
}
