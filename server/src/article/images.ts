import { parseSrcset } from 'srcset';
import { ancestors, attributeField, getAttribute, isElement, type Node } from './node.ts';
import { type Field, type Span, span } from './span.ts';
import { IMAGE, indicesOf } from './traits.ts';
import type { Tree } from './tree.ts';

/** The address of a picture: its decoded value, and the attribute it is written in. */
export interface ImageSource extends Field {
	/** The attribute's name, as `src` or `data-src`. */
	readonly attribute: string;
	/** Index of the element that has it: the image, a `source` of its `picture`, or the image in its `noscript`. */
	readonly node: number;
}

/** An `img`. */
export interface Image {
	/** Index of the element, and the element. */
	readonly node: number;
	readonly span: Span;
	readonly src: Field | undefined;
	readonly srcset: Field | undefined;
	/** The picture that a reader is meant to see; `undefined` where the file names none. */
	readonly source: ImageSource | undefined;
	/** Whether a script was to load it: the picture is in a `data-…` attribute or the `noscript` beside it. */
	readonly lazy: boolean;
	/** Index of the `img` in the `noscript` beside it that shows the same picture. */
	readonly twin: number | undefined;
	readonly alt: string | undefined;
	/** The declared size in CSS pixels. */
	readonly width: number | undefined;
	readonly height: number | undefined;
}

/** Attributes in which lazy loaders keep the true address, the most telling first. */
const LAZY_SOURCES = [
	'data-src',
	'data-lazy-src',
	'data-original',
	'data-original-src',
	'data-actualsrc',
	'data-lazy',
	'data-echo',
	'data-hi-res-src',
	'data-full-url',
	'data-url',
];
const LAZY_SRCSETS = ['data-srcset', 'data-lazy-srcset'];

/** All attributes of an image that hold addresses; those whose names end in `srcset` hold several. */
export const IMAGE_ADDRESSES: readonly string[] = ['src', 'srcset', ...LAZY_SOURCES, ...LAZY_SRCSETS];

/** All images of a body but those that only repeat another inside `noscript`. */
export function findImages(text: string, tree: Tree): readonly Image[] {
	const { nodes } = tree;
	const found = indicesOf(tree, IMAGE);
	const twins = pairTwins(nodes, found);
	const isTwin = new Set(twins.values());
	return found.filter(index => !isTwin.has(index)).map(index => readImage(text, nodes, index, twins.get(index)));
}

/** The addresses in a `srcset`, the largest picture first; empty where it cannot be read. */
export function srcsetUrls(value: string): readonly string[] {
	const candidates = parseSrcset(value);
	const size = (candidate: (typeof candidates)[number]): number => candidate.width ?? (candidate.density ?? 1) * 1000;
	return candidates.toSorted((a, b) => size(b) - size(a)).map(candidate => candidate.url);
}

