import type { EntryFile } from '../../archive/entryFiles.ts';
import type { Moved } from '../../archive/movedTo.ts';
import type { Entry } from '../../article/list.ts';
import { isNow, movedFixes, relatedFiles } from '../moved.ts';
import type { ListContext, ListRule } from '../rule.ts';
import { outsideMessage, show } from '../write.ts';
import { removeEntry } from './entry.ts';

/** Reports entries that link to a file that does not exist or is outside the archive. */
export const listMissingFile: ListRule = {
	id: 'list/missing-file',
	severity: 'error',
	check(context, report) {
		const { list, fileOf } = context;
		const listed = new Set(list.entries.map(entry => fileOf(entry)).flatMap(file => (file?.exists ? file.uri : [])));
		for (const entry of list.entries) {
			const file = fileOf(entry);
			if (!file || file.exists) continue;
			const { span, value } = entry.url;
			const moved = file.outside ? [] : movedOf(context, entry, file);
			const [first] = moved;
			const isListed = first !== undefined && listed.has(first.uri);
			// Of several entries for one file, the first is kept.
			if (first?.certain) listed.add(first.uri);
			const where = isListed ? `; the list already contains ${show(first.path)}` : isNow(moved);
			report({
				span,
				message: file.outside ? outsideMessage(value) : `The file ${show(value)} does not exist in the archive${where}`,
				...relatedFiles(moved),
				// The file may be found again, so Fix All must not remove its entry.
				fixes: () => [
					...(isListed ? [] : movedFixes(moved, address => [{ span, newText: address }])),
					{ title: 'Remove the entry', preferred: false, edits: [removeEntry(list, entry)] },
				],
			});
		}
	},
};

function movedOf({ movedTo }: ListContext, { url, title, date }: Entry, { uri }: EntryFile): readonly Moved[] {
	return movedTo?.(url.value, { uri, title: title.value, day: date?.value }) ?? [];
}
