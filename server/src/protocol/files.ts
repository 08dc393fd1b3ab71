import type { FileStat, FolderEntry } from '../platform.ts';
import type { RequestType } from './method.ts';

/**
 * Requests of the server to a client that says `servesFiles: true` in its initialization options: for files that the server
 * cannot read itself, as in a web worker or in a virtual file system. The client answers for those alone that its user opened.
 */

/** What is there; `null` for nothing, and for what may not be read. */
export const StatRequest: RequestType<FileParams, FileStat | null> = {
	method: 'marginalia/fs/stat',
	messageDirection: 'serverToClient',
};

/** A file, or its start; `null` for no file, and for one that may not be read. */
export const ReadFileRequest: RequestType<ReadFileParams, Base64 | null> = {
	method: 'marginalia/fs/readFile',
	messageDirection: 'serverToClient',
};

/** What is in a folder, as `FileSystem.readDirectory`. */
export const ReadDirectoryRequest: RequestType<FileParams, readonly FolderEntry[] | null> = {
	method: 'marginalia/fs/readDirectory',
	messageDirection: 'serverToClient',
};

/** Replaces a file if it is still the one that the new content was made from. */
export const WriteFileRequest: RequestType<WriteFileParams, Written> = {
	method: 'marginalia/fs/writeFile',
	messageDirection: 'serverToClient',
};

export interface FileParams {
	readonly uri: string;
}

export interface ReadFileParams extends FileParams {
	/** How many bytes are wanted; all of them if it is missing. */
	readonly length?: number;
}

export interface WriteFileParams extends FileParams {
	/** What the file was last known to hold; `null` where there was none. */
	readonly before: Base64 | null;
	readonly content: Base64;
}

/** What came of writing a file. */
export type Written =
	| { readonly kind: 'written' }
	/** The file holds something else by now, or there is one. It is as it was. */
	| { readonly kind: 'changed' }
	/** As in `Updated` of `platform.ts`. */
	| { readonly kind: 'refused'; readonly reason: string };

/** Bytes in base64 (RFC 4648, section 4), since not every way between client and server carries bytes. */
export type Base64 = string;

/** Bytes that become one piece of text at a time. */
const PIECE = 0x8000;

/** Bytes as they are sent. */
export function encodeContent(bytes: Uint8Array): Base64 {
	let binary = '';
	for (let start = 0; start < bytes.length; start += PIECE) {
		// biome-ignore lint/plugin: a piece is no longer than the stack has room for
		binary += String.fromCharCode(...bytes.subarray(start, start + PIECE));
	}
	return btoa(binary);
}

/** The bytes that were sent. */
export function decodeContent(content: Base64): Uint8Array {
	const binary = atob(content);
	const bytes = new Uint8Array(binary.length);
	for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index);
	return bytes;
}
