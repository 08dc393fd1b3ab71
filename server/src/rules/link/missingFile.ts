import { literalScheme, startsWithHttp } from '../address.ts';
import type { Rule } from '../rule.ts';
import { leadsOutside, show } from '../write.ts';

/** A link whose address names a file of the archive that is not there, in a folder that is; or one outside the archive. */
export const linkMissingFile: Rule = {
	id: 'link/missing-file',
	severity: 'error',
	check({ article, localFile }, report) {
		for (const { href } of article.links) {
			if (!href || startsWithHttp(href.value) || literalScheme(href.value) !== undefined) continue;
			const file = localFile(href.value);
			if (!file || file.exists || !(file.meant || (file.outside && !namesFolder(href.value)))) continue;
			const message = file.outside
				? leadsOutside(href.value)
				: `The file ${show(href.value)} does not exist in the archive`;
			report({ span: href.span, message });
		}
	},
};

/** Whether an address ends like that of a folder, as those of pages do and those of files never. */
function namesFolder(value: string): boolean {
	return /(?:^|\/)\.{0,2}$/.test(value.trim().split(/[?#]/, 1)[0] ?? '');
}
