import { labelOf } from '../../article/label.ts';
import type { Node } from '../../article/node.ts';
import { startsWithHttp } from '../../links/resolve.ts';
import { normalUri } from '../../util/uri.ts';
import { isNow, mayHaveLost, movedFixes, relatedFiles } from '../moved.ts';
import type { Rule } from '../rule.ts';
import { literalScheme } from '../urlDamage.ts';
import { outsideMessage, show, writeAttribute } from '../write.ts';
import { oddLinks } from './queries.ts';

/** Reports links whose URL names a missing file in an existing folder or one that was moved, or a file outside the archive. */
export const linkMissingFile: Rule = {
	id: 'link/missing-file',
	severity: 'error',
	check({ article, localFile, movedTo }, report) {
		const { text, nodes } = article;
		for (const { href, node } of oddLinks(article)) {
			if (!href || startsWithHttp(href.value) || literalScheme(href.value) !== undefined) continue;
			const { span, value } = href;
			const file = localFile(value);
			if (!file || file.exists) continue;
			if (file.outside && (file.meant || !namesFolder(value))) report({ span, message: outsideMessage(value) });
			if (!mayHaveLost(value, file)) continue;
			const moved = movedTo?.(value, { uri: normalUri(file.uri), words: labelOf(nodes, node) }) ?? [];
			// The URL may still be that of a page.
			if (!file.meant && (!moved[0] || moved[0].vague)) continue;
			report({
				span,
				message: `The file ${show(value)} does not exist in the archive${isNow(moved)}`,
				...relatedFiles(moved),
				fixes: () => movedFixes(moved, address => writeAttribute(text, nodes[node] as Node, 'href', address)),
			});
		}
	},
};

/** Whether a URL ends like a folder. URLs of pages may, those of files never do. */
function namesFolder(value: string): boolean {
	return /(?:^|\/)\.{0,2}$/.test(value.trim().split(/[?#]/, 1)[0] ?? '');
}
