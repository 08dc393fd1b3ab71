import type { Node } from '../../article/node.ts';
import { encodeFragment } from '../../links/resolve.ts';
import type { Rule } from '../rule.ts';
import { show, writeAttribute } from '../write.ts';
import { oddLinks } from './queries.ts';

/** Reports links to a fragment of this article that does not exist. */
export const linkFragment: Rule = {
	id: 'link/fragment',
	severity: 'warning',
	check({ article, resolve }, report) {
		let alike: Map<string, string> | undefined;
		for (const { node, href } of oddLinks(article)) {
			if (!href || !/^[\0- ]*#/.test(href.value)) continue;
			const resolution = resolve(href.value);
			if (resolution.kind !== 'fragment') continue;
			const { id } = resolution;
			const raw = href.value.slice(href.value.indexOf('#') + 1).trimEnd();
			if (id === '' || id.toLowerCase() === 'top' || article.ids.has(id) || article.ids.has(raw)) continue;
			report({
				span: href.span,
				message: `No element in the article has the id ${show(id)}`,
				fixes: () => {
					alike ??= new Map([...article.ids.keys()].map(key => [plain(key), key]));
					const meant = alike.get(plain(id));
					if (meant === undefined) return [];
					const edits = writeAttribute(article.text, article.nodes[node] as Node, 'href', `#${encodeFragment(meant)}`);
					return [{ title: `Change the URL to #${show(meant)}`, preferred: true, edits }];
				},
			});
		}
	},
};

/** Normalises an id: removes differences that sites and programs introduce, in case, dashes and prefix. */
function plain(id: string): string {
	return id
		.toLowerCase()
		.replace(/^user-content-/, '')
		.replace(/[\s_-]+/g, '-');
}
