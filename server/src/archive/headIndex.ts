import { isSidecar } from '../annotations/sidecarName.ts';
import { findArchiveRoot } from '../links/archiveRoot.ts';
import type { FileSystem } from '../platform.ts';
import { folderOf, normalUri } from '../util/uri.ts';
import { type Archive, createIndex } from './archive.ts';
import { indexHead } from './entry.ts';
import { readHead } from './head.ts';
import { walk } from './walk.ts';

/**
 * Reads which files an archive has and what its articles are called, but not what is in them, once for each archive. For programs that
 * do not keep an index: it takes as long as listing all files and reading their first lines.
 *
 * @returns the archive of a file; `undefined` for a file that is not in one
 */
export function createHeadIndexes(files: FileSystem): (uri: string) => Promise<Archive | undefined> {
	const roots = new Map<string, Promise<string | undefined>>();
	const archives = new Map<string, Promise<Archive>>();
	return async uri => {
		const normal = normalUri(uri);
		const root = await remember(roots, folderOf(normal), () => findArchiveRoot(normal, files));
		return root === undefined ? undefined : remember(archives, root, () => readHeads(root, files));
	};
}

function remember<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
	let found = known.get(key);
	if (!found) {
		found = make();
		known.set(key, found);
	}
	return found;
}

async function readHeads(root: string, files: FileSystem): Promise<Archive> {
	const index = createIndex(root);
	for await (const { kind, uri } of walk(root, files)) {
		if (kind !== 'file') continue;
		const head = isSidecar(uri) ? undefined : await readHead(uri, files);
		if (head) index.set(indexHead(uri, head));
		else index.add(uri);
	}
	index.complete();
	// What refers to a file is not known, so none may be taken for unused.
	return { ...index, isComplete: true, size: index.size, usersOf: () => [root] };
}
