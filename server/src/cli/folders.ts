import { fileURLToPath } from 'node:url';
import { readEntries } from '../node/fileName.ts';
import type { FileSystem } from '../platform.ts';
import { decodePercent } from '../util/uri.ts';

/**
 * Wraps a file system for one run, which looks up many missing files: sidecars, configurations, relative URLs. Each folder is read
 * once, so that missing files need no look-up. Files that are created meanwhile may be missed.
 *
 * @param mayRead whether a folder may be read, by its URI
 */
export function createFolders(
	files: FileSystem,
	mayRead: (folder: string) => boolean = () => true,
	platform: NodeJS.Platform = process.platform,
): FileSystem {
	// On Windows a file can have other names than the listed one.
	if (platform === 'win32') return files;
	/** The names in each folder, and whether they are symbolic links; `undefined` for a folder that may not be read. */
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
		// Most folders that are looked up do not exist either.
		if (!(await mayBeThere(folder))) return new Map();
		try {
			const entries = await readEntries(fileURLToPath(`${folder}/`));
			return new Map(entries.map(({ name, entry }) => [plain(name), entry.isSymbolicLink()]));
		} catch {
			// A file, or an unreadable folder.
			return undefined;
		}
	};
	/** Looks a file up in the listing of its folder; `undefined` if there is none. */
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
			const type = await listed(uri);
			return type === 'absent' || type === 'plain' ? undefined : files.readLink?.(uri);
		},
		stat: async uri => ((await mayBeThere(uri.replace(/\/$/, ''))) ? files.stat(uri) : undefined),
	};
}

/** Whether each name is a symbolic link. */
type Names = ReadonlyMap<string, boolean>;

/** Normalises a name, so that names are equal that a file system may take for the same. */
function plain(name: string): string {
	return name.normalize('NFC').toLowerCase();
}
