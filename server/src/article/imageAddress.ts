import { parseSrcset } from 'srcset';
import type { Attribute } from './node.ts';

/** The image that an element's own attributes name. */
export interface ImageAddress {
	readonly attribute: string;
	/** One URL: for a `srcset`, that of the largest image. */
	readonly value: string;
	/** Whether the image is loaded by a script: its URL is only in a `data-…` attribute. */
	readonly lazy: boolean;
}

type Attributes = readonly Pick<Attribute, 'name' | 'value'>[];

/** Attributes in which lazy loaders keep the real URL, whatever `src` is; highest precedence first. */
const LAZY = new Map(
	[
		'data-src',
		'data-lazy-src',
		'data-original',
		'data-original-src',
		'data-actualsrc',
		'data-lazy',
		'data-echo',
		'data-hi-res-src',
		'data-srcset',
		'data-lazy-srcset',
	].map((name, rank) => [name, rank]),
);

/** Words in the names of attributes that hold an image URL. */
const IMAGE_NAME = /src|url|im(?:g|age)|original|lazy|photo|picture|full|large|hi-?res|retina|file|bg|background/;

/** Words in the names of attributes for a smaller image, used only if there is no other. */
const SMALL = /thumb|small|medium|low|lqip|preview|blur|tiny|mini/;

/** Words in the names of attributes for a page. Only the URL of an image file overrides them. */
const PAGE = /link|href|page|target|cite|article|post/;

/** Words in the names of attributes for a different image, or for text. */
const OTHER =
	/pin|share|social|avatar|author|logo|icon|placeholder|fallback|error|loading|poster|title|caption|alt|desc|credit|name|meta|-id$/;

/** File extensions of images, even if a server appends a size. */
const IMAGE_FILE = /\.(?:jpe?g|jfif|png|apng|gif|webp|avif|svg|bmp|heic)(?![a-z0-9.])/i;

/** A `data:` image shorter than this, in UTF-16 units, is a placeholder for an image that a script loads. */
export const MIN_PICTURE_DATA_CHARS = 500;

/** File names of lazy loaders' placeholder images. */
const STAND_IN =
	/(?:^|\/)(?:blank|spacer|transparent|placeholder|loading|loader|lazy|lazyload|pixel|empty|1x1|grey|gray)(?:[-_.]?(?:image|img|pixel|gif|bg|trans|\d{1,4}(?:x\d{1,4})?))*\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)/i;

/**
 * Returns the image that the attributes of an `img`, or of a `source` in a `picture`, name; `undefined` if they name
 * none. Lazy loaders' attributes take precedence, unless they name the same image as `src`. Next are the attributes
 * that browsers load, then any other `data-…` attribute with the URL of an image.
 */
export function imageAddress(attributes: Attributes): ImageAddress | undefined {
	const src = addressIn(attributes, 'src');
	const plain = src ?? addressIn(attributes, 'srcset');
	if (hasData(attributes)) {
		const lazy = lazyAddress(attributes);
		if (lazy && !isShown(attributes, src, lazy)) return { ...lazy, lazy: true };
		const other = plain && !isStandIn(plain.value) ? undefined : otherAddress(attributes);
		if (other) return { ...other, lazy: true };
	}
	return plain && { ...plain, lazy: false };
}

/** Returns the names of all attributes that hold one or more image URLs. */
export function imageAttributes(attributes: Attributes): readonly string[] {
	return attributes
		.filter(({ name, value }) => name === 'src' || name === 'srcset' || LAZY.has(name) || rankOf(name, value) > 0)
		.map(({ name }) => name);
}

/** Whether an attribute holds several URLs, as `srcset` does. */
export function holdsSeveral(attribute: string): boolean {
	return /(?:src|bg)-?set$/.test(attribute);
}

