import { isPlaceholder, isStandIn } from '../../article/imageAddress.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';
import { hasNoAddress } from './missingSrc.ts';

/** A picture written into its own address that is shorter than this, in UTF-16 units, shows nothing to speak of. */
const SHORTEST_PICTURE = 400;

/** An image that shows a stand-in, and the picture that was to replace it is nowhere in the file. */
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
	return isPlaceholder(address) && !(/^\s*data:image\//i.test(address) && address.length >= SHORTEST_PICTURE);
}
