import { holdsSeveral } from '../../article/imageAddress.ts';
import type { Node } from '../../article/node.ts';
import { normalUri } from '../../util/uri.ts';
import { isNow, movedFixes, relatedFiles } from '../moved.ts';
import type { Rule } from '../rule.ts';
import { isSound, literalScheme } from '../urlDamage.ts';
import { outsideMessage, show, writeAttribute } from '../write.ts';

/** Reports images whose URL names a missing file in an existing folder, or a file outside the archive. */
export const imageMissingFile: Rule = {
	id: 'image/missing-file',
	severity: 'error',
	check({ article, localFile, movedTo }, report) {
		const { text, nodes } = article;
		for (const { source } of article.images) {
			if (!source || isSound(source.value) || literalScheme(source.value) !== undefined) continue;
			const { span, value, node, attribute } = source;
			const file = localFile(value);
			if (!file || file.exists || !(file.meant || file.outside)) continue;
			if (file.outside) {
				report({ span, message: outsideMessage(value) });
				continue;
			}
			// A srcset contains other URLs too.
			const moved = holdsSeveral(attribute) ? [] : (movedTo?.(value, { uri: normalUri(file.uri) }) ?? []);
			report({
				span,
				message: `The file ${show(value)} does not exist in the archive${isNow(moved)}`,
				...relatedFiles(moved),
				fixes: () => movedFixes(moved, address => writeAttribute(text, nodes[node] as Node, attribute, address)),
			});
		}
	},
};
