import type { FileSystem, FolderEntry } from '../platform.ts';
import { joinerOf, normalUri, pathBelow, pathOf } from '../util/uri.ts';
import { type Excludes, NOTHING_EXCLUDED } from './excludes.ts';
import {
	enterFolder,
	type GitIgnore,
	isIgnored,
	NOTHING_IGNORED,
	readGitIgnore,
	readGitIgnoreAbove,
} from './gitIgnore.ts';

/** Folders without files of the user. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** A file, or an unreadable folder, found by a walk. */
export interface WalkEntry {
	/** `unreadable`: a folder that exists, but cannot be read. */
	readonly kind: 'file' | 'unreadable';
	readonly uri: string;
	/** The path relative to the walked folder, with slashes; empty for that folder itself. */
	readonly path: string;
}

/** What a walk skips. */
export interface WalkOptions {
	/** What to exclude in addition to what git ignores. */
	readonly excludes?: Excludes;
	/** The folder from which `.gitignore` files apply outside a repository; defaults to the walked folder. */
	readonly start?: string;
	/** Whether the user named the folder, which is then walked even if it is excluded. */
	readonly named?: boolean;
}

/** A folder that is being walked. */
interface Folder {
	readonly uri: string;
	readonly path: string;
	/** Its entries, sorted by name. */
	readonly entries: readonly FolderEntry[];
	/** How many of them were visited. */
	looked: number;
	readonly rules: GitIgnore;
	readonly uriOf: (name: string) => string;
	readonly excludes: Excludes;
}

/**
 * Yields all files below a folder lazily, sorted by name in each folder. It skips what git ignores, what `excludes` matches,
 * `node_modules`, `.git` and folders behind symbolic links, which may form a loop. A symbolic link that is not known to point to a folder
 * counts as a file.
 */
export async function* walk(root: string, files: FileSystem, options: WalkOptions = {}): AsyncGenerator<WalkEntry> {
	const { excludes = NOTHING_EXCLUDED, start, named = false } = options;
	const open = async (uri: string, path: string, outer: GitIgnore): Promise<Folder | undefined> => {
		const entries = await files.readDirectory(uri);
		if (!entries) return undefined;
		const rules = await rulesIn(uri, outer, entries, files);
		return {
			uri,
			path: path === '' ? '' : `${path}/`,
			entries: [...entries].sort((a, b) => (a.name < b.name ? -1 : 1)),
			looked: 0,
			rules,
			uriOf: joinerOf(uri),
			excludes: excludes === NOTHING_EXCLUDED ? excludes : excludesIn(uri, excludes),
		};
	};
	const above = await readGitIgnoreAbove(root, true, files, start);
	if (!above && !named) return;
	const outermost = await open(normalUri(root), '', above ?? NOTHING_IGNORED);
	if (!outermost) yield { kind: 'unreadable', uri: normalUri(root), path: '' };
	/** The current folder, after the folders that contain it. */
	const stack = outermost ? [outermost] : [];
	for (let folder = stack.at(-1); folder; folder = stack.at(-1)) {
		const entry = folder.entries[folder.looked++];
		if (!entry) {
			stack.pop();
			continue;
		}
		const { name } = entry;
		const isFolder = entry.type === 'directory';
		if (isFolder && SKIPPED_FOLDERS.has(name)) continue;
		if (isIgnored(folder.rules, name, isFolder) || folder.excludes(name, isFolder)) continue;
		const [uri, path] = [folder.uriOf(name), folder.path + name];
		if (!isFolder) {
			yield { kind: 'file', uri, path };
			continue;
		}
		const inner = await open(uri, path, enterFolder(folder.rules, name));
		if (inner) stack.push(inner);
		// A folder may be gone since the listing. That is common, since the lock of a file is a folder beside it.
		else if ((await files.readDirectory(folder.uri))?.some(one => one.name === name))
			yield { kind: 'unreadable', uri, path };
	}
}

function excludesIn(folder: string, excludes: Excludes): Excludes {
	const path = pathOf(folder).replace(/\/$/, '');
	return (name, isFolder) => excludes(`${path}/${name}`, isFolder);
}

async function rulesIn(
	folder: string,
	outer: GitIgnore,
	entries: readonly FolderEntry[],
	files: FileSystem,
): Promise<GitIgnore> {
	const isRepository = entries.some(({ name }) => name === '.git');
	const mayHaveOwn = entries.some(({ name, type }) => name === '.gitignore' && type === 'file');
	return isRepository || mayHaveOwn ? readGitIgnore(folder, outer, files, { isRepository, mayHaveOwn }) : outer;
}

/**
 * Whether a walk of a folder would skip a file, judging by its path.
 *
 * @param folder URI of a folder above the file
 */
export function isSkipped(uri: string, folder: string): boolean {
	const names = pathBelow(folder, uri)?.split('/') ?? [];
	return names.some(name => SKIPPED_FOLDERS.has(name));
}

/** Whether a walk of `start`, a folder above a file, would exclude the file. */
export async function isExcluded(uri: string, files: FileSystem, excludes: Excludes, start: string): Promise<boolean> {
	return excludes(pathOf(uri), false) || (await readGitIgnoreAbove(uri, false, files, start)) === undefined;
}
