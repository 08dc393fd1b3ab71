import type { Article } from '../article/article.ts';
import type { Region } from '../article/regions/region.ts';
import { OF_HTML } from './consequences.ts';
import type { Finding, Rule } from './rule.ts';

interface Found extends Finding {
	readonly rule: { readonly id: Rule['id'] };
}

/** Problems of an article, apart from those of the page around it. */
export interface Apart<T> {
	readonly reported: readonly T[];
	/** The number of problems that are not reported. */
	readonly unreported: number;
}

/**
 * Leaves out problems of the page around an article. A problem is where its span starts.
 *
 * @param problems in document order
 */
export function withoutFurniture<T extends Found>(
	problems: readonly T[],
	{ regions }: Pick<Article, 'regions'>,
): Apart<T> {
	if (regions.furniture.length === 0 || problems.length === 0) return { reported: problems, unreported: 0 };
	const furniture = regions.furniture.toSorted((a, b) => a.span.start - b.span.start);
	let next = 0;
	let around: Region | undefined;
	const reported = problems.filter(({ rule, span }) => {
		for (let region = furniture[next]; region && region.span.start <= span.start; region = furniture[++next])
			around = region;
		return !around || span.start >= around.span.end || speaksIn(around, rule.id);
	});
	return { reported, unreported: problems.length - reported.length };
}

/** Whether problems of a rule are reported in furniture: what is unsafe, and the markup that names the author and the day. */
function speaksIn({ kind }: Region, rule: string): boolean {
	return !OF_HTML.test(rule) || rule === 'html/unsafe' || (kind === 'byline' && rule.startsWith('html/'));
}
