import { schemeOf, startsWithHttp } from '../address.ts';
import type { Rule } from '../rule.ts';
import { show } from '../write.ts';

/** A link whose address names a file of the archive that is not there, in a folder that is. */
export const missingFile: Rule = {
	id: 'link/missing-file',
	severity: 'error',
	check({ article, localFile }, report) {
		for (const { href } of article.links) {
			if (!href || startsWithHttp(href.value) || schemeOf(href.value) !== undefined) continue;
			const file = localFile(href.value);
			if (!file || file.exists || !file.meant) continue;
			report({ span: href.span, message: `There is no file ${show(href.value)} in the archive` });
		}
	},
};
