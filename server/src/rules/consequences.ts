import type { Conflict } from '../article/conflict.ts';
import { overlaps, type Span } from '../article/span.ts';
import { firstIndex } from '../util/order.ts';
import type { Finding, Rule } from './rule.ts';

interface Found extends Finding {
	readonly rule: { readonly id: Rule['id'] };
}

/** The parts of a document that can cause misleading findings. */
interface Whole {
	readonly conflicts: readonly Conflict[];
	/** The place where Markdown was detected; absent in lists. */
	readonly markdown?: Span | undefined;
	readonly body?: { readonly span: Span };
}

/** Matches the rules about HTML. */
export const OF_HTML = /^(?:figure|html|image|link|text)\//;

/** Rules that relate distant places: the tags of the two sides of a conflict look unclosed or duplicated. */
const ACROSS: ReadonlySet<string> = new Set(['html/syntax', 'link/nested']);

/** Removes findings that are only consequences of a merge conflict, or of a Markdown body that is parsed as HTML. */
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

/** Whether a span overlaps a conflict. The conflicts are in document order and do not overlap. */
function touches(conflicts: readonly Conflict[], place: Span): boolean {
	const from = firstIndex(conflicts.length, index => (conflicts[index]?.span.end ?? 0) >= place.start);
	return conflicts.slice(from, from + 2).some(conflict => overlaps(conflict.span, place));
}
