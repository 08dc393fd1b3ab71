import type { Node } from '../../article/node.ts';
import { namesMachine } from '../../links/localUri.ts';
import { isEmailProtection } from '../../links/protectedEmail.ts';
import { startsWithHttp } from '../../links/resolve.ts';
import type { Rule } from '../rule.ts';
import { findDamage, literalScheme, writtenAddress } from '../urlDamage.ts';
import { show, writeAttribute } from '../write.ts';
import { oddLinks } from './queries.ts';

/** Reports links with a relative URL, which needs the source of the article to resolve. */
export const linkRelative: Rule = {
	id: 'link/relative',
	severity: 'hint',
	check({ article, resolve, localFile }, report) {
		for (const { node, href } of oddLinks(article)) {
			if (!href || startsWithHttp(href.value) || !/^[\0- ]*(?!\/\/)[^\0- #]/.test(href.value)) continue;
			if (!href.value.startsWith('/') && (literalScheme(href.value) !== undefined || findDamage(href.value))) continue;
			// Relative URLs cannot be resolved without a valid source, which header/source reports.
			if (resolve('.').kind !== 'url') return;
			// link/email reports these.
			if (isEmailProtection(href.value)) continue;
			// The URL names a file.
			if (localFile(href.value)?.meant || namesMachine(href.value)) continue;
			report({
				span: href.span,
				message: `The URL ${show(href.value)} is relative to the source of the article`,
				fixes: () => {
					const resolution = resolve(href.value);
					if (resolution.kind !== 'url') return [];
					const address = writtenAddress(resolution.url);
					return [
						{
							title: `Change the URL to ${show(address)}`,
							// Relative URLs are not wrong, so they must not all be rewritten on save.
							preferred: false,
							edits: writeAttribute(article.text, article.nodes[node] as Node, 'href', address),
						},
					];
				},
			});
		}
	},
};
