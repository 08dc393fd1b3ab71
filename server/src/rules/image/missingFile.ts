import { isSound, literalScheme } from '../address.ts';
import type { Rule } from '../rule.ts';
import { leadsOutside, show } from '../write.ts';

/** An image whose address names a file beside the article that is not there, in a folder that is; or one outside the archive. */
export const imageMissingFile: Rule = {
	id: 'image/missing-file',
	severity: 'error',
	check({ article, localFile }, report) {
		for (const { source } of article.images) {
			if (!source || isSound(source.value) || literalScheme(source.value) !== undefined) continue;
			const file = localFile(source.value);
			if (!file || file.exists || !(file.meant || file.outside)) continue;
			const message = file.outside
				? leadsOutside(source.value)
				: `The file ${show(source.value)} does not exist in the archive`;
			report({ span: source.span, message });
		}
	},
};
