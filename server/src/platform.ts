/** What the engine asks of the machine it runs on. Tests, browser and Node each bring their own. */

/** What is at an address in a file system. */
export interface FileStat {
	readonly type: 'file' | 'directory';
	/** In bytes. */
	readonly size: number;
}

/** Something in a folder: a file, also one behind a symbolic link, or a folder that is none. */
export interface FolderEntry {
	readonly name: string;
	readonly type: 'file' | 'directory';
}

/** What came of changing a file. */
export type Updated =
	| { readonly kind: 'written' }
	/** There was nothing to change. */
	| { readonly kind: 'unchanged' }
	/** The file is as it was. `reason` is the end of a sentence that starts with its path, without a full stop. */
	| { readonly kind: 'refused'; readonly reason: string };

/** Files, by URI. Functions that read answer `undefined` where there is nothing, or nothing that may be read. */
export interface FileSystem {
	stat(uri: string): Promise<FileStat | undefined>;
	/** The first `length` bytes of a file, all of it if it is shorter. */
	readHead(uri: string, length: number): Promise<Uint8Array | undefined>;
	/** All of a file. */
	readFile(uri: string): Promise<Uint8Array | undefined>;
	/** What is in a folder, without links to folders, pipes and the like. */
	readDirectory(uri: string): Promise<readonly FolderEntry[] | undefined>;
	/**
	 * Changes a file, or makes it. Whoever reads it meanwhile, and whatever happens, finds all of the old content or all of the
	 * new. Those who change it through this function, in any process of the machine, wait for each other.
	 *
	 * @param change the new content for the present one, `undefined` standing for no file; `undefined` to leave all as it is. It is
	 * called again where somebody else changed the file meanwhile
	 */
	update(uri: string, change: (before: Uint8Array | undefined) => Uint8Array | undefined): Promise<Updated>;
}

/** The present, in milliseconds since the Unix epoch. */
export type Clock = () => number;

/** A machine without files, as a web worker sees it. */
export const NO_FILES: FileSystem = {
	stat: async () => undefined,
	readHead: async () => undefined,
	readFile: async () => undefined,
	readDirectory: async () => undefined,
	update: async () => ({ kind: 'refused', reason: 'cannot be written here' }),
};
