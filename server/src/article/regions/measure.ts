import { labelOf } from '../label.ts';
import type { Node } from '../node.ts';
import { LINK } from '../traits.ts';
import type { Tree } from '../tree.ts';
import type { Weights } from '../weights.ts';

/** How much of what a part of a body holds, in characters without white space at the ends of each text node. */
export interface Amount {
	readonly text: number;
	/** Text in links. */
	readonly linked: number;
	readonly links: number;
	readonly images: number;
}

/** Measures parts of a body, each in constant time. */
export interface Measure {
	/** Measures the nodes from `first` to `last`, inclusive. */
	amount(first: number, last: number): Amount;
	/** The text of the whole body. */
	readonly total: number;
}

/** Prepares to measure parts of a body. */
export function createMeasure(tree: Tree, weights: Weights): Measure {
	let known: Links | undefined;
	return {
		amount(first, last) {
			known ??= countLinks(tree, weights);
			const { links, linked } = known;
			return {
				text: weights.textBetween(first, last + 1),
				linked: (linked[last + 1] ?? 0) - (linked[first] ?? 0),
				links: (links[last + 1] ?? 0) - (links[first] ?? 0),
				images: weights.imagesBetween(first, last + 1),
			};
		},
		total: weights.textBetween(0, tree.nodes.length),
	};
}

/** How many outermost links start before each node, and how much text is in those. */
interface Links {
	readonly links: Int32Array;
	readonly linked: Int32Array;
}

function countLinks({ nodes, traits }: Tree, weights: Weights): Links {
	const links = new Int32Array(nodes.length + 1);
	const linked = new Int32Array(nodes.length + 1);
	let [count, text, until] = [0, 0, -1];
	for (let index = 0; index < nodes.length; index++) {
		if (((traits[index] ?? 0) & LINK) !== 0 && index > until) {
			until = nodes[index]?.last ?? index;
			count++;
			text += weights.text(index);
		}
		links[index + 1] = count;
		linked[index + 1] = text;
	}
	return { links, linked };
}

/** How many letters of the Latin script a character of Han, kana or hangul is worth. */
export const DENSEST = 3;

/** How many characters of text tell its script. */
const SAMPLE = 200;

/** How many letters of the Latin script a character of a text is worth: Han, kana and hangul say more with each. */
export function density(nodes: readonly Node[], index: number): number {
	const sample = labelOf(nodes, index, SAMPLE);
	// Most samples need no exact count.
	const sure = sureCharacters(sample);
	if (sure * 3 > sample.length) return DENSEST;
	if (sure === 0 && !/[^\0-\u10ff]/.test(sample)) return 1;
	const dense = sample.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu)?.length ?? 0;
	return dense * 3 > sample.length ? DENSEST : 1;
}

/** Counts the characters that are certainly Han or hangul. */
function sureCharacters(text: string): number {
	let count = 0;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if ((unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xd7a3)) count++;
	}
	return count;
}

/** Returns the outermost element around a node that has no other text and no image. */
export function outermostWithText(nodes: readonly Node[], weights: Weights, index: number): number {
	const own = weights.text(index);
	let found = index;
	for (let at = nodes[index]?.parent ?? -1; at !== -1; at = nodes[at]?.parent ?? -1) {
		if (weights.text(at) !== own || weights.images(at) > 0) break;
		found = at;
	}
	return found;
}
