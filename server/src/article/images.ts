import { type ImageAddress, imageAddress, imageKey, isStandIn } from './imageAddress.ts';
import { kept } from './kept.ts';
import { type Attribute, attributeField, fieldOf, isElement, type Node, TEXT_NODE } from './node.ts';
import { type Field, type Span, span } from './span.ts';
import { IMAGE, indicesOf, NOSCRIPT } from './traits.ts';
import type { Tree } from './tree.ts';

/** The URL of an image: its decoded value, and the attribute that contains it. */
export interface ImageSource extends Field {
	/** The attribute's name, such as `src` or `data-src`. */
	readonly attribute: string;
	/**
	 * Index of the element with the attribute: the image, a `source` of its `picture`, or the image in its `noscript`.
	 */
	readonly node: number;
}

/** An `img`. */
export interface Image {
	/** Index of the element, and the element. */
	readonly node: number;
	readonly span: Span;
	readonly src: Field | undefined;
	readonly srcset: Field | undefined;
	/** The image that readers are meant to see; `undefined` if the article names none. */
	readonly source: ImageSource | undefined;
	/** Whether the image is loaded by a script: its URL is only in a `data-…` attribute or in the adjacent `noscript`. */
	readonly lazy: boolean;
	/** Indices of each `img` in adjacent `noscript` elements that shows the same image. */
	readonly twins: readonly number[];
	readonly alt: string | undefined;
	/** The declared size in CSS pixels. */
	readonly width: number | undefined;
	readonly height: number | undefined;
}

/** Finds all images of a body, except those that only repeat another one inside `noscript`. */
export function findImages(text: string, tree: Tree): readonly Image[] {
	const { nodes, present } = tree;
	const found = indicesOf(tree, IMAGE);
	if ((present & NOSCRIPT) === 0) return found.map(index => readImage(text, nodes, index, []));
	const twins = pairTwins(tree, found);
	const isTwin = new Set([...twins.values()].flat());
	return found.filter(index => !isTwin.has(index)).map(index => readImage(text, nodes, index, twins.get(index) ?? []));
}

/** Pairs each image with those in the adjacent `noscript` that show the same image. */
function pairTwins(tree: Tree, found: readonly number[]): Map<number, number[]> {
	const { nodes } = tree;
	const twins = new Map<number, number[]>();
	const noscripts = noscriptsAround(tree, found);
	/** The last image outside `noscript`, and the node up to which only markup and its twins follow it. */
	let image = -1;
	let clear = 0;
	for (const [at, index] of found.entries()) {
		const noscript = noscripts[at] ?? -1;
		if (noscript === -1) {
			[image, clear] = [index, index + 1];
			continue;
		}
		while (clear < noscript && !hasWords(nodes[clear])) clear++;
		const known = twins.get(image);
		if (image !== -1 && clear >= noscript && isNear(nodes, image, noscript)) {
			if (!known) twins.set(image, [index]);
			else if (isSameImage(nodes[image], nodes[index]) || isSameImage(nodes[known[0] ?? -1], nodes[index]))
				known.push(index);
			clear = Math.max(clear, (nodes[noscript]?.last ?? noscript) + 1);
			if (twins.get(image)?.at(-1) === index) continue;
		}
		const after = noscripts[at + 1] === -1 ? found[at + 1] : undefined;
		if (after !== undefined && isRightAfter(nodes, noscript, after) && waitsFor(nodes[after], nodes[index]))
			twins.set(after, [index]);
	}
	return twins;
}

/** Returns the outermost `noscript` around each image; -1 if there is none. */
function noscriptsAround(tree: Tree, found: readonly number[]): readonly number[] {
	const noscripts = indicesOf(tree, NOSCRIPT);
	let next = 0;
	let [outer, last] = [-1, -1];
	return found.map(index => {
		for (let at = noscripts[next]; at !== undefined && at < index; at = noscripts[++next])
			if (at > last) [outer, last] = [at, tree.nodes[at]?.last ?? at];
		return index <= last ? outer : -1;
	});
}

/** Whether an image and a `noscript` share a parent or grandparent. */
function isNear(nodes: readonly Node[], image: number, noscript: number): boolean {
	const parent = nodes[noscript]?.parent ?? -1;
	const own = nodes[image]?.parent ?? -1;
	return own === parent || (nodes[own]?.parent ?? -2) === parent || (nodes[parent]?.parent ?? -2) === own;
}

