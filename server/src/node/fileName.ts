import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { byteString } from '../util/nameBytes.ts';

/* How bytes that are not UTF-8 are represented in names: `util/nameBytes.ts`. */

const ESCAPES = /[\uef80-\uefff]/;

/** Matches what `readdir` returns for a name that is not UTF-8, or that contains one of the characters above. */
const UNCERTAIN = /[\ufffd\uef80-\uefff]/;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes the bytes of a name, or of several names with separators. */
export function decodeName(bytes: Uint8Array): string {
	const whole = decodeUtf8(bytes);
	if (whole !== undefined && !ESCAPES.test(whole)) return whole;
	let name = '';
	for (let at = 0; at < bytes.length; ) {
		const length = [1, 2, 3, 4].find(length => {
			const character = decodeUtf8(bytes.subarray(at, at + length));
			return character !== undefined && !ESCAPES.test(character);
		});
		name +=
			length === undefined
				? String.fromCharCode(0xef00 + (bytes[at] ?? 0))
				: decodeUtf8(bytes.subarray(at, at + length));
		at += length ?? 1;
	}
	return name;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
	try {
		return utf8.decode(bytes);
	} catch {
		// Only means that these bytes are not UTF-8.
		return undefined;
	}
}

/** A path as an argument for Node's functions. */
export function nativePath(path: string): string | Buffer {
	if (process.platform === 'win32' || !ESCAPES.test(path)) return path;
	return Buffer.from(byteString(path), 'latin1');
}

/** A path for display: bytes that are not UTF-8 are escaped. */
export function spellName(path: string): string {
	return path.replace(/[\uef80-\uefff]/g, byte => `\\x${(byte.charCodeAt(0) - 0xef00).toString(16).toUpperCase()}`);
}

/** A path as a relative reference (RFC 3986), with each segment percent-encoded byte by byte. */
export function encodeName(path: string): string {
	const native = nativePath(path);
	if (typeof native === 'string')
		return path
			.replace(/\p{Surrogate}/gu, '\ufffd')
			.split('/')
			.map(encodeURIComponent)
			.join('/');
	return native.toString('latin1').replace(/[^A-Za-z0-9_.!~*'()/-]/g, byte => {
		return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
	});
}

/** An entry of a folder. */
export interface NamedEntry {
	readonly name: string;
	readonly entry: Dirent | Dirent<Buffer>;
}

/**
 * Reads the entries of a folder.
 *
 * @throws Error of the file system if it cannot be read
 */
export async function readEntries(folder: string): Promise<readonly NamedEntry[]> {
	const path = nativePath(folder);
	const entries = await readdir(path, { withFileTypes: true });
	if (process.platform === 'win32' || !entries.some(({ name }) => UNCERTAIN.test(name)))
		return entries.map(entry => ({ name: entry.name, entry }));
	const exact = await readdir(path, { withFileTypes: true, encoding: 'buffer' });
	return exact.map(entry => ({ name: decodeName(entry.name), entry }));
}

/**
 * The paths that a command-line argument may stand for. Node replaces bytes that are not UTF-8 in arguments by U+FFFD, so such an argument
 * stands for all files whose names look the same after that.
 *
 * @returns the argument itself if there are no such files
 */
export async function pathsMeant(argument: string): Promise<readonly string[]> {
	if (!argument.includes('\ufffd') || process.platform === 'win32') return [argument];
	let found = [''];
	for (const part of argument.split(/(?<=\/)/)) {
		if (!part.includes('\ufffd')) {
			found = found.map(path => path + part);
			continue;
		}
		const name = part.replace(/\/$/, '');
		const end = part.slice(name.length);
		const inner = found.map(async path => {
			const entries = await readEntries(path || '.').catch(() => []);
			return entries.filter(entry => lossy(entry.name) === name).map(entry => path + entry.name + end);
		});
		found = (await Promise.all(inner)).flat().sort();
	}
	return found.length > 0 ? found : [argument];
}

function lossy(name: string): string {
	const native = nativePath(name);
	return typeof native === 'string' ? native : native.toString('utf8');
}
