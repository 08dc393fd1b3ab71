import { writtenAddress } from '../address.ts';
import { type Judged, judged, replaceAddress } from '../judged.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';

/** A link to a page that says that it has another address for good, as the last check over the network found. */
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

/** Where a page has moved to, with the place in it that is meant; `undefined` where it has not. */
function newAddress({ url, verdict }: Judged): string | undefined {
	if (verdict.kind !== 'moved') return undefined;
	const to = new URL(verdict.to);
	if (to.hash === '') to.hash = url.hash;
	return writtenAddress(to);
}
