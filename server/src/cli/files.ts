import { existsSync } from 'node:fs';
import { lstat, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import createIgnore, { type Ignore } from 'ignore';
import { nativePath, pathsMeant, readEntries } from '../node/fileName.ts';

/** A file to be checked, or a place that could not be looked into. */
export interface Found {
	/** The path as it is shown: as it was given, or below the folder that was given. */
	readonly path: string;
	/** Whether the user named this very file, who then is told what is wrong with it. */
	readonly named: boolean;
	/** Why the place could not be looked into. */
	readonly failure?: string;
}

/** Folders that hold nothing of the user's. */
const SKIPPED_FOLDERS = new Set(['node_modules', '.git']);

/** A `.gitignore`, and the folder whose content it speaks of. */
interface Rules {
	readonly folder: string;
	readonly ignore: Ignore;
}

/**
 * All files that the paths stand for, in the order of the paths, those of a folder sorted by name, each file once. Folders
 * are read as they are reached. What `.gitignore` files exclude is left out, so are `node_modules`, `.git` and folders
 * behind symbolic links, unless named themselves.
 *
 * @param named whether the user named each path; otherwise a list did
 */
export async function* findFiles(paths: readonly string[], named: boolean): AsyncGenerator<Found> {
	const all = (await Promise.all(paths.map(pathsMeant))).flat();
	const seen = all.length > 1 ? new Set<string>() : undefined;
	const isNew = (path: string): boolean => {
		const full = resolve(path);
		if (seen?.has(full)) return false;
		seen?.add(full);
		return true;
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
		for await (const found of walk(path)) if (isNew(found.path)) yield found;
	}
}

/** The files below a folder, by name, with a stack of the folders that are still to be read. */
async function* walk(root: string): AsyncGenerator<Found> {
	const stack: { path: string; folder: boolean; rules: readonly Rules[] }[] = [
		{ path: root, folder: true, rules: await rulesAbove(resolve(root)) },
	];
	for (let next = stack.pop(); next; next = stack.pop()) {
		const { path, folder } = next;
		if (!folder) {
			yield { path, named: false };
			continue;
		}
		try {
			const entries = await readEntries(path);
			const own = entries.some(({ name, entry }) => name === '.gitignore' && entry.isFile())
				? [...next.rules, await readRules(resolve(path))]
				: next.rules;
			// The last on the stack is the first to be taken from it.
			for (const { name, entry } of entries.toSorted((a, b) => (a.name < b.name ? 1 : -1))) {
				const isFolder = entry.isDirectory();
				if (!isFolder && !entry.isFile() && !entry.isSymbolicLink()) continue;
				if (isFolder && SKIPPED_FOLDERS.has(name)) continue;
				// `join` would drop a leading `./`, and with it the user's own way of writing.
				const inner = path === '.' ? name : `${path.replace(/[\\/]$/, '')}/${name}`;
				if (isIgnored(own, resolve(inner), isFolder)) continue;
				stack.push({ path: inner, folder: isFolder, rules: own });
			}
		} catch (error) {
			yield { path, named: false, failure: await reasonOf(error, path) };
		}
	}
}

/** The `.gitignore` files above a folder, outermost first, up to its repository's root; none if they exclude the folder itself. */
async function rulesAbove(folder: string): Promise<readonly Rules[]> {
	const above: string[] = [];
	for (let at = folder; !existsSync(nativePath(join(at, '.git'))); at = dirname(at)) {
		// Outside a repository nothing above the folder counts.
		if (dirname(at) === at) return [];
		above.unshift(dirname(at));
	}
	const rules = await Promise.all(above.filter(at => existsSync(nativePath(join(at, '.gitignore')))).map(readRules));
	return isIgnored(rules, folder, true) ? [] : rules;
}

async function readRules(folder: string): Promise<Rules> {
	// Git compares names as the system's usual file system does.
	const ignore = createIgnore({ ignorecase: process.platform === 'win32' || process.platform === 'darwin' });
	return { folder, ignore: ignore.add(await readFile(nativePath(join(folder, '.gitignore')), 'utf8')) };
}

/** Whether a file is excluded; the rules nearest to it decide. */
function isIgnored(rules: readonly Rules[], path: string, isFolder: boolean): boolean {
	for (const { folder, ignore } of rules.toReversed()) {
		const name = relative(folder, path).split(sep).join('/');
		const { ignored, unignored } = ignore.test(isFolder ? `${name}/` : name);
		if (ignored || unignored) return ignored;
	}
	return false;
}

/** Why a path could not be read, in words. */
export async function reasonOf(error: unknown, path: string): Promise<string> {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	switch (code) {
		case 'ENOENT': {
			const itself = await lstat(nativePath(path)).catch(() => undefined);
			return itself?.isSymbolicLink() ? 'is a symbolic link that leads nowhere' : 'does not exist';
		}
		case 'ENOTDIR':
			return 'does not exist';
		case 'EACCES':
		case 'EPERM':
			return 'may not be read: permission denied';
		case 'ELOOP':
			return 'is a symbolic link that leads to itself';
		default:
			return `could not be read: ${error instanceof Error ? error.message : error}`;
	}
}
