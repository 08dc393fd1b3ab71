import { type Judged, judged, replaceAddress } from '../judged.ts';
import type { Rule } from '../rule.ts';
import { writtenAddress } from '../urlDamage.ts';
import { show } from '../write.ts';

/** Reports links to pages that have permanently moved, according to the last network check. */
export const linkMoved: Rule = {
	id: 'link/moved',
	severity: 'hint',
	check(context, report) {
		for (const link of judged(context, 'link')) {
			const to = newAddress(link);
			if (to === undefined) continue;
			report({
				span: link.span,
				message: `The page ${show(link.url.href)} has moved to ${show(to)}`,
				fixes: () => replaceAddress(context.article.text, link.node, link.attribute, to),
			});
		}
	},
};

/** Returns the new URL of a page, with the fragment of the link; `undefined` if it has not moved. */
function newAddress({ url, verdict }: Judged): string | undefined {
	if (verdict.kind !== 'moved') return undefined;
	const to = new URL(verdict.to);
	if (to.hash === '') to.hash = url.hash;
	return writtenAddress(to);
}
