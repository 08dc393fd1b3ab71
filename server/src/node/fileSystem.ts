import { type FileHandle, lstat, open, readFile, readlink, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileSystem, FolderEntry } from '../platform.ts';
import { codeOf } from '../util/errors.ts';
import { decodeName, nativePath, readEntries } from './fileName.ts';
import { updateFile } from './updateFile.ts';

/** The local file system. Only handles `file:` URIs. */
export const nodeFileSystem: FileSystem = {
	async stat(uri) {
		const path = pathOf(uri);
		if (path === undefined) return undefined;
		try {
			const found = await stat(nativePath(path));
			const { size, mtimeMs: modified } = found;
			if (found.isDirectory()) return { type: 'directory', size, modified };
			return found.isFile() ? { type: 'file', size, modified } : undefined;
		} catch (error) {
			return absent(error);
		}
	},
	async readHead(uri, length) {
		const path = pathOf(uri);
		if (path === undefined) return undefined;
		try {
			const size = await sizeOfFile(path);
			if (size === undefined) return undefined;
			const file = await open(nativePath(path));
			try {
				return await readStart(file, Math.min(length, size));
			} finally {
				await file.close();
			}
		} catch (error) {
			return absent(error);
		}
	},
	async readFile(uri) {
		const path = pathOf(uri);
		if (path === undefined) return undefined;
		try {
			return (await sizeOfFile(path)) === undefined ? undefined : await readFile(nativePath(path));
		} catch (error) {
			return absent(error);
		}
	},
	async readDirectory(uri) {
		const path = pathOf(uri);
		if (path === undefined) return undefined;
		try {
			const found: FolderEntry[] = [];
			for (const { name, entry } of await readEntries(path)) {
				if (entry.isDirectory()) found.push({ name, type: 'directory' });
				else if (entry.isFile()) found.push({ name, type: 'file' });
				else if (entry.isSymbolicLink()) found.push({ name, type: 'link' });
			}
			return found;
		} catch (error) {
			return absent(error);
		}
	},
	async readLink(uri) {
		const path = pathOf(uri);
		if (path === undefined) return undefined;
		try {
			if (!(await lstat(nativePath(path))).isSymbolicLink()) return undefined;
			const target = decodeName(await readlink(nativePath(path), { encoding: 'buffer' }));
			return pathToFileURL(resolve(dirname(path), target)).href;
		} catch (error) {
			return absent(error);
		}
	},
	async update(uri, change) {
		const path = pathOf(uri);
		return path === undefined ? { kind: 'refused', reason: 'is not a local file' } : updateFile(path, change);
	},
};

/** The size of a file in bytes; `undefined` for folders, missing files and pipes, which might never end. */
async function sizeOfFile(path: string): Promise<number | undefined> {
	const found = await stat(nativePath(path));
	return found.isFile() ? found.size : undefined;
}

/** Returns fewer bytes if the file ends early. */
async function readStart(file: FileHandle, length: number): Promise<Buffer> {
	const buffer = Buffer.allocUnsafe(length);
	let filled = 0;
	while (filled < length) {
		const { bytesRead } = await file.read(buffer, filled, length - filled, filled);
		if (bytesRead === 0) break;
		filled += bytesRead;
	}
	return buffer.subarray(0, filled);
}

function pathOf(uri: string): string | undefined {
	try {
		const path = fileURLToPath(uri);
		return path.includes('\0') ? undefined : path;
	} catch {
		// The URI has another scheme, a host, or an encoded slash, which no path can have.
		return undefined;
	}
}

/** Returns `undefined` for errors that mean that there is nothing, or nothing readable; rethrows all others. */
function absent(error: unknown): undefined {
	if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG', 'EISDIR', 'EINVAL'].includes(codeOf(error)))
		return undefined;
	throw error;
}
