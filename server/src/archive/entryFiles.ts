import type { Entry, List } from '../article/list.ts';
import { findArchiveRoot, resolveEntry } from '../links/archiveRoot.ts';
import type { FileSystem } from '../platform.ts';
import { createLimiter } from '../util/limiter.ts';
import { normalUri } from '../util/uri.ts';
import type { IndexEntry } from './entry.ts';
import { readHead } from './head.ts';

/** The file or folder that an entry of a list refers to. */
export interface EntryFile {
	readonly uri: string;
	readonly exists: boolean;
	/** Set for a file outside the archive, which is not looked up. */
	readonly outside?: true;
	/** The title of the article; `undefined` if the file is not an article, or has no title. */
	readonly title: string | undefined;
}

/** How many entries are looked up at once. */
const AT_ONCE = 32;

/**
 * Looks up the files that the entries of a list refer to; none for a list that is not in an archive.
 *
 * @param indexed returns the index entry of a file, which is then not read
 */
export async function lookUpEntryFiles(
	uri: string,
	{ entries }: List,
	files: FileSystem,
	indexed: (uri: string) => IndexEntry | undefined,
): Promise<(entry: Entry) => EntryFile | undefined> {
	const root = await findArchiveRoot(uri, files);
	if (root === undefined) return () => undefined;
	const found = new Map<string, EntryFile>();
	const targetOf = ({ url }: Entry): string | undefined => {
		const target = resolveEntry(uri, root, url.value);
		return target === undefined || /^https?:/.test(target) ? undefined : normalUri(target);
	};
	const targets = [...new Set(entries.map(targetOf))].filter(target => target !== undefined);
	const look = async (target: string): Promise<void> => {
		const known = indexed(target);
		const stat = known ? undefined : await files.stat(target);
		const title = known
			? known.title?.value
			: stat?.type === 'file'
				? (await readHead(target, files))?.title
				: undefined;
		const isOutside = stat?.type === 'outside';
		found.set(target, {
			uri: target,
			exists: known !== undefined || (stat !== undefined && !isOutside),
			title,
			...(isOutside ? { outside: true } : {}),
		});
	};
	const limiter = createLimiter(AT_ONCE);
	await Promise.all(targets.map(target => limiter.run(() => look(target))));
	return entry => found.get(targetOf(entry) ?? '');
}
