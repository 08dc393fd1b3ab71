import type { Node } from '../../article/node.ts';
import { isSound, schemeOf } from '../address.ts';
import type { Rule } from '../rule.ts';
import { writeAttribute } from '../write.ts';

/** How far the declared ratio of the sides may be from that of the file. */
const TOLERANCE = 0.05;

/** An image whose declared width and height would show its file out of shape. */
export const size: Rule = {
	id: 'image/size',
	severity: 'warning',
	check({ article, localFile }, report) {
		for (const { source, node: index, width, height } of article.images) {
			if (!source || !width || !height || isSound(source.value) || schemeOf(source.value) !== undefined) continue;
			const file = localFile(source.value);
			if (!file?.width || !file.height) continue;
			// Both sides are whole numbers: a small picture is out by more than a large one for that reason alone.
			const right = (width * file.height) / file.width;
			if (Math.abs(right - height) <= Math.max(1, height * TOLERANCE)) continue;
			const node = article.nodes[index] as Node;
			const place = node.attributeSpan('height');
			if (!place) continue;
			const meant = String(Math.max(1, Math.round(right)));
			report({
				span: place,
				message: `The image is declared ${width} × ${height}, and its file is ${file.width} × ${file.height}`,
				fixes: () => [
					{
						title: `Change the height to ${meant}`,
						preferred: true,
						edits: writeAttribute(article.text, node, 'height', meant),
					},
				],
			});
		}
	},
};
