import { fileURLToPath } from 'node:url';
import { readEntries } from '../lsp/nodeName.ts';
import type { FileSystem } from '../platform.ts';

/**
 * The same files for one run, which asks for many that are not there: notes beside articles, configurations, pages that are no
 * files. Each folder is read once, and then tells what it does not hold. Files that are made meanwhile may be overlooked.
 */
export function createFolders(files: FileSystem, platform: NodeJS.Platform = process.platform): FileSystem {
	// Windows knows files by other names than those it lists.
	if (platform === 'win32') return files;
	/** The names in each folder; `undefined` where nobody may know them. */
	const known = new Map<string, Promise<ReadonlySet<string> | undefined>>();
	const namesIn = (folder: string): Promise<ReadonlySet<string> | undefined> => {
		let names = known.get(folder);
		if (!names) {
			names = read(folder);
			known.set(folder, names);
		}
		return names;
	};
	const read = async (folder: string): Promise<ReadonlySet<string> | undefined> => {
		// Most folders that are asked for are not there either.
		if (!(await mayBeThere(folder))) return new Set();
		try {
			return new Set((await readEntries(fileURLToPath(`${folder}/`))).map(({ name }) => plain(name)));
		} catch {
			// A file, or a folder that may not be read.
			return undefined;
		}
	};
	const mayBeThere = async (uri: string): Promise<boolean> => {
		const slash = uri.lastIndexOf('/');
		if (!uri.startsWith('file:///') || slash < 'file:///'.length) return true;
		const names = await namesIn(uri.slice(0, slash));
		return names?.has(plain(decode(uri.slice(slash + 1)))) !== false;
	};
	return {
		...files,
		stat: async uri => ((await mayBeThere(uri.replace(/\/$/, ''))) ? files.stat(uri) : undefined),
	};
}

/** A name in the one form for all that systems may take for the same. */
function plain(name: string): string {
	return name.normalize('NFC').toLowerCase();
}

function decode(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
