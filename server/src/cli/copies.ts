import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { normalUri } from '../archive/entry.ts';
import { readHead } from '../archive/head.ts';
import { findArchiveRoot } from '../links/archiveRoot.ts';
import { nodeFileSystem } from '../lsp/nodeFileSystem.ts';
import type { RuleContext } from '../rules/rule.ts';
import type { Found } from './files.ts';

/** Files that are read at once. */
const AT_ONCE = 16;

/** Tells which files of an archive were taken from a page: from the archive of the file at an address, by the page's key. */
export type CopiesOf = (uri: string, key: string) => RuleContext['copies'];

/** Reads the first lines of files. Those that lie in no archive are nobody's copies. */
export async function findCopies(files: readonly Found[]): Promise<CopiesOf> {
	const copies = new Map<string, { readonly uri: string; readonly path: string }[]>();
	/** The archive's root by folder. */
	const roots = new Map<string, string | undefined>();
	const keyIn = (folder: string, key: string): string | undefined => {
		const root = roots.get(folder);
		return root === undefined ? undefined : `${root} ${key}`;
	};
	const read = async ({ path, failure }: Found): Promise<void> => {
		if (failure !== undefined) return;
		const uri = normalUri(pathToFileURL(resolve(path)).href);
		const folder = dirname(uri);
		if (!roots.has(folder)) roots.set(folder, await findArchiveRoot(uri, nodeFileSystem));
		if (roots.get(folder) === undefined) return;
		const source = (await readHead(uri, nodeFileSystem))?.source;
		const key = source && keyIn(folder, source);
		if (!key) return;
		const known = copies.get(key);
		if (known) known.push({ uri, path });
		else copies.set(key, [{ uri, path }]);
	};
	for (let at = 0; at < files.length; at += AT_ONCE) await Promise.all(files.slice(at, at + AT_ONCE).map(read));
	return (uri, source) => {
		const key = keyIn(dirname(uri), source);
		return ((key && copies.get(key)) || []).toSorted((a, b) => (a.path < b.path ? -1 : 1));
	};
}
