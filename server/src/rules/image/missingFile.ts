import type { Rule } from '../rule.ts';
import { isSound, literalScheme } from '../urlDamage.ts';
import { outsideMessage, show } from '../write.ts';

/** Reports images whose URL names a missing file in an existing folder, or a file outside the archive. */
export const imageMissingFile: Rule = {
	id: 'image/missing-file',
	severity: 'error',
	check({ article, localFile }, report) {
		for (const { source } of article.images) {
			if (!source || isSound(source.value) || literalScheme(source.value) !== undefined) continue;
			const file = localFile(source.value);
			if (!file || file.exists || !(file.meant || file.outside)) continue;
			const message = file.outside
				? outsideMessage(source.value)
				: `The file ${show(source.value)} does not exist in the archive`;
			report({ span: source.span, message });
		}
	},
};
