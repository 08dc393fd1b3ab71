import type { Article } from '../article/article.ts';
import { labelOf } from '../article/label.ts';
import { headParts } from '../article/regions/head.ts';
import { outermostWithText } from '../article/regions/measure.ts';
import type { Part } from '../article/regions/region.ts';

/** The first and last node of a part of a body. */
type Nodes = Pick<Part, 'first' | 'last'>;

/** How much text besides the author and the date a byline may have that is left out, in characters: `By`, `Published on`. */
const MOST_OTHER_WORDS = 24;

/** Longer bylines, in characters, are not read. */
const MOST_CREDITS = 300;

/** Finds what only repeats the head of the reader (the title, the author, the date), in tree order. */
export function findRepeated(article: Article): readonly Nodes[] {
	const { nodes, body, weights, byline, title, source, regions } = article;
	const facts = [byline.author, byline.date].filter(part => part !== undefined);
	const input = { body, weights, byline, title: title?.value, source: source?.value };
	const titles = [...headParts(input)].filter(({ kind }) => kind === 'title');
	const places = facts.flatMap(({ node, shown }): Nodes[] => {
		const first = outermostWithText(nodes, weights, node);
		return shown ? [{ first, last: nodes[first]?.last ?? first }] : [];
	});
	const bylines = [...places, ...regions.furniture.filter(({ kind }) => kind === 'byline')];
	const said = facts.map(({ label }) => label);
	return [...titles, ...bylines.filter(part => saysOnly(article, part, said))].sort((a, b) => a.first - b.first);
}

/** Whether a part of a body names somebody who made the article, such as the translator, and whom the head does not name. */
export function namesOthers(article: Article, part: Nodes): boolean {
	const { byline, weights } = article;
	const others = byline.contributors.filter(({ name }) => !byline.author?.label.includes(name));
	if (others.length === 0 || weights.textBetween(part.first, part.last + 1) > MOST_CREDITS) return false;
	const text = textOf(article, part);
	return others.some(({ name }) => text.includes(name));
}

function textOf({ nodes }: Article, { first, last }: Nodes): string {
	let text = '';
	for (let at = first; at <= last; at = (nodes[at]?.last ?? at) + 1) text += `${labelOf(nodes, at)} `;
	return text;
}

/** Whether a byline says little more than some words, and names nobody else. */
function saysOnly(article: Article, part: Nodes, said: readonly string[]): boolean {
	const most = said.reduce((sum, words) => sum + words.length, MOST_OTHER_WORDS);
	if (article.weights.textBetween(part.first, part.last + 1) > most || namesOthers(article, part)) return false;
	const text = textOf(article, part);
	// A date may be given in a line that names the author as well.
	const known = said.filter(words => words !== '' && text.includes(words)).sort((a, b) => b.length - a.length);
	if (known.length === 0) return false;
	return known.reduce((rest, words) => rest.replaceAll(words, ''), text).trim().length <= MOST_OTHER_WORDS;
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
