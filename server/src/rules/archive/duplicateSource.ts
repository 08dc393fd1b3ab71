import { span } from '../../article/span.ts';
import type { Rule } from '../rule.ts';

/** The maximum number of copies listed in a finding. */
const MOST = 10;

/** Reports an article if the archive contains another copy of the same page. */
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
