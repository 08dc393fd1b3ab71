import { evidence } from '../../links/network/words.ts';
import { judged, waybackFix } from '../judged.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';

/** Reports links to pages that no longer exist, according to the last network check. */
export const linkBroken: Rule = {
	id: 'link/broken',
	severity: 'warning',
	check(context, report) {
		for (const link of judged(context, 'link')) {
			if (link.verdict.kind !== 'broken') continue;
			report({
				span: link.span,
				message: `The page ${show(link.url.href)} is gone: ${evidence(link.verdict)}`,
				fixes: () => waybackFix(context, link, 'link'),
			});
		}
	},
};
