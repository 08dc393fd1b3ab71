import { onOneLine } from '../../util/text.ts';
import type { ListRule } from '../rule.ts';
import { show } from '../write.ts';

/** Reports entries whose title differs from that of the article. */
export const listTitleMismatch: ListRule = {
	id: 'list/title-mismatch',
	severity: 'hint',
	check({ list, fileOf }, report) {
		for (const entry of list.entries) {
			const title = onOneLine(fileOf(entry)?.title ?? '');
			if (title === '' || title === onOneLine(entry.title.value)) continue;
			report({
				span: entry.title.span,
				message: `The title differs from the title of the article: ${show(title)}`,
				fixes: () => [
					{
						title: `Change the title to ${show(title)}`,
						preferred: true,
						edits: [{ span: entry.title.span, newText: title }],
					},
				],
			});
		}
	},
};
