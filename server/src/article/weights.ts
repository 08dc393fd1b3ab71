import { isElement, isUnrendered, type Node, TEXT_NODE } from './node.ts';

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
export function weigh(nodes: readonly Node[]): Weights {
	const text = new Int32Array(nodes.length + 1);
	const images = new Int32Array(nodes.length + 1);
	let silent = -1;
	let noscript = -1;
	for (let index = 0; index < nodes.length; index++) {
		const node = nodes[index] as Node;
		if (index > silent && isUnrendered(node)) silent = node.last;
		if (index > noscript && isElement(node, 'noscript')) noscript = node.last;
		const length =
			node.nodeType === TEXT_NODE && index > silent && index > noscript ? trimmedLength(node.nodeValue) : 0;
		text[index + 1] = (text[index] ?? 0) + length;
		images[index + 1] = (images[index] ?? 0) + (index > noscript && isElement(node, 'img') ? 1 : 0);
	}
	const within = (sums: Int32Array, from: number, to: number): number => (sums[to] ?? 0) - (sums[from] ?? 0);
	const end = (index: number): number => (nodes[index]?.last ?? index) + 1;
	return {
		text: index => within(text, index, end(index)),
		textBetween: (from, to) => within(text, from, to),
		images: index => within(images, index, end(index)),
	};
}

/** `text.trim().length`, without making the trimmed text where there is nothing to trim. */
function trimmedLength(text: string): number {
	const plain = isNoSpace(text.charCodeAt(0)) && isNoSpace(text.charCodeAt(text.length - 1));
	return plain ? text.length : text.trim().length;
}

/** Whether a UTF-16 unit is certainly no white space: all other kinds lie between U+0085 and U+3000, but for U+FEFF. */
function isNoSpace(unit: number): boolean {
	return unit > 0x3000 ? unit !== 0xfeff : unit > 32 && unit < 0x85;
}
