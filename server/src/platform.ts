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

/** Files, by URI. Every function answers `undefined` where there is nothing, or nothing that may be read. */
export interface FileSystem {
	stat(uri: string): Promise<FileStat | undefined>;
	/** The first `length` bytes of a file, all of it if it is shorter. */
	readHead(uri: string, length: number): Promise<Uint8Array | undefined>;
	/** All of a file. */
	readFile(uri: string): Promise<Uint8Array | undefined>;
	/** What is in a folder, without links to folders, pipes and the like. */
	readDirectory(uri: string): Promise<readonly FolderEntry[] | undefined>;
}

/** The present, in milliseconds since the Unix epoch. */
export type Clock = () => number;
