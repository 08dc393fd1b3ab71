import type { Rule } from '../rule.ts';

/** Reports an article whose body is Markdown instead of HTML. */
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
