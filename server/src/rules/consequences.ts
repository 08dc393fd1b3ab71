import type { Conflict } from '../article/conflict.ts';
import { overlaps, type Span } from '../article/span.ts';
import { firstIndex } from '../util/order.ts';
import type { Finding, Rule } from './rule.ts';

/** A finding with its rule. */
interface Found extends Finding {
	readonly rule: { readonly id: Rule['id'] };
}

/** What is known of a text as a whole. */
interface Whole {
	readonly conflicts: readonly Conflict[];
	/** Absent in lists. */
	readonly markdown?: Span | undefined;
	readonly body?: { readonly span: Span };
}

/** Families whose rules are about HTML. */
const OF_HTML = /^(?:figure|html|image|link|text)\//;

/** Rules that compare places far apart: tags of either side of a conflict seem to be unclosed, or to be there twice. */
const ACROSS: ReadonlySet<string> = new Set(['html/syntax', 'link/nested']);

/** Findings without those that only say what a conflict of a merge, or a body of Markdown, makes of a text that is taken for HTML. */
export function withoutConsequences<T extends Found>(problems: readonly T[], whole: Whole): readonly T[] {
	const { conflicts, markdown, body } = whole;
	if (conflicts.length === 0 && !markdown) return problems;
	return problems.filter(({ rule, span, related = [], sidecar }) => {
		if (rule.id === 'article/conflict' || sidecar) return true;
		if (markdown && body && OF_HTML.test(rule.id) && span.start >= body.span.start) return false;
		if (conflicts.length === 0) return true;
		const places = [span, ...related.filter(({ uri }) => uri === undefined).map(place => place.span)];
		return !ACROSS.has(rule.id) && !places.some(place => touches(conflicts, place));
	});
}

/** Whether a place is in one of some conflicts, which are in the order of the text and apart. */
function touches(conflicts: readonly Conflict[], place: Span): boolean {
	const from = firstIndex(conflicts.length, index => (conflicts[index]?.span.end ?? 0) >= place.start);
	return conflicts.slice(from, from + 2).some(conflict => overlaps(conflict.span, place));
}
