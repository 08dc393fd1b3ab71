import type { Rule } from '../rule.ts';

/** A body that is Markdown, where an article's is HTML. */
export const articleMarkdown: Rule = {
	id: 'article/markdown',
	severity: 'warning',
	check({ article: { markdown: sign } }, report) {
		if (!sign) return;
		report({
			span: sign,
			message: 'The body is Markdown, not HTML, so it is neither formatted nor checked',
		});
	},
};
