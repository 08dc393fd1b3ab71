import { lstat, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { walk } from '../archive/walk.ts';
import { nativePath, pathsMeant, readEntries } from '../node/fileName.ts';
import { nodeFileSystem } from '../node/fileSystem.ts';
import type { FileSystem } from '../platform.ts';
import { codeOf, messageOf } from '../util/errors.ts';

/** A file to check, or a path that could not be read. */
export interface FileToCheck {
	/** The path to display: as the user wrote it, or in the folder that the user named. */
	readonly path: string;
	/** Whether the user named this file, so that errors are reported. */
	readonly named: boolean;
	/** Why the path could not be read. */
	readonly failure?: string;
}

/** The file system, where an unreadable folder does not stop the walk. */
const FILES: FileSystem = {
	...nodeFileSystem,
	readDirectory: folder => nodeFileSystem.readDirectory(folder).catch(() => undefined),
};

/**
 * Finds all files in the paths, in the order of the paths, those of a folder sorted by name, each file once. Folders are read lazily.
 * Files ignored by `.gitignore`, `node_modules`, `.git` and folders behind symbolic links are skipped, unless named themselves.
 *
 * @param named whether the user named each path; otherwise they are from a list
 */
export async function* findFiles(paths: readonly string[], named: boolean): AsyncGenerator<FileToCheck> {
	const all = (await Promise.all(paths.map(pathsMeant))).flat();
	const seen = all.length > 1 ? new Set<string>() : undefined;
	const isNew = (path: string): boolean => {
		if (!seen) return true;
		const full = resolve(path);
		return !seen.has(full) && seen.add(full) !== undefined;
	};
	for (const path of all) {
		let isFolder = false;
		try {
			isFolder = (await stat(nativePath(path))).isDirectory();
		} catch (error) {
			if (isNew(path)) yield { path, named, failure: await reasonOf(error, path) };
			continue;
		}
		if (!isFolder) {
			if (isNew(path)) yield { path, named };
			continue;
		}
		for await (const { kind, path: below } of walk(pathToFileURL(resolve(path)).href, FILES, { named: true })) {
			const inner = below === '' ? path : pathIn(path, below);
			if (!isNew(inner)) continue;
			if (kind === 'file') yield { path: inner, named: false };
			else yield { path: inner, named: false, failure: await whyUnreadable(inner) };
		}
	}
}

function pathIn(folder: string, path: string): string {
	// `join` would drop a leading `./`, which the user wrote.
	return folder === '.' ? path : `${folder.replace(/[\\/]$/, '')}/${path}`;
}

/** Returns why a folder could not be read. */
async function whyUnreadable(folder: string): Promise<string> {
	try {
		await readEntries(folder);
		return 'could not be read';
	} catch (reason) {
		return reasonOf(reason, folder);
	}
}

/** Describes why a path could not be read. */
export async function reasonOf(error: unknown, path: string): Promise<string> {
	const code = codeOf(error);
	switch (code) {
		case 'ENOENT': {
			const itself = await lstat(nativePath(path)).catch(() => undefined);
			return itself?.isSymbolicLink() ? 'is a broken symbolic link' : 'does not exist';
		}
		case 'ENOTDIR':
			return 'does not exist';
		case 'EACCES':
		case 'EPERM':
			return 'cannot be read: permission denied';
		case 'EISDIR':
			return 'is a folder';
		case 'ELOOP':
			return 'is a symbolic link that points to itself';
		default:
			return `could not be read: ${messageOf(error)}`;
	}
}