/** Whether an address stands for "no picture yet": none, an inline one, or a blank page. */
export function isPlaceholder(address: string): boolean {
	return /^\s*(?:$|data:|about:|javascript:|#)/i.test(address);
}

/** Pairs each lazy image with the one in the `noscript` right beside it. */
function pairTwins(nodes: readonly Node[], found: readonly number[]): Map<number, number> {
	const twins = new Map<number, number>();
	const inNoscript = (index: number): number | undefined => {
		for (const at of ancestors(nodes, index)) if (isElement(nodes[at], 'noscript')) return at;
		return undefined;
	};
	const noscripts = found.map(inNoscript);
	for (const [at, index] of found.entries()) {
		const noscript = noscripts[at];
		if (noscript === undefined) continue;
		const [before, after] = [at - 1, at + 1].map(near => (noscripts[near] === undefined ? found[near] : undefined));
		if (before !== undefined && !twins.has(before) && isBeside(nodes, before, noscript)) twins.set(before, index);
		else if (after !== undefined && isBeside(nodes, after, noscript) && isLazy(nodes[after])) twins.set(after, index);
	}
	return twins;
}

/** Whether nothing but markup lies between an image and a `noscript`, and they share a parent or grandparent. */
function isBeside(nodes: readonly Node[], image: number, noscript: number): boolean {
	const parent = nodes[noscript]?.parent ?? -1;
	const own = nodes[image]?.parent ?? -1;
	if (own !== parent && (nodes[own]?.parent ?? -2) !== parent && (nodes[parent]?.parent ?? -2) !== own) return false;
	const [from, to] = image < noscript ? [image, noscript] : [nodes[noscript]?.last ?? noscript, image];
	for (let index = from + 1; index < to; index++) if (nodes[index]?.nodeValue.trim()) return false;
	return true;
}

function isLazy(node: Node | undefined): boolean {
	if (!node) return false;
	const src = getAttribute(node, 'src');
	return (
		src === undefined ||
		isPlaceholder(src) ||
		node.attributes.some(({ name }) => LAZY_SOURCES.includes(name) || LAZY_SRCSETS.includes(name))
	);
}

function readImage(text: string, nodes: readonly Node[], index: number, twin: number | undefined): Image {
	const node = nodes[index] as Node;
	const src = attributeField(text, node, 'src');
	const srcset = attributeField(text, node, 'srcset');
	const lazySource = lazySourceOf(text, node, index);
	const source =
		lazySource ??
		plainSource(text, nodes, index, src, srcset) ??
		(twin === undefined ? undefined : sourceOf(text, nodes[twin], twin, 'src'));
	return {
		node: index,
		span: span(node.start, node.end),
		src,
		srcset,
		source,
		lazy: lazySource !== undefined || twin !== undefined,
		twin,
		alt: getAttribute(node, 'alt'),
		width: pixels(getAttribute(node, 'width')),
		height: pixels(getAttribute(node, 'height')),
	};
}

function lazySourceOf(text: string, node: Node, index: number): ImageSource | undefined {
	if (!node.attributes.some(({ name }) => name.startsWith('data-'))) return undefined;
	for (const name of LAZY_SOURCES) {
		const source = sourceOf(text, node, index, name);
		if (source && looksLikeAddress(source.value)) return source;
	}
	for (const name of LAZY_SRCSETS) {
		const source = sourceOf(text, node, index, name);
		if (source) return source;
	}
	return undefined;
}

/** The source that needs no script: `src`, then the image's `srcset`, then that of a `source` in its `picture`. */
function plainSource(
	text: string,
	nodes: readonly Node[],
	index: number,
	src: Field | undefined,
	srcset: Field | undefined,
): ImageSource | undefined {
	if (src && !isPlaceholder(src.value)) return { ...src, attribute: 'src', node: index };
	const own = srcset && sourceOf(text, nodes[index], index, 'srcset');
	if (own) return own;
	const picture = nodes[index]?.parent ?? -1;
	if (!isElement(nodes[picture], 'picture')) return undefined;
	for (let at = picture + 1; at < index; at++) {
		const source = isElement(nodes[at], 'source')
			? (sourceOf(text, nodes[at], at, 'srcset') ?? sourceOf(text, nodes[at], at, 'data-srcset'))
			: undefined;
		if (source) return source;
	}
	return undefined;
}

/** The address in an attribute, the largest one of a `srcset`; `undefined` where there is none to load. */
function sourceOf(text: string, node: Node | undefined, index: number, attribute: string): ImageSource | undefined {
	const field = node && attributeField(text, node, attribute);
	if (!field) return undefined;
	const value = attribute.endsWith('srcset') ? srcsetUrls(field.value)[0] : field.value;
	return value === undefined || isPlaceholder(value) ? undefined : { value, span: field.span, attribute, node: index };
}

function looksLikeAddress(value: string): boolean {
	return /^\s*(?:[a-z][a-z0-9+.-]*:|\/|\.{1,2}\/|[^\s{}[\]"]+\.[a-z]{3,4}\b)/i.test(value);
}

/** A dimension attribute as whole CSS pixels (WHATWG HTML, "dimension attributes"); percentages are none. */
function pixels(value: string | undefined): number | undefined {
	const match = value === undefined ? null : /^\s*(\d+)(?:\.\d+)?\s*(?:px)?\s*$/i.exec(value);
	return match ? Number(match[1]) : undefined;
}
