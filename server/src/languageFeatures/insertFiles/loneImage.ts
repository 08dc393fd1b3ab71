import { onOneLine } from '../../util/text.ts';
import { attributeOf, elementsIn, isElementNode, readClip } from '../paste/clip.ts';

/** The only image of a clipboard's HTML. */
export interface LoneImage {
	/** Its URL, if it is on the web. */
	readonly url: URL | undefined;
	/** Empty if it has none. */
	readonly alt: string;
}

/** Returns the image of HTML that has no text and no other image, as browsers write for an image that is copied or dragged; `undefined` for any other HTML. */
export function loneImage(html: string): LoneImage | undefined {
	const clip = readClip(html);
	if (!clip) return undefined;
	const elements = elementsIn(clip.nodes);
	const images = elements.filter(({ tagName }) => tagName === 'img');
	const [image] = images;
	const nodes = [...clip.nodes, ...elements.flatMap(({ childNodes }) => childNodes)];
	const hasText = nodes.some(node => node.nodeName === '#text' && 'value' in node && node.value.trim() !== '');
	if (!image || images.length > 1 || hasText || elements.some(isOtherMedia)) return undefined;
	const src = attributeOf(image, 'src')?.trim() ?? '';
	const url = URL.canParse(src, clip.base) ? new URL(src, clip.base) : undefined;
	return {
		url: url && /^https?:$/.test(url.protocol) ? url : undefined,
		alt: onOneLine(attributeOf(image, 'alt') ?? ''),
	};
}

function isOtherMedia(node: Parameters<typeof isElementNode>[0]): boolean {
	return isElementNode(node) && ['audio', 'iframe', 'object', 'svg', 'table', 'video'].includes(node.tagName);
}
