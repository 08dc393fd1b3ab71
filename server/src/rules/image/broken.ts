import { evidence } from '../../links/network/words.ts';
import { judged, waybackFix } from '../judged.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';

/** Reports images that no longer exist, according to the last network check. */
export const imageBroken: Rule = {
	id: 'image/broken',
	severity: 'warning',
	check(context, report) {
		for (const image of judged(context, 'image')) {
			const { verdict } = image;
			if (verdict.kind !== 'broken' || verdict.reason === 'not-an-image') continue;
			report({
				span: image.span,
				message: `The image ${show(image.url.href)} is gone: ${evidence(verdict)}`,
				fixes: () => waybackFix(context, image, 'image'),
			});
		}
	},
};
