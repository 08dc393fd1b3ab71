import type { Node } from '../../article/node.ts';
import { requestFor } from '../../links/network/requests.ts';
import type { Size } from '../../links/pictureFile.ts';
import { isSound, literalScheme } from '../address.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { writeAttribute } from '../write.ts';

/** How far the declared ratio of the sides may be from that of the file. */
const TOLERANCE = 0.05;

/** An image whose declared width and height would show its picture out of shape. */
export const imageSize: Rule = {
	id: 'image/size',
	severity: 'warning',
	check(context, report) {
		const { article } = context;
		for (const { source, node: index, width, height } of article.images) {
			if (!source || !width || !height) continue;
			const file = sizeOf(source.value, context);
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
				message: `The image is declared as ${width} × ${height}, but its file is ${file.width} × ${file.height}`,
				fixes: () => [
					{
						title: `Change the height to ${meant}`,
						// Another picture may be shown to people than to programs.
						preferred: file === context.localFile(source.value),
						edits: writeAttribute(article.text, node, 'height', meant),
					},
				],
			});
		}
	},
};

/** The size of the file beside the article, or of the remote picture as far as the last check over the network saw it. */
function sizeOf(value: string, context: RuleContext): Partial<Size> | undefined {
	const isLocal = !isSound(value) && literalScheme(value) === undefined;
	if (isLocal && context.localFile(value)?.meant) return context.localFile(value);
	const address = context.verdictOf && requestFor(value, context);
	const verdict = address === undefined ? undefined : context.verdictOf?.(address, 'image');
	return verdict && 'picture' in verdict ? verdict.picture?.size : undefined;
}
