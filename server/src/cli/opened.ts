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
 * Returns the URIs of the folders that paths on the command line open: named folders, the folders of named files, and the archives
 * that contain them, up to the current folder.
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
		// Reading it will report the error.
		return false;
	}
}

/** Creates the reach of folders, given by their URIs. */
export function reachOf(folders: readonly string[]): Reach {
	return createReach({ folders: folders.flatMap(folder => parseFileUri(folder) ?? []), documents: [] });
}

/** The files of this machine within the reach, for one run. */
export function filesOf(reach: Reach): FileSystem {
	return filesWithin(foldersOf(reach), () => reach);
}

/** The files of this machine for one run, where only folders within the reach are listed. */
export function foldersOf(reach: Reach): FileSystem {
	return createFolders(nodeFileSystem, folder => {
		const address = parseFileUri(folder);
		return address !== undefined && reach.rootOf(address) !== undefined;
	});
}
