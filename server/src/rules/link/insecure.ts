import { span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';
import { findDamage, isSound } from '../urlDamage.ts';
import { show } from '../write.ts';
import { oddLinks } from './queries.ts';

/** Reports links that use `http`. */
export const linkInsecure: Rule = {
	id: 'link/insecure',
	severity: 'hint',
	check({ article, resolve }, report) {
		for (const { href } of oddLinks(article)) {
			if (href?.value.startsWith('https:')) continue;
			const host = href && /^[\0- ]*http:\/\/([^/?#\\]+)/i.exec(href.value)?.[1];
			if (!href || !host || isPrivate(host)) continue;
			if (!isSound(href.value) && (findDamage(href.value) || resolve(href.value).kind !== 'url')) continue;
			const written = article.text.slice(href.span.start, href.span.end);
			const colon = /^\s*http(?=:)/i.exec(written);
			report({
				span: href.span,
				message: `The URL ${show(href.value)} uses http, which is not encrypted`,
				fixes: () => {
					if (!colon) return [];
					const place = span(href.span.start + colon[0].length, href.span.start + colon[0].length);
					return [{ title: 'Change http to https', preferred: false, edits: [{ span: place, newText: 's' }] }];
				},
			});
		}
	},
};

/** Whether a host does not need https: an onion service, or a local or private host. */
function isPrivate(host: string): boolean {
	return /(?:^|\.)(?:onion|localhost)(?::\d+)?$|^(?:127\.|10\.|192\.168\.|\[::1\])/i.test(host);
}
