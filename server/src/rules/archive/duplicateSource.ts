import { span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';

/** Copies that one finding tells of. */
const MOST = 10;

/** An article that was taken from a page of which the archive has another copy. */
export const archiveDuplicateSource: Rule = {
	id: 'archive/duplicate-source',
	severity: 'warning',
	check({ article, copies }, report) {
		const [first, ...others] = copies;
		if (!article.source || first === undefined) return;
		const more = others.length > 0 ? ` and ${others.length} more` : '';
		report({
			span: article.source.span,
			message: `The archive contains another copy of this page: ${first.path}${more}`,
			related: copies.slice(0, MOST).map(({ uri, path }) => ({ uri, message: path, span: span(0, 0) })),
		});
	},
};
