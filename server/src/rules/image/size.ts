import type { Node } from '../../article/node.ts';
import { requestFor } from '../../links/network/requests.ts';
import type { Size } from '../../links/pictureFile.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { isSound, literalScheme } from '../urlDamage.ts';
import { writeAttribute } from '../write.ts';

/** The tolerated relative difference between the declared and the actual aspect ratio. */
const TOLERANCE = 0.05;

/** Reports images whose declared width and height do not match the aspect ratio of the file. */
export const imageSize: Rule = {
	id: 'image/size',
	severity: 'warning',
	check(context, report) {
		const { article } = context;
		for (const { source, node: index, width, height } of article.images) {
			if (!source || !width || !height) continue;
			const file = sizeOf(source.value, context);
			if (!file?.width || !file.height) continue;
			// Sides are integers, so rounding alone distorts a small image more than a large one.
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
						// A host may serve browsers a different image than programs.
						preferred: file === context.localFile(source.value),
						edits: writeAttribute(article.text, node, 'height', meant),
					},
				],
			});
		}
	},
};

/** Returns the size of a local file, or of a remote image as found by the last network check. */
function sizeOf(value: string, context: RuleContext): Partial<Size> | undefined {
	const isLocal = !isSound(value) && literalScheme(value) === undefined;
	if (isLocal && context.localFile(value)?.meant) return context.localFile(value);
	const address = context.verdictOf && requestFor(value, context);
	const verdict = address === undefined ? undefined : context.verdictOf?.(address, 'image');
	return verdict && 'picture' in verdict ? verdict.picture?.size : undefined;
}
