import { isPlaceholder, isStandIn } from '../../article/imageAddress.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';
import { hasNoAddress } from './missingSrc.ts';

/** The minimum length, in UTF-16 code units, of a `data:` image that shows more than a placeholder. */
const MIN_IMAGE_CHARS = 400;

/** Reports images that show a placeholder, if the URL of the real image is not in the file. */
export const imagePlaceholder: Rule = {
	id: 'image/placeholder',
	severity: 'warning',
	check({ article }, report) {
		for (const image of article.images) {
			const { src, source, width, height, lazy } = image;
			if (lazy || (width ?? 9) <= 2 || (height ?? 9) <= 2) continue;
			const address = source ?? src;
			if (!address || hasNoAddress(image)) continue;
			const empty = source ? isStandIn(source.value) : isEmpty(address.value);
			if (!empty) continue;
			report({
				span: address.span,
				message: `The image has only the placeholder ${show(address.value)}, not the URL of the real image`,
			});
		}
	},
};

function isEmpty(address: string): boolean {
	return isPlaceholder(address) && !(/^\s*data:image\//i.test(address) && address.length >= MIN_IMAGE_CHARS);
}
