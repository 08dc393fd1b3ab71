import type { Node } from './node.ts';
import { IMAGE, NOSCRIPT, UNRENDERED } from './traits.ts';
import type { Tree } from './tree.ts';

/** How much text and how many images lie in any part of a body, each answer in constant time. */
export interface Weights {
	/** Characters of text inside a node, white space at both ends of each piece not counted. */
	text(index: number): number;
	/** The same between two nodes, from the first's start tag up to the second's. */
	textBetween(from: number, to: number): number;
	/** Images inside a node, without those in `noscript`. */
	images(index: number): number;
}

/** Counts a body once. */
export function countBody({ nodes, traits, lengths }: Pick<Tree, 'nodes' | 'traits' | 'lengths'>): Weights {
	const text = new Int32Array(nodes.length + 1);
	const images = new Int32Array(nodes.length + 1);
	/** Up to which node nothing is read, and no script is run. */
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
	};
}
