import { BLOCK_ELEMENTS } from '../elements.ts';
import type { Node } from '../node.ts';
import { COMMENT, NOSCRIPT, TEXT, UNRENDERED } from '../traits.ts';
import type { Tree } from '../tree.ts';
import type { Weights } from '../weights.ts';
import { boldnessOf, MOST_MARKS } from './bold.ts';
import { hasWords } from './script.ts';

/**
 * Finds the elements that make a whole line bold in a block whose paragraphs are divided by `br`; none unless other lines
 * are not bold, and are more.
 */
export function findBoldLines({ nodes, traits, lengths }: Tree, index: number, weights: Weights): readonly number[] {
	const { last } = nodes[index] as Node;
	const found: number[] = [];
	/** The outermost bold element around the current node. */
	let element = -1;
	let until = -1;
	/** The element that holds all text of the line so far; -1 if there is no text, -2 if it is not bold as a whole. */
	let line = -1;
	let plainLines = 0;
	for (let at = index + 1; at <= last; at++) {
		const length = lengths[at] ?? 0;
		const trait = traits[at] ?? 0;
		if (length > 0) {
			const isBold = at <= until;
			if (!isBold && length <= MOST_MARKS && !hasWords((nodes[at] as Node).nodeValue)) continue;
			line = isBold && (line === -1 || line === element) ? element : -2;
			continue;
		}
		if ((trait & (TEXT | COMMENT)) !== 0) continue;
		const node = nodes[at] as Node;
		if (node.nodeName === 'br') {
			if (line === -2) plainLines++;
			// The rest of a bold element that goes on is part of the same emphasis.
			const goesOn = at < until && weights.textBetween(at + 1, until + 1) > 0;
			if (line >= 0 && !goesOn) found.push(line);
			line = goesOn ? -2 : -1;
		} else if ((trait & (UNRENDERED | NOSCRIPT)) !== 0) at = node.last;
		else if (BLOCK_ELEMENTS.has(node.nodeName)) return [];
		else if (at > until && boldnessOf(node) === true) [element, until] = [at, node.last];
	}
	if (line === -2) plainLines++;
	return found.length <= plainLines ? found : [];
}
