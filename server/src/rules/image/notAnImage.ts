import { judged, waybackFix } from '../judged.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';

/** Reports images whose URL does not return an image, according to the last network check. */
export const imageNotAnImage: Rule = {
	id: 'image/not-an-image',
	severity: 'warning',
	check(context, report) {
		for (const image of judged(context, 'image')) {
			const { verdict } = image;
			if (verdict.kind !== 'broken' || verdict.reason !== 'not-an-image') continue;
			report({
				span: image.span,
				message: `${show(image.url.href)} is not an image`,
				fixes: () => waybackFix(context, image, 'image'),
			});
		}
	},
};
