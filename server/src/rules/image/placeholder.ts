import { isPlaceholder } from '../../article/images.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';
import { hasNoAddress } from './missingSrc.ts';

/** A picture written into its own address that is shorter than this, in UTF-16 units, shows nothing to speak of. */
const SHORTEST_PICTURE = 400;

/** File names that loaders give to the picture that stands in for one to come. */
const STAND_IN =
	/(?:^|\/)(?:blank|spacer|transparent|placeholder|loading|loader|lazy|lazyload|pixel|empty|1x1|grey|gray)(?:[-_.]?(?:image|img|pixel|gif|bg|trans|\d{1,4}(?:x\d{1,4})?))*\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)/i;

/** An image that shows a stand-in, and the picture that was to replace it is nowhere in the file. */
export const placeholder: Rule = {
	id: 'image/placeholder',
	severity: 'warning',
	check({ article }, report) {
		for (const image of article.images) {
			const { src, source, width, height, lazy } = image;
			if (lazy || (width ?? 9) <= 2 || (height ?? 9) <= 2) continue;
			const address = source ?? src;
			if (!address || hasNoAddress(image)) continue;
			const empty = source ? STAND_IN.test(source.value) : isStandIn(address.value);
			if (!empty) continue;
			report({
				span: address.span,
				message: `The image shows the placeholder ${show(address.value)}, and names no picture to replace it`,
			});
		}
	},
};

function isStandIn(address: string): boolean {
	return isPlaceholder(address) && !(/^\s*data:image\//i.test(address) && address.length >= SHORTEST_PICTURE);
}
