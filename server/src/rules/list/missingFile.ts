import type { ListRule } from '../rule.ts';
import { outsideMessage, show } from '../write.ts';
import { removeEntry } from './entry.ts';

/** Reports entries that link to a file that does not exist or is outside the archive. */
export const listMissingFile: ListRule = {
	id: 'list/missing-file',
	severity: 'error',
	check({ list, fileOf }, report) {
		for (const entry of list.entries) {
			const file = fileOf(entry);
			if (!file || file.exists) continue;
			const { value } = entry.url;
			report({
				span: entry.url.span,
				message: file.outside ? outsideMessage(value) : `The file ${show(value)} does not exist in the archive`,
				// The file may be found again, so Fix All must not remove its entry.
				fixes: () => [{ title: 'Remove the entry', preferred: false, edits: [removeEntry(list, entry)] }],
			});
		}
	},
};
