/**
 * Requests of the server to a client that says `servesFiles: true` in its initialization options: for files that the server
 * cannot read itself, as in a web worker or in a virtual file system. The client answers for those alone that its user opened.
 */

/** Params `FileParams`, result `FileStat | null`: what is there; `null` for nothing, and for what may not be read. */
export const STAT = 'marginalia/fs/stat';

/** Params `ReadFileParams`, result `Content | null`: a file, or its start; `null` for no file, and for one that may not be read. */
export const READ_FILE = 'marginalia/fs/readFile';

/** Params `FileParams`, result `FolderEntry[] | null`, as `FileSystem.readDirectory`. */
export const READ_DIRECTORY = 'marginalia/fs/readDirectory';

/** Params `WriteFileParams`, result `Written`: replaces a file if it is still the one that the new content was made from. */
export const WRITE_FILE = 'marginalia/fs/writeFile';

export interface FileParams {
	readonly uri: string;
}

export interface ReadFileParams extends FileParams {
	/** How many bytes are wanted; all of them if it is missing. */
	readonly length?: number;
}

export interface WriteFileParams extends FileParams {
	/** What the file was last known to hold; `null` where there was none. */
	readonly before: Content | null;
	readonly content: Content;
}

/** What came of writing a file. */
export type Written =
	| { readonly kind: 'written' }
	/** The file holds something else by now, or there is one. It is as it was. */
	| { readonly kind: 'changed' }
	/** As in `Updated` of `platform.ts`. */
	| { readonly kind: 'refused'; readonly reason: string };

/** Bytes in base64 (RFC 4648, section 4), since not every way between client and server carries bytes. */
export type Content = string;

/** Bytes that become one piece of text at a time. */
const PIECE = 0x8000;

/** Bytes as they are sent. */
export function encodeContent(bytes: Uint8Array): Content {
	let binary = '';
	for (let start = 0; start < bytes.length; start += PIECE) {
		// biome-ignore lint/plugin: a piece is no longer than the stack has room for
		binary += String.fromCharCode(...bytes.subarray(start, start + PIECE));
	}
	return btoa(binary);
}

/** The bytes that were sent. */
export function decodeContent(content: Content): Uint8Array {
	const binary = atob(content);
	const bytes = new Uint8Array(binary.length);
	for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index);
	return bytes;
}
