import { describeRegion, furnitureKinds } from '../../article/regions/names.ts';
import { partsOfPage } from '../../article/regions/page.ts';
import type { Region } from '../../article/regions/region.ts';
import { type Span, span } from '../../article/span.ts';
import { capital } from '../../util/labels.ts';
import { counted } from '../../util/words.ts';
import type { RuleContext, SummaryRule } from '../rule.ts';

/** How many regions are listed. */
const MOST_RELATED = 100;

/** What to do about bylines, which the command line leaves. */
const BYLINES =
	'If the archive is to hold the article alone, run “Remove Page Furniture…” in the editor, and tick the byline';

/** Reports, once per article, what of the page around it is left in its body, and how many problems are not reported for that reason. */
export const articleFurniture: SummaryRule = {
	id: 'article/furniture',
	severity: 'hint',
	check({ article, unreported }, report) {
		const furniture = partsOfPage(article);
		const [first] = furniture;
		if (!first || article.markdown) return;
		const [parts, hold] =
			furniture.length === 1 ? ['A part of the page is', 'it holds'] : ['Parts of the page are', 'they hold'];
		const problems = `${counted(unreported, 'problem')} that ${unreported === 1 ? 'is' : 'are'} not reported`;
		report({
			span: startOf(first, article),
			message: `${parts} left in this article: ${furnitureKinds(furniture)}${unreported > 0 ? `; ${hold} ${problems}` : ''}`,
			...(furniture.every(({ kind }) => kind === 'byline') ? { advice: BYLINES } : {}),
			related: furniture
				.slice(0, MOST_RELATED)
				.map(region => ({ span: startOf(region, article), message: capital(describeRegion(region)) })),
		});
	},
};

/** The start tag of a region; all of it if it has none. */
function startOf({ first, span: whole }: Region, { nodes }: RuleContext['article']): Span {
	const node = nodes[first];
	return node && node.startTagEnd > node.start ? span(node.start, node.startTagEnd) : whole;
}
