import { labelOf } from '../label.ts';
import type { Node } from '../node.ts';
import { HEADING, indicesOf } from '../traits.ts';
import type { Evidence, RegionInput } from './region.ts';

/** How much text may precede the title that a body repeats, in characters. */
const TEXT_BEFORE = 300;

/** How many headings are compared with the title. */
const MOST_HEADINGS = 4;

/** Yields the headings at the top of a body that repeat the title of the article. */
export function* repeatedTitle({ body, weights, title }: RegionInput): Generator<readonly [number, Evidence]> {
	const wanted = folded(title ?? '');
	if (wanted === '') return;
	for (const index of indicesOf(body, HEADING).slice(0, MOST_HEADINGS)) {
		if (weights.textBetween(0, index) > TEXT_BEFORE) return;
		if (isTitle(folded(labelOf(body.nodes as readonly Node[], index)), wanted))
			yield [index, { kind: 'title', reason: 'repeats the title', strong: true }];
	}
}

/** Whether a heading is the title, or the title without the site's name behind it. */
function isTitle(heading: string, title: string): boolean {
	return heading !== '' && (heading === title || (heading.length >= 4 && title.startsWith(heading)));
}

/** Folds what differs between two copies of a title: width, case, spaces and punctuation. */
function folded(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[\s\p{P}\p{S}]+/gu, '')
		.toLowerCase();
}
