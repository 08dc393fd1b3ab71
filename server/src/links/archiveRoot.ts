import type { FileSystem } from '../platform.ts';
import { decodePercent, folderOf, joinUri } from '../util/uri.ts';
import { parseFileUri } from './filesWithin.ts';
import { ARCHIVE_FOLDERS } from './reach.ts';
import { hasScheme } from './resolve.ts';

/** The configuration file of an archive; see `archive/configuration.ts`. */
export const CONFIGURATION_FILE = 'marginalia.json';

/**
 * Finds the root of the archive that a file belongs to: the nearest folder above it that contains `articles/` or `lists/`, else the
 * nearest one with a `marginalia.json`. Folders above the open ones are not considered.
 *
 * @returns the folder's URI; `undefined` for a file that is not in an archive
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
 * Resolves an entry of a list (FORMAT.md, "Rules of ours"): `/…` is relative to the root of the archive, anything else to the list.
 *
 * @param list URI of the list
 * @param root URI of the archive's root, if it has one
 * @param value the entry's URL, percent-encoded or not
 * @returns an absolute URL, or `undefined` if it cannot be resolved
 */
export function resolveEntry(list: string, root: string | undefined, value: string): string | undefined {
	const written = value.trim();
	// A UNC path of Windows.
	const path = written.startsWith('\\\\') ? `file:${written.replaceAll('\\', '/')}` : written;
	if (path === '') return undefined;
	if (hasScheme(path)) return URL.canParse(path) ? withHost(new URL(path).href) : undefined;
	const base = path.startsWith('/') ? root : folderOf(list);
	return base === undefined ? undefined : joinUri(base, decodePercent(path));
}

/** Treats what follows more than two slashes, or encoded ones, as a host, as code that takes the URL for a path would. */
function withHost(href: string): string | undefined {
	const plain = parseFileUri(href) ? href : href.replace(/^([^:]+:)(?:[/\\]|%2f|%5c)+/i, '$1//');
	return parseFileUri(plain) && plain;
}
