import type { FileSystem } from '../platform.ts';
import { decodePercent, folderOf, joinUri } from '../util/uri.ts';
import { parseFileUri } from './filesWithin.ts';
import { ARCHIVE_FOLDERS } from './reach.ts';
import { hasScheme } from './resolve.ts';

/** The file that says what an archive wants; see `archive/configuration.ts`. */
export const CONFIGURATION_FILE = 'marginalia.json';

/**
 * The root of the archive that a file belongs to: the nearest folder above it that has `articles/` or `lists/` in it, else the
 * nearest one with a `marginalia.json`; none above what is open.
 *
 * @returns the folder's URI; `undefined` for a file in no archive
 */
export async function findArchiveRoot(uri: string, files: Pick<FileSystem, 'stat'>): Promise<string | undefined> {
	let folder = folderOf(uri);
	let configured: string | undefined;
	for (;;) {
		const inside = folder;
		const names = [...ARCHIVE_FOLDERS, CONFIGURATION_FILE];
		const stats = await Promise.all(names.map(name => files.stat(joinUri(inside, name))));
		if (stats.slice(0, -1).some(found => found?.type === 'directory')) return folder;
		if (stats.at(-1)?.type === 'file') configured ??= folder;
		if (stats.every(found => found?.type === 'outside')) return configured;
		const above = folderOf(folder);
		if (above === folder) return configured;
		folder = above;
	}
}

/**
 * Where an entry of a list leads (FORMAT.md, "Rules of ours"): `/…` from the archive's root, anything else beside the list.
 *
 * @param list URI of the list
 * @param root URI of the archive's root, if it has one
 * @param value the entry's address, percent-encoded or not
 * @returns an absolute address, or `undefined` for one that leads nowhere
 */
export function resolveEntry(list: string, root: string | undefined, value: string): string | undefined {
	const written = value.trim();
	// As Windows writes files of other machines.
	const path = written.startsWith('\\\\') ? `file:${written.replaceAll('\\', '/')}` : written;
	if (path === '') return undefined;
	if (hasScheme(path)) return URL.canParse(path) ? withHost(new URL(path).href) : undefined;
	const base = path.startsWith('/') ? root : folderOf(list);
	return base === undefined ? undefined : joinUri(base, decodePercent(path));
}

/** What stands behind more slashes than two, or behind encoded ones, is a host to those who take the address for a path. */
function withHost(href: string): string | undefined {
	const plain = parseFileUri(href) ? href : href.replace(/^([^:]+:)(?:[/\\]|%2f|%5c)+/i, '$1//');
	return parseFileUri(plain) && plain;
}
