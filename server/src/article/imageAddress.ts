import { parseSrcset } from 'srcset';
import type { Attribute } from './node.ts';

/** The picture that an element's own attributes name. */
export interface ImageAddress {
	readonly attribute: string;
	/** One address: of a `srcset`, that of the largest picture. */
	readonly value: string;
	/** Whether a script was to load it: the picture is in a `data-…` attribute, and in no other. */
	readonly lazy: boolean;
}

type Attributes = readonly Pick<Attribute, 'name' | 'value'>[];

/** Attributes in which lazy loaders keep the true address whatever `src` holds, the most telling first. */
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

/** Words in the names of attributes that hold a picture. */
const PICTURE = /src|url|im(?:g|age)|original|lazy|photo|picture|full|large|hi-?res|retina|file|bg|background/;

/** Words in the names of those that hold a smaller one: better than none. */
const SMALL = /thumb|small|medium|low|lqip|preview|blur|tiny|mini/;

/** Words in the names of those that hold a page, which only the address of a picture outweighs. */
const PAGE = /link|href|page|target|cite|article|post/;

/** Words in the names of those that hold another picture, or words. */
const OTHER =
	/pin|share|social|avatar|author|logo|icon|placeholder|fallback|error|loading|poster|title|caption|alt|desc|credit|name|meta|-id$/;

/** What files that hold a picture are called, whatever a server adds for a size. */
const PICTURE_FILE = /\.(?:jpe?g|jfif|png|apng|gif|webp|avif|svg|bmp|heic)(?![a-z0-9.])/i;

/** A picture in the address itself that is shorter, in UTF-16 units, only stands for one that a script was to load. */
export const MIN_PICTURE_DATA_CHARS = 500;

/** File names that loaders give to the picture that stands in for one to come. */
const STAND_IN =
	/(?:^|\/)(?:blank|spacer|transparent|placeholder|loading|loader|lazy|lazyload|pixel|empty|1x1|grey|gray)(?:[-_.]?(?:image|img|pixel|gif|bg|trans|\d{1,4}(?:x\d{1,4})?))*\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)/i;

/**
 * The picture that the attributes of an `img`, or of a `source` in a `picture`, name; `undefined` where they name none. What lazy
 * loaders keep beside `src` goes first, unless it is the same picture; then what a browser loads; then any other `data-…`
 * attribute that holds the address of a picture.
 */
export function imageAddress(attributes: Attributes): ImageAddress | undefined {
	const src = addressIn(attributes, 'src');
	const plain = src ?? addressIn(attributes, 'srcset');
	if (attributes.some(({ name }) => name.startsWith('data-'))) {
		const lazy = lazyAddress(attributes);
		if (lazy && !isShown(attributes, src, lazy)) return { ...lazy, lazy: true };
		const other = plain && !isStandIn(plain.value) ? undefined : otherAddress(attributes);
		if (other) return { ...other, lazy: true };
	}
	return plain && { ...plain, lazy: false };
}

/** All attributes that hold the address of a picture, or several. */
export function imageAttributes(attributes: Attributes): readonly string[] {
	return attributes
		.filter(({ name, value }) => name === 'src' || name === 'srcset' || LAZY.has(name) || rankOf(name, value) > 0)
		.map(({ name }) => name);
}

/** Whether an attribute holds several addresses, as `srcset` does. */
export function holdsSeveral(attribute: string): boolean {
	return /(?:src|bg)-?set$/.test(attribute);
}

/** Whether an address stands for "no picture yet": none, an inline one, or a blank page. */
export function isPlaceholder(address: string): boolean {
	return /^\s*(?:$|data:|about:|javascript:|#)/i.test(address);
}

/** Whether a picture is by its name one that stands in for another. */
export function isStandIn(address: string): boolean {
	return STAND_IN.test(address);
}

/** The addresses in a `srcset`, the largest picture first; empty where it cannot be read. */
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
	const attribute = attributes.find(one => one.name === name);
	return attribute && loadable(attribute);
}

/** The address in an attribute, the largest one of several; `undefined` where there is none to load. */
function loadable({ name, value }: Attributes[number]): Found | undefined {
	const address = holdsSeveral(name) ? srcsetUrls(value)[0] : value;
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

/** How likely an attribute that no loader is known by holds the picture itself; 0 where it does not. */
function rankOf(name: string, value: string): number {
	if (!name.startsWith('data-') || OTHER.test(name)) return 0;
	const speaks = PICTURE.test(name);
	if (holdsSeveral(name)) return srcsetUrls(value).some(url => /\//.test(url)) ? 3 : 0;
	if (!/^\s*[^\s{}[\]"'<>()]+\s*$/.test(value) || isPlaceholder(value)) return 0;
	const isPicture = PICTURE_FILE.test(value) && (speaks || value.includes('/'));
	const isAddress = speaks && !PAGE.test(name) && name !== 'data-url' && /^\s*(?:https?:)?\/\/?[^/]/i.test(value);
	if (!isPicture && !isAddress) return 0;
	return SMALL.test(name) ? 1 : isPicture && speaks ? 3 : 2;
}

/** Whether the browser shows the picture of a lazy attribute without a script. */
function isShown(attributes: Attributes, src: Found | undefined, lazy: Found): boolean {
	if (!holdsSeveral(lazy.attribute)) return src !== undefined && isSameAddress(src.value, lazy.value);
	const value = attributes.find(({ name }) => name === lazy.attribute)?.value ?? '';
	return (
		attributes.some(attribute => attribute.name === 'srcset' && attribute.value === value) ||
		(src !== undefined && srcsetUrls(value).some(url => isSameAddress(src.value, url)))
	);
}

function isSameAddress(one: string, other: string): boolean {
	return one === other || bare(one) === bare(other);
}

/** What two addresses of one picture have in common: neither the scheme nor the size that the query of a file asks for. */
export function pictureKey(address: string | undefined): string | undefined {
	const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/s.exec(bare(address ?? '')) ?? [];
	return path === '' ? undefined : PICTURE_FILE.test(path) ? path : path + query;
}

/** An address without its scheme. */
function bare(address: string): string {
	return address.trim().replace(/^https?:/i, '');
}

function looksLikeAddress(value: string): boolean {
	return /^\s*(?:[a-z][a-z0-9+.-]*:|\/|\.{1,2}\/|[^\s{}[\]"]+\.[a-z]{3,4}\b)/i.test(value);
}
