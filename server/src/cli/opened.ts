import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findArchiveRoot } from '../links/archiveRoot.ts';
import { filesWithin, parseFileUri } from '../links/filesWithin.ts';
import { createReach, type Reach } from '../links/reach.ts';
import { nodeFileSystem } from '../node/fileSystem.ts';
import type { FileSystem } from '../platform.ts';
import { createFolders } from './folders.ts';

/**
 * The folders that paths on the command line open: those that are named, those of files that are named, and the archives that
 * these lie in, which are looked for no higher than the current folder.
 *
 * @returns their URIs
 */
export async function openedBy(paths: readonly string[]): Promise<readonly string[]> {
	const folders = new Set<string>();
	for (const path of paths) {
		const full = resolve(path);
		folders.add(pathToFileURL(isFolder(full) ? full : dirname(full)).href);
	}
	const here = resolve('.');
	if (dirname(here) === here) return [...folders];
	const reach = reachOf([pathToFileURL(here).href]);
	const files = filesOf(reach);
	for (const folder of [...folders]) {
		const address = parseFileUri(folder);
		const root = address && reach.rootOf(address) ? await findArchiveRoot(`${folder}/any`, files) : undefined;
		if (root !== undefined) folders.add(root);
	}
	return [...folders];
}

function isFolder(path: string): boolean {
	try {
		return statSync(path).isDirectory();
	} catch {
		// What is wrong with it is said when it is read.
		return false;
	}
}

/** The reach of folders, given by their URIs. */
export function reachOf(folders: readonly string[]): Reach {
	return createReach({ folders: folders.flatMap(folder => parseFileUri(folder) ?? []), documents: [] });
}

/** The files of this machine for one run, as far as they are within reach. */
export function filesOf(reach: Reach): FileSystem {
	return filesWithin(foldersOf(reach), () => reach);
}

/** The files of this machine for one run, of which only those may be asked for that are within reach. */
export function foldersOf(reach: Reach): FileSystem {
	return createFolders(nodeFileSystem, folder => {
		const address = parseFileUri(folder);
		return address !== undefined && reach.rootOf(address) !== undefined;
	});
}
