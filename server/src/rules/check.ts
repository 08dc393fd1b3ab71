import { rules } from './index.ts';
import type { Finding, Rule, RuleContext, Severity } from './rule.ts';

/** A finding with the rule that made it. */
export interface Problem extends Finding {
	readonly rule: Rule;
	readonly severity: Severity;
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, information: 2, hint: 3 };

/** All that the rules find in an article, in the order of the text. */
export function checkArticle(context: RuleContext): readonly Problem[] {
	const problems: Problem[] = [];
	for (const rule of rules) {
		rule.check(context, finding => problems.push({ ...finding, rule, severity: rule.severity }));
	}
	return problems.sort(byPlace);
}

/** The `limit` worst problems, worst first, those alike in the order of the text. */
export function worst(problems: readonly Problem[], limit: number): readonly Problem[] {
	return problems.toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || byPlace(a, b)).slice(0, limit);
}

function byPlace(a: Problem, b: Problem): number {
	return (
		a.span.start - b.span.start ||
		a.span.end - b.span.end ||
		(a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0)
	);
}
