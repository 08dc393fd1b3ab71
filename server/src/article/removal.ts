import { type Article, parseArticle } from './article.ts';
import { applyEdits, type TextEdit } from './edits.ts';
import { formatObstacle, restoreForm } from './format.ts';
import { applyToPieces, toEdits } from './pieces.ts';
import type { Region } from './regions/region.ts';
import { type Cut, cutsOf } from './removal/cuts.ts';
import { isRemainder } from './removal/remainder.ts';
import { span } from './span.ts';

/** The removal of furniture from an article. */
export interface Removal {
	/** In text order. */
	readonly edits: readonly TextEdit[];
	/** The article without it. */
	readonly article: Article;
	readonly removed: readonly Region[];
	/** What cannot be removed without changing the rest, because of faults in the markup. */
	readonly left: readonly Region[];
}

/** How many combinations of regions are tried. */
const MOST_TRIES = 60;

/**
 * Removes regions of an article. What remains has the same elements and words, and the same form: an expanded article stays
 * expanded, and one on a line stays so. Removes nothing from an article that cannot be reformatted.
 */
export function removeRegions(article: Article, regions: readonly Region[]): Removal {
	const { text } = article;
	if (regions.length === 0 || formatObstacle(article)) return { edits: [], article, removed: [], left: regions };
	const cuts = cutsOf(text, article.body, regions);
	const tried = removable(article, cuts);
	if (tried.cuts.length === 0) return { edits: [], article, removed: [], left: regions };
	const restored = restoreForm(text, tried.article);
	const edits = toEdits(text, applyToPieces(applyToPieces([span(0, text.length)], tried.cuts), restored));
	const removed = new Set(tried.cuts.map(({ region }) => region));
	return {
		edits,
		article: restored.length === 0 ? tried.article : parseArticle(applyEdits(text, edits), article.options),
		removed: regions.filter(region => removed.has(region)),
		left: regions.filter(region => !removed.has(region)),
	};
}

/** Finds the cuts that leave the rest as it is: all of them, or what remains if halves and single ones are tried. */
function removable(
	article: Article,
	cuts: readonly Cut[],
): { readonly cuts: readonly Cut[]; readonly article: Article } {
	let kept: readonly Cut[] = [];
	let made = article;
	const groups: (readonly Cut[])[] = [cuts];
	for (let tries = 0; tries < MOST_TRIES; tries++) {
		const group = groups.pop();
		if (!group) break;
		const together = [...kept, ...group];
		const parsed = overlap(together) ? undefined : parseArticle(applyEdits(article.text, together), article.options);
		if (parsed && isRemainder(parsed, article, together)) [kept, made] = [together, parsed];
		else if (group.length > 1) {
			const middle = Math.ceil(group.length / 2);
			groups.push(group.slice(middle), group.slice(0, middle));
		}
	}
	return { cuts: kept, article: made };
}

/** Whether cuts overlap, as those of regions that the parser moved out of a table. */
function overlap(cuts: readonly Cut[]): boolean {
	return cuts.some((cut, at) => cut.span.start < (cuts[at - 1]?.span.end ?? 0));
}
