import type { ListRule } from '../rule.ts';
import { leadsOutside, show } from '../write.ts';
import { removeEntry } from './entry.ts';

/** An entry that leads to a file that is not there, or outside the archive. */
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
				message: file.outside ? leadsOutside(value) : `The file ${show(value)} does not exist in the archive`,
				// What is lost may be found again: nobody wants it out of the list without being asked.
				fixes: () => [{ title: 'Remove the entry', preferred: false, edits: [removeEntry(list, entry)] }],
			});
		}
	},
};
