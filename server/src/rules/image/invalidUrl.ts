import { holdsSeveral } from '../../article/imageAddress.ts';
import type { Node } from '../../article/node.ts';
import { isScript } from '../html/unsafe.ts';
import type { Rule } from '../rule.ts';
import { findDamage, invalidMessage, isSound, literalScheme } from '../urlDamage.ts';
import { isByVisitors } from '../visitors.ts';
import { show, writeAttribute } from '../write.ts';

/** Reports images whose URL is invalid, obviously mistyped, or works only on one computer. */
export const imageInvalidUrl: Rule = {
	id: 'image/invalid-url',
	severity: 'error',
	check({ article, resolve, localFile }, report) {
		for (const { source } of article.images) {
			if (!source || isSound(source.value)) continue;
			const { value, attribute, node } = source;
			const damage = findDamage(value);
			const meant = damage?.meant;
			const message = damage
				? invalidMessage(value, meant)
				: faultOf(value, resolve(value).kind === 'invalid', localFile(value)?.outside === true);
			if (message === undefined || isScript(value)) continue;
			report({
				span: source.span,
				message,
				fixes: () =>
					// A srcset contains other URLs too.
					meant === undefined || holdsSeveral(attribute)
						? []
						: [
								{
									title: `Change the URL to ${show(meant)}`,
									preferred: !isByVisitors(article.nodes, node),
									edits: writeAttribute(article.text, article.nodes[node] as Node, attribute, meant),
								},
							],
			});
		}
	},
};

function faultOf(value: string, invalid: boolean, outside: boolean): string | undefined {
	const scheme = literalScheme(value);
	if (scheme === undefined || scheme === 'http' || scheme === 'https')
		return invalid ? invalidMessage(value) : undefined;
	if (scheme === 'data' || scheme === 'ftp') return undefined;
	return `The URL ${show(value)} ${outside ? 'points outside the archive, and ' : ''}works only on its author's computer`;
}
