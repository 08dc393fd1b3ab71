import type { Entry } from '../../article/list.ts';
import type { ListRule } from '../rule.ts';
import { show } from '../write.ts';
import { removeEntry } from './entry.ts';

/** Reports entries that link to the same file as an earlier entry. */
export const listDuplicate: ListRule = {
	id: 'list/duplicate',
	severity: 'warning',
	check({ list, fileOf }, report) {
		const seen = new Map<string, Entry>();
		for (const entry of list.entries) {
			const key = fileOf(entry)?.uri ?? entry.url.value;
			const first = seen.get(key);
			if (!first) {
				seen.set(key, entry);
				continue;
			}
			report({
				span: entry.span,
				message: `Duplicate entry: the list already contains ${show(entry.url.value)}`,
				related: [{ span: first.span, message: 'The first entry' }],
				tag: 'unnecessary',
				fixes: () => [
					{
						title: 'Remove the entry',
						preferred: entry.title.value === first.title.value && entry.date?.value === first.date?.value,
						edits: [removeEntry(list, entry)],
					},
				],
			});
		}
	},
};
