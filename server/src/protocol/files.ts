import type { FileStat, FolderEntry } from '../platform.ts';
import type { RequestType } from './method.ts';

/**
 * File requests from the server to a client that sets `servesFiles: true` in its initialization options: for files that the server
 * cannot read itself, as in a web worker or a virtual file system. The client only gives access to files that its user has opened.
 */

/** `null` if the file does not exist or may not be read. */
export const StatRequest: RequestType<FileParams, FileStat | null> = {
	method: 'marginalia/fs/stat',
	messageDirection: 'serverToClient',
};

/** A file, or its first bytes; `null` if the file does not exist or may not be read. */
export const ReadFileRequest: RequestType<ReadFileParams, Base64 | null> = {
	method: 'marginalia/fs/readFile',
	messageDirection: 'serverToClient',
};

/** The entries of a folder, as in `FileSystem.readDirectory`. */
export const ReadDirectoryRequest: RequestType<FileParams, readonly FolderEntry[] | null> = {
	method: 'marginalia/fs/readDirectory',
	messageDirection: 'serverToClient',
};

/** Replaces a file unless it has changed since the new content was computed. */
export const WriteFileRequest: RequestType<WriteFileParams, Written> = {
	method: 'marginalia/fs/writeFile',
	messageDirection: 'serverToClient',
};

export interface FileParams {
	readonly uri: string;
}

export interface ReadFileParams extends FileParams {
	/** The number of bytes to read; defaults to all. */
	readonly length?: number;
}

export interface WriteFileParams extends FileParams {
	/** The last known content of the file; `null` if there was no file. */
	readonly before: Base64 | null;
	readonly content: Base64;
}

/** The result of writing a file. */
export type Written =
	| { readonly kind: 'written' }
	/** The file has been changed, or created, in the meantime. Nothing was written. */
	| { readonly kind: 'changed' }
	/** As `Updated` in `platform.ts`. */
	| { readonly kind: 'refused'; readonly reason: string };

/** Bytes in base64 (RFC 4648, section 4), because not all transports can carry binary data. */
export type Base64 = string;

/** The number of bytes that are converted at a time. */
const PIECE = 0x8000;

/** Encodes bytes for transport. */
export function encodeContent(bytes: Uint8Array): Base64 {
	let binary = '';
	for (let start = 0; start < bytes.length; start += PIECE) {
		// biome-ignore lint/plugin: a piece is short enough for the call stack
		binary += String.fromCharCode(...bytes.subarray(start, start + PIECE));
	}
	return btoa(binary);
}

/** Decodes bytes from transport. */
export function decodeContent(content: Base64): Uint8Array {
	const binary = atob(content);
	const bytes = new Uint8Array(binary.length);
	for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index);
	return bytes;
}
