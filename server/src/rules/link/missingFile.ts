import type { Rule } from '../rule.ts';
import { literalScheme, startsWithHttp } from '../urlDamage.ts';
import { outsideMessage, show } from '../write.ts';

/** Reports links whose URL names a missing file in an existing folder, or a file outside the archive. */
export const linkMissingFile: Rule = {
	id: 'link/missing-file',
	severity: 'error',
	check({ article, localFile }, report) {
		for (const { href } of article.links) {
			if (!href || startsWithHttp(href.value) || literalScheme(href.value) !== undefined) continue;
			const file = localFile(href.value);
			if (!file || file.exists || !(file.meant || (file.outside && !namesFolder(href.value)))) continue;
			const message = file.outside
				? outsideMessage(href.value)
				: `The file ${show(href.value)} does not exist in the archive`;
			report({ span: href.span, message });
		}
	},
};

/** Whether a URL ends like a folder. URLs of pages may, those of files never do. */
function namesFolder(value: string): boolean {
	return /(?:^|\/)\.{0,2}$/.test(value.trim().split(/[?#]/, 1)[0] ?? '');
}
