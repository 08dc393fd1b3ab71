import { DEFAULT_POLICY, type Policy } from '../archive/policy.ts';
import { compareText } from '../util/order.ts';
import { withoutConsequences } from './consequences.ts';
import { withoutFurniture } from './furniture.ts';
import { listRules, rules, summaryRules } from './index.ts';
import type { Finding, ListContext, Rule, RuleContext, Severity } from './rule.ts';
import { destinations, subjects } from './subject.ts';

/** A finding, with its rule and severity. */
export interface Problem extends Finding {
	readonly rule: { readonly id: Rule['id'] };
	readonly severity: Severity;
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, information: 2, hint: 3 };

/**
 * Returns the problems of an article in document order, minus those that the archive's configuration ignores and those of the page
 * around the article.
 */
export function checkArticle(context: RuleContext, policy: Policy = DEFAULT_POLICY): readonly Problem[] {
	const { article } = context;
	const found = withoutIgnored(withoutConsequences(run(rules, context, policy), article), context, policy);
	const { reported, unreported } = withoutFurniture(found, article);
	const summary = withoutConsequences(run(summaryRules, { ...context, unreported }, policy), article);
	return summary.length === 0 ? reported : [...reported, ...summary].sort(byPlace);
}

/** Removes problems with URLs that the archive's configuration ignores. */
function withoutIgnored(
	problems: readonly Problem[],
	{ article, resolve }: RuleContext,
	policy: Policy,
): readonly Problem[] {
	if (!policy.ignoresAddresses) return problems;
	const addresses = subjects(article, problems);
	return problems.filter(problem => {
		const address = addresses.get(problem);
		return address === undefined || !policy.ignoresAddress(address, destinations(resolve, address));
	});
}

/** Returns the problems of a list in document order, minus those that the archive's configuration ignores. */
export function checkList(context: ListContext, policy: Policy = DEFAULT_POLICY): readonly Problem[] {
	return withoutConsequences(run(listRules, context, policy), context.list);
}

function run<Context>(all: readonly Rule<Context>[], context: Context, policy: Policy): readonly Problem[] {
	const problems: Problem[] = [];
	for (const rule of all) {
		const severity = policy.level(rule.id) ?? rule.severity;
		if (severity === 'off') continue;
		rule.check(context, finding => problems.push({ ...finding, rule, severity }));
	}
	return problems.sort(byPlace);
}

/** Returns the `limit` most severe problems, most severe first, and in document order within a severity. */
export function worst(problems: readonly Problem[], limit: number): readonly Problem[] {
	return problems.toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || byPlace(a, b)).slice(0, limit);
}

function byPlace(a: Problem, b: Problem): number {
	return a.span.start - b.span.start || a.span.end - b.span.end || compareText(a.rule.id, b.rule.id);
}