/** Whether there is only markup between a `noscript` and the image after it. */
function isRightAfter(nodes: readonly Node[], noscript: number, image: number): boolean {
	if (!isNear(nodes, image, noscript)) return false;
	for (let at = (nodes[noscript]?.last ?? noscript) + 1; at < image; at++) if (hasWords(nodes[at])) return false;
	return true;
}

function hasWords(node: Node | undefined): boolean {
	return node?.nodeType === TEXT_NODE && node.nodeValue.trim() !== '';
}

/** Whether two elements name the same image, in any size. */
function isSameImage(one: Node | undefined, other: Node | undefined): boolean {
	const key = imageKey(one && imageAddress(one.attributes)?.value);
	return key !== undefined && key === imageKey(other && imageAddress(other.attributes)?.value);
}

/** Whether an image is a placeholder for another that a script loads. */
function waitsFor(image: Node | undefined, picture: Node | undefined): boolean {
	const address = imageAddress(image?.attributes ?? []);
	return address === undefined || address.lazy || isStandIn(address.value) || isSameImage(image, picture);
}

/** What the attributes of an image say. */
interface Markup {
	readonly address: ImageAddress | undefined;
	readonly src: Attribute | undefined;
	readonly srcset: Attribute | undefined;
	readonly alt: string | undefined;
	readonly width: number | undefined;
	readonly height: number | undefined;
}

function readMarkup(nodes: readonly Node[], index: number): Markup {
	const { attributes } = nodes[index] as Node;
	let [src, srcset, alt, width, height]: (Attribute | undefined)[] = [];
	for (const attribute of attributes) {
		const { name } = attribute;
		if (name === 'src') src = attribute;
		else if (name === 'srcset') srcset = attribute;
		else if (name === 'alt') alt = attribute;
		else if (name === 'width') width = attribute;
		else if (name === 'height') height = attribute;
	}
	return {
		address: imageAddress(attributes),
		src,
		srcset,
		alt: alt?.value,
		width: pixels(width?.value),
		height: pixels(height?.value),
	};
}

function readImage(text: string, nodes: readonly Node[], index: number, twins: readonly number[]): Image {
	const node = nodes[index] as Node;
	const { address: own, src, srcset, alt, width, height } = kept(nodes, index, readMarkup);
	const [twin] = twins;
	const isOthers = twin !== undefined || isElement(nodes[node.parent], 'picture');
	const better =
		isOthers && (!own || (!own.lazy && isStandIn(own.value)))
			? (pictureSource(text, nodes, index) ?? twinSource(text, nodes, twin))
			: undefined;
	const source = better ?? (own && sourceOf(text, node, index, own));
	return {
		node: index,
		span: span(node.start, node.end),
		src: src && fieldOf(text, node, src),
		srcset: srcset && fieldOf(text, node, srcset),
		source,
		lazy: own?.lazy === true || (source !== undefined && source.node === twin),
		twins,
		alt,
		width,
		height,
	};
}

/** Returns the URL that the first `source` before an image in its `picture` names. */
function pictureSource(text: string, nodes: readonly Node[], index: number): ImageSource | undefined {
	const picture = nodes[index]?.parent ?? -1;
	if (!isElement(nodes[picture], 'picture')) return undefined;
	for (let at = picture + 1; at < index; at++) {
		const source = nodes[at];
		const address = source && isElement(source, 'source') ? imageAddress(source.attributes) : undefined;
		if (source && address) return sourceOf(text, source, at, address);
	}
	return undefined;
}

function twinSource(text: string, nodes: readonly Node[], twin: number | undefined): ImageSource | undefined {
	const node = twin === undefined ? undefined : nodes[twin];
	const address = node && imageAddress(node.attributes);
	return twin === undefined || !node || !address ? undefined : sourceOf(text, node, twin, address);
}

function sourceOf(text: string, node: Node, index: number, address: ImageAddress): ImageSource | undefined {
	const { attribute, value } = address;
	const field = attributeField(text, node, attribute);
	return field && { value, span: field.span, attribute, node: index };
}

/**
 * Parses a dimension attribute as whole CSS pixels (WHATWG HTML, "dimension attributes"); `undefined` for percentages.
 */
function pixels(value: string | undefined): number | undefined {
	const match = value === undefined ? null : /^\s*(\d+)(?:\.\d+)?(?:\s*px)?\s*$/i.exec(value);
	return match ? Number(match[1]) : undefined;
}
