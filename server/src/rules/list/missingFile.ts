import type { EntryFile } from '../../archive/entryFiles.ts';
import type { Moved } from '../../archive/movedTo.ts';
import type { Entry } from '../../article/list.ts';
import { folderOf } from '../../util/uri.ts';
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
		const lost = list.entries.flatMap(entry => {
			const file = fileOf(entry);
			return file && !file.exists ? [{ entry, file, moved: file.outside ? [] : movedOf(context, entry, file) }] : [];
		});
		const folders = movedFolders(lost);
		for (const { entry, file, moved } of lost) {
			const { span, value } = entry.url;
			const [first = folders.get(keyOf(entry, file.uri))] = moved;
			const isListed = first !== undefined && listed.has(first.uri);
			// Of several entries for one file, the first is kept.
			if (first?.certain) listed.add(first.uri);
			const now = moved.length === 0 && first ? [first] : moved;
			const where = isListed ? `; the list already contains ${show(first.path)}` : isNow(now);
			report({
				span,
				message: file.outside ? outsideMessage(value) : `The file ${show(value)} does not exist in the archive${where}`,
				...relatedFiles(moved),
				// The file may be found again, so Fix All must not remove its entry.
				fixes: () => [
					...(isListed ? [] : movedFixes(now, address => [{ span, newText: address }])),
					{ title: 'Remove the entry', preferred: false, edits: [removeEntry(list, entry)] },
				],
			});
		}
	},
};

function movedOf({ movedTo }: ListContext, { url, title, date }: Entry, { uri }: EntryFile): readonly Moved[] {
	return movedTo?.(url.value, { uri, title: title.value, day: date?.value }) ?? [];
}

/** The key of a folder: its URI, and whether it is written from the root. */
function keyOf({ url }: Entry, folder: string): string {
	return `${url.value.trim().startsWith('/')} ${folder}`;
}

/** Returns where folders are now, by their key: those whose files are certain to have all been moved to one folder. */
function movedFolders(
	lost: readonly { readonly entry: Entry; readonly file: EntryFile; readonly moved: readonly Moved[] }[],
): ReadonlyMap<string, Moved | undefined> {
	const folders = new Map<string, Moved | undefined>();
	for (const { entry, file, moved } of lost) {
		const [first] = moved;
		if (!first?.certain) continue;
		const [old, now] = [keyOf(entry, folderOf(file.uri)), { ...first, ...folderWith(first) }];
		folders.set(old, !folders.has(old) || folders.get(old)?.uri === now.uri ? now : undefined);
	}
	return folders;
}

function folderWith({ uri, path, address }: Moved): Pick<Moved, 'uri' | 'path' | 'address'> {
	const above = (name: string): string => name.replace(/\/[^/]*$/, '');
	return { uri: folderOf(uri), path: above(path), address: above(address) };
}
