import type { Article } from '../article/article.ts';
import { headParts } from '../article/regions/head.ts';
import { outermostWithText } from '../article/regions/measure.ts';
import type { Part } from '../article/regions/region.ts';

/** The first and last node of a part of a body. */
type Nodes = Pick<Part, 'first' | 'last'>;

/** How much text besides the author and the date a byline may have that is left out, in characters: `By`, `Published on`. */
const MOST_OTHER_WORDS = 24;

/** Finds what only repeats the head of the reader (the title, the author, the date), in tree order. */
export function findRepeated(article: Article): readonly Nodes[] {
	const { nodes, body, weights, byline, title, regions } = article;
	const facts = [byline.author, byline.date].filter(part => part?.shown === true);
	const parts = [
		...[...headParts({ body, weights, byline, title: title?.value, source: article.source?.value })].filter(
			({ kind }) => kind === 'title',
		),
		...facts.flatMap((part): Nodes[] => {
			if (!part) return [];
			const first = outermostWithText(nodes, weights, part.node);
			return [{ first, last: nodes[first]?.last ?? first }];
		}),
		...regions.furniture.filter(
			({ kind, first, last }) =>
				kind === 'byline' && facts.some(part => part && first <= part.node && part.node <= last),
		),
	];
	const found = parts.filter(({ first, last }) => {
		const own = facts.filter(part => part && first <= part.node && part.node <= last);
		const said = own.reduce((sum, part) => sum + (part?.label.length ?? 0), 0);
		return own.length === 0 || weights.textBetween(first, last + 1) - said <= MOST_OTHER_WORDS;
	});
	return found.sort((a, b) => a.first - b.first);
}

/** Whether all text of a piece is in parts that only repeat the head. */
export function isRepeated({ weights }: Article, { first, last }: Nodes, repeated: readonly Nodes[]): boolean {
	let until = -1;
	let text = 0;
	for (const part of repeated) {
		if (part.first <= first && last <= part.last) return true;
		if (part.first <= until || part.first < first || part.last > last) continue;
		until = part.last;
		text += weights.textBetween(part.first, part.last + 1);
	}
	return text > 0 && text === weights.textBetween(first, last + 1);
}