/** Whether a URL stands for "no image yet": an empty, inline or blank one. */
export function isPlaceholder(address: string): boolean {
	return /^\s*(?:$|data:|about:|javascript:|#)/i.test(address);
}

/** Whether the file name of an image is that of a placeholder. */
export function isStandIn(address: string): boolean {
	return STAND_IN.test(address);
}

/** Returns the URLs in a `srcset`, largest image first; empty if it cannot be parsed. */
function srcsetUrls(value: string): readonly string[] {
	const candidates = parseSrcset(value);
	const size = (candidate: (typeof candidates)[number]): number => candidate.width ?? (candidate.density ?? 1) * 1000;
	return candidates.toSorted((a, b) => size(b) - size(a)).map(candidate => candidate.url);
}

interface Found {
	readonly attribute: string;
	readonly value: string;
}

function addressIn(attributes: Attributes, name: string): Found | undefined {
	for (const attribute of attributes) if (attribute.name === name) return loadable(attribute);
	return undefined;
}

function hasData(attributes: Attributes): boolean {
	for (const { name } of attributes) if (name.startsWith('data-')) return true;
	return false;
}

/** Returns the URL in an attribute, or the largest of several; `undefined` if there is nothing to load. */
function loadable({ name, value }: Attributes[number]): Found | undefined {
	const address = name !== 'src' && holdsSeveral(name) ? srcsetUrls(value)[0] : value;
	return address === undefined || isPlaceholder(address) ? undefined : { attribute: name, value: address };
}

function lazyAddress(attributes: Attributes): Found | undefined {
	let [best, bestRank]: [Found | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
	for (const attribute of attributes) {
		const rank = LAZY.get(attribute.name);
		if (rank === undefined || rank >= bestRank) continue;
		const found = loadable(attribute);
		if (found && (holdsSeveral(found.attribute) || looksLikeAddress(found.value))) [best, bestRank] = [found, rank];
	}
	return best;
}

function otherAddress(attributes: Attributes): Found | undefined {
	let [best, bestRank]: [Found | undefined, number] = [undefined, 0];
	for (const attribute of attributes) {
		const rank = rankOf(attribute.name, attribute.value);
		if (rank <= bestRank) continue;
		const found = loadable(attribute);
		if (found) [best, bestRank] = [found, rank];
	}
	return best;
}

/** Ranks how likely it is that an attribute unknown to any loader holds the image itself; 0 if it does not. */
function rankOf(name: string, value: string): number {
	if (!name.startsWith('data-') || OTHER.test(name)) return 0;
	const namesImage = IMAGE_NAME.test(name);
	if (holdsSeveral(name)) return srcsetUrls(value).some(url => /\//.test(url)) ? 3 : 0;
	if (!/^\s*[^\s{}[\]"'<>()]+\s*$/.test(value) || isPlaceholder(value)) return 0;
	const isImageFile = IMAGE_FILE.test(value) && (namesImage || value.includes('/'));
	const isImageUrl = namesImage && !PAGE.test(name) && name !== 'data-url' && /^\s*(?:https?:)?\/\/?[^/]/i.test(value);
	if (!isImageFile && !isImageUrl) return 0;
	return SMALL.test(name) ? 1 : isImageFile && namesImage ? 3 : 2;
}

/** Whether the browser shows the image of a lazy attribute without a script. */
function isShown(attributes: Attributes, src: Found | undefined, lazy: Found): boolean {
	if (!holdsSeveral(lazy.attribute))
		return src !== undefined && (isSameAddress(src.value, lazy.value) || isPending(src.value, lazy.value));
	const value = attributes.find(({ name }) => name === lazy.attribute)?.value ?? '';
	return (
		attributes.some(attribute => attribute.name === 'srcset' && attribute.value === value) ||
		(src !== undefined && srcsetUrls(value).some(url => isSameAddress(src.value, url)))
	);
}

/** Whether a URL is another one with the mark of Jetpack's loader, which nobody needs to see the image. */
function isPending(src: string, lazy: string): boolean {
	return lazy.includes('is-pending-load=1') && imageKey(src) === imageKey(lazy);
}

function isSameAddress(one: string, other: string): boolean {
	return one === other || bare(one) === bare(other);
}

/**
 * Returns a key that is the same for all URLs of an image: without scheme, and for image files without the query, which
 * only selects a size.
 */
export function imageKey(address: string | undefined): string | undefined {
	const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/s.exec(bare(address ?? '')) ?? [];
	return path === '' ? undefined : IMAGE_FILE.test(path) ? path : path + query;
}

/** Returns a URL without its scheme. */
function bare(address: string): string {
	return address.trim().replace(/^https?:/i, '');
}

function looksLikeAddress(value: string): boolean {
	return /^\s*(?:[a-z][a-z0-9+.-]*:|\/|\.{1,2}\/|[^\s{}[\]"]+\.[a-z]{3,4}\b)/i.test(value);
}
