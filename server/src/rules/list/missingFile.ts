import type { ListRule } from '../rule.ts';
import { show } from '../write.ts';
import { removeEntry } from './entry.ts';

/** An entry that leads to a file that is not there. */
export const missingFile: ListRule = {
	id: 'list/missing-file',
	severity: 'error',
	check({ list, fileOf }, report) {
		for (const entry of list.entries) {
			if (fileOf(entry)?.exists !== false) continue;
			report({
				span: entry.url.span,
				message: `There is no file ${show(entry.url.value)} in the archive`,
				// What is lost may be found again: nobody wants it out of the list without being asked.
				fixes: () => [{ title: 'Remove the entry', preferred: false, edits: [removeEntry(list, entry)] }],
			});
		}
	},
};
