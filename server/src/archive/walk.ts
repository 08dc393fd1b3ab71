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

/** Folders that hold nothing of the user's. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** What was come upon. */
export interface WalkEntry {
	/** `unreadable`: a folder that may not be read, or is gone by now. */
	readonly kind: 'file' | 'unreadable';
	readonly uri: string;
	/** The names from the folder that is walked to it, with slashes; empty for that folder itself. */
	readonly path: string;
}

/** What is left out of a walk. */
export interface WalkOptions {
	/** What else is left out than what git excludes. */
	readonly excludes?: Excludes;
	/** The folder from which on `.gitignore` files count outside a repository; the one that is walked, unless it lies in this. */
	readonly start?: string;
	/** Whether the user named the folder itself, which then is walked although something excludes it. */
	readonly named?: boolean;
}

/** A folder that is being walked. */
interface Folder {
	readonly path: string;
	/** What is in it, by name. */
	readonly entries: readonly FolderEntry[];
	/** How many of them were looked at. */
	looked: number;
	readonly rules: GitIgnore;
	readonly uriOf: (name: string) => string;
	readonly excludes: Excludes;
}

/**
 * All files below a folder: one after the other, as they are come upon, what is in a folder by name. Left out is what git excludes,
 * what `excludes` does, `node_modules`, `.git` and folders behind symbolic links, which may lead anywhere, also back. A link that is
 * not known to lead to a folder counts as a file.
 */
export async function* walk(root: string, files: FileSystem, options: WalkOptions = {}): AsyncGenerator<WalkEntry> {
	const { excludes = NOTHING_EXCLUDED, start, named = false } = options;
	const open = async (uri: string, path: string, outer: GitIgnore): Promise<Folder | undefined> => {
		const entries = await files.readDirectory(uri);
		if (!entries) return undefined;
		const rules = await rulesIn(uri, outer, entries, files);
		return {
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
	/** The folder that is being looked at, behind those that it is in. */
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
		else yield { kind: 'unreadable', uri, path };
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
 * Whether a walk of a folder would not come upon a file in it, as far as can be told from its path.
 *
 * @param folder URI of a folder above the file
 */
export function isSkipped(uri: string, folder: string): boolean {
	const names = pathBelow(folder, uri)?.split('/') ?? [];
	return names.some(name => SKIPPED_FOLDERS.has(name));
}

/** Whether git excludes a file, or something else does, as a walk of `start`, a folder above it, would find. */
export async function isExcluded(uri: string, files: FileSystem, excludes: Excludes, start: string): Promise<boolean> {
	return excludes(pathOf(uri), false) || (await readGitIgnoreAbove(uri, false, files, start)) === undefined;
}
