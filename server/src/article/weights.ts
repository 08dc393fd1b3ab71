import type { Node } from './node.ts';
import { IMAGE, NOSCRIPT, UNRENDERED } from './traits.ts';
import type { Tree } from './tree.ts';

/** Counts the text and images in any part of a body, in constant time per query. */
export interface Weights {
	/** Characters of text inside a node, without white space at both ends of each text node. */
	text(index: number): number;
	/** The same, from the start tag of one node up to that of another. */
	textBetween(from: number, to: number): number;
	/** Images inside a node, except those in `noscript`. */
	images(index: number): number;
	/** The same, from the start tag of one node up to that of another. */
	imagesBetween(from: number, to: number): number;
}

/** Counts the text and images of a body once. */
export function countBody({ nodes, traits, lengths }: Pick<Tree, 'nodes' | 'traits' | 'lengths'>): Weights {
	const text = new Int32Array(nodes.length + 1);
	const images = new Int32Array(nodes.length + 1);
	/** The last node of the current unrendered element, and of the current `noscript`. */
	let silent = -1;
	let noscript = -1;
	for (let index = 0; index < nodes.length; index++) {
		const trait = traits[index] ?? 0;
		if (index > silent && (trait & UNRENDERED) !== 0) silent = (nodes[index] as Node).last;
		if (index > noscript && (trait & NOSCRIPT) !== 0) noscript = (nodes[index] as Node).last;
		const length = index > silent && index > noscript ? (lengths[index] ?? 0) : 0;
		text[index + 1] = (text[index] ?? 0) + length;
		images[index + 1] = (images[index] ?? 0) + (index > noscript && (trait & IMAGE) !== 0 ? 1 : 0);
	}
	const within = (sums: Int32Array, from: number, to: number): number => (sums[to] ?? 0) - (sums[from] ?? 0);
	const end = (index: number): number => (nodes[index]?.last ?? index) + 1;
	return {
		text: index => within(text, index, end(index)),
		textBetween: (from, to) => within(text, from, to),
		images: index => within(images, index, end(index)),
		imagesBetween: (from, to) => within(images, from, to),
	};
}
