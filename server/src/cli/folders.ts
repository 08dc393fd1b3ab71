import { fileURLToPath } from 'node:url';
import { readEntries } from '../node/fileName.ts';
import type { FileSystem } from '../platform.ts';
import { decodePercent } from '../util/uri.ts';

/**
 * The same files for one run, which asks for many that are not there: notes beside articles, configurations, pages that are no
 * files. Each folder is read once, and then tells what it does not hold. Files that are made meanwhile may be overlooked.
 *
 * @param mayRead whether a folder may be looked into, by its URI
 */
export function createFolders(
	files: FileSystem,
	mayRead: (folder: string) => boolean = () => true,
	platform: NodeJS.Platform = process.platform,
): FileSystem {
	// Windows knows files by other names than those it lists.
	if (platform === 'win32') return files;
	/** The names in each folder, and whether they are those of symbolic links; `undefined` where nobody may know them. */
	const known = new Map<string, Promise<Names | undefined>>();
	const namesIn = (folder: string): Promise<Names | undefined> => {
		let names = known.get(folder);
		if (!names) {
			names = read(folder);
			known.set(folder, names);
		}
		return names;
	};
	const read = async (folder: string): Promise<Names | undefined> => {
		if (!mayRead(folder)) return undefined;
		// Most folders that are asked for are not there either.
		if (!(await mayBeThere(folder))) return new Map();
		try {
			const entries = await readEntries(fileURLToPath(`${folder}/`));
			return new Map(entries.map(({ name, entry }) => [plain(name), entry.isSymbolicLink()]));
		} catch {
			// A file, or a folder that may not be read.
			return undefined;
		}
	};
	/** What its folder says of a file: that it is a symbolic link, or none, or not there; `undefined` where it says nothing. */
	const listed = async (uri: string): Promise<'link' | 'plain' | 'absent' | undefined> => {
		const slash = uri.lastIndexOf('/');
		if (!uri.startsWith('file:///') || slash < 'file:///'.length) return undefined;
		const names = await namesIn(uri.slice(0, slash));
		if (!names) return undefined;
		const isLink = names.get(plain(decodePercent(uri.slice(slash + 1))));
		return isLink === undefined ? 'absent' : isLink ? 'link' : 'plain';
	};
	const mayBeThere = async (uri: string): Promise<boolean> => (await listed(uri)) !== 'absent';
	return {
		...files,
		async readLink(uri) {
			const said = await listed(uri);
			return said === 'absent' || said === 'plain' ? undefined : files.readLink?.(uri);
		},
		stat: async uri => ((await mayBeThere(uri.replace(/\/$/, ''))) ? files.stat(uri) : undefined),
	};
}

/** By name, whether there is a symbolic link. */
type Names = ReadonlyMap<string, boolean>;

/** A name in the one form for all that systems may take for the same. */
function plain(name: string): string {
	return name.normalize('NFC').toLowerCase();
}
