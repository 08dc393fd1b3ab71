import { labelOf } from '../label.ts';
import { HEADING, PARAGRAPH } from '../traits.ts';
import { outermostWithText } from './measure.ts';
import type { Part, RegionInput } from './region.ts';

/** How much text may precede the title, in characters. */
const TEXT_BEFORE = 400;

/** A shorter heading, in UTF-16 units, is no beginning of a title. */
const MIN_TITLE_CHARS = 4;

/** How many nodes and paragraphs may. */
const NODES_BEFORE = 1000;
const PARAGRAPHS_BEFORE = 50;

/** Finds what a body repeats of the head: the title, the byline and the date. */
export function headParts(input: RegionInput): readonly Part[] {
	const parts: Part[] = [];
	const { body, weights, byline } = input;
	const { author, date, lines } = byline;
	const shown = [author, date].flatMap(part => (part?.shown ? [part.node] : []));
	for (const node of new Set([...shown, ...lines])) {
		const reason =
			node === author?.node
				? 'names the author'
				: node === date?.node
					? 'gives the date'
					: 'names who made the article';
		// A picture in the same paragraph is not part of the byline.
		if (weights.images(node) > 0) continue;
		const first = outermostWithText(body.nodes, weights, node);
		parts.push({ kind: 'byline', reason, first, last: body.nodes[first]?.last ?? first });
	}
	addRepeatedTitle(input, parts);
	return parts;
}

function addRepeatedTitle(input: RegionInput, parts: Part[]): void {
	const { body, weights, title } = input;
	if (!title?.trim()) return;
	let wanted: string | undefined;
	const end = Math.min(body.nodes.length, NODES_BEFORE);
	let paragraphs = 0;
	for (let index = 0; index < end; index++) {
		const trait = body.traits[index] ?? 0;
		if ((trait & (HEADING | PARAGRAPH)) === 0) continue;
		if (paragraphs++ === PARAGRAPHS_BEFORE || weights.textBetween(0, index) > TEXT_BEFORE) return;
		const isHeading = (trait & HEADING) !== 0;
		const length = weights.text(index);
		if (length < Math.min(MIN_TITLE_CHARS, title.length) || length > title.length * 2) continue;
		if (!begins(input, index, title)) continue;
		const written = labelOf(body.nodes, index);
		wanted ??= folded(title);
		const label = written === title ? wanted : folded(written);
		const isTitle =
			(label !== '' && label === wanted) || (isHeading && label.length >= MIN_TITLE_CHARS && wanted.startsWith(label));
		if (!isTitle) continue;
		const first = outermostWithText(body.nodes, weights, index);
		const last = body.nodes[first]?.last ?? first;
		parts.push({ kind: 'title', reason: 'repeats the title', strong: true, first, last });
	}
}

/** Whether the first letter of an element is in the title: a cheap test, which most elements fail. */
function begins({ body: { nodes } }: RegionInput, index: number, title: string): boolean {
	for (let at = index + 1; at <= (nodes[index]?.last ?? index); at++) {
		const letter = /[\p{L}\p{N}]/u.exec(nodes[at]?.nodeValue ?? '')?.[0];
		if (letter !== undefined) return title.includes(letter) || title.toLowerCase().includes(letter.toLowerCase());
	}
	return false;
}

/** Folds what differs between two copies of a title: width, case, spaces and punctuation. */
export function folded(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[\s\p{P}\p{S}]+/gu, '')
		.toLowerCase();
}
