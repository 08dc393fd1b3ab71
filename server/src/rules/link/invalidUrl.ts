import type { Node } from '../../article/node.ts';
import type { Rule } from '../rule.ts';
import { findDamage, invalidMessage, isSound, literalScheme } from '../urlDamage.ts';
import { isByVisitors } from '../visitors.ts';
import { show, writeAttribute } from '../write.ts';
import { oddLinks } from './queries.ts';

/** Reports links whose URL is invalid or obviously mistyped. */
export const linkInvalidUrl: Rule = {
	id: 'link/invalid-url',
	severity: 'error',
	check({ article, resolve }, report) {
		for (const { node, href } of oddLinks(article)) {
			if (!href || isSound(href.value)) continue;
			const damage = findDamage(href.value);
			// Every relative path is valid.
			if (!damage && /^\/?[\w.~%?#-]/.test(href.value) && literalScheme(href.value) === undefined) continue;
			if (!damage && resolve(href.value).kind !== 'invalid') continue;
			const meant = damage?.meant;
			report({
				span: href.span,
				message: invalidMessage(href.value, meant),
				fixes: () =>
					meant === undefined
						? []
						: [
								{
									title: `Change the URL to ${show(meant)}`,
									preferred: !isByVisitors(article.nodes, node),
									edits: writeAttribute(article.text, article.nodes[node] as Node, 'href', meant),
								},
							],
			});
		}
	},
};
