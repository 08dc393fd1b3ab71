import createIgnore, { type Ignore } from 'ignore';
import type { FileSystem } from '../platform.ts';
import { byteString, bytesAsText } from '../util/nameBytes.ts';
import { folderOf, joinUri, normalFolder, pathOf, resolveUri } from '../util/uri.ts';

/*
 * Implements gitignore(5): the patterns of `.gitignore` files and of `.git/info/exclude`, compared byte by byte, and case-insensitively
 * if `core.ignoreCase` is set. Patterns for all repositories of a user (`core.excludesFile`) are outside what is open and not read.
 */

/** The patterns that apply in a folder. */
export interface GitIgnore {
	/** Outermost first; the last list with a match decides. */
	readonly lists: readonly PatternList[];
	/** Whether names in this repository are case-insensitive. */
	readonly ignoreCase: boolean;
}

/** The patterns of one file. */
interface PatternList {
	readonly ignore: Ignore;
	/** The path from the folder of the patterns to the folder where they apply, with a trailing slash, as bytes. */
	readonly path: string;
}

/** Excludes nothing. */
export const NOTHING_IGNORED: GitIgnore = { lists: [], ignoreCase: false };

/** How much of a file of patterns is read, in bytes. */
const MAX_PATTERNS_BYTES = 1024 * 1024;

/** Whether a file or folder in the folder is excluded, by its name. */
export function isIgnored({ lists }: GitIgnore, name: string, isFolder: boolean): boolean {
	if (lists.length === 0) return false;
	const inner = byteString(name) + (isFolder ? '/' : '');
	for (let at = lists.length - 1; at >= 0; at--) {
		const { ignore, path } = lists[at] as PatternList;
		const { ignored, unignored } = ignore.test(path + inner);
		if (ignored || unignored) return ignored;
	}
	return false;
}

/** Returns the patterns for a subfolder that is not excluded itself, without its own ones. */
export function enterFolder({ lists, ignoreCase }: GitIgnore, name: string): GitIgnore {
	const inner = `${byteString(name)}/`;
	return {
		lists: lists.map(({ ignore, path }) => ({ ignore: lift(ignore, path + inner, ignoreCase), path: path + inner })),
		ignoreCase,
	};
}

/**
 * Returns the same patterns for the content of a folder. The library would exclude it with the folder, even if another list includes the
 * folder again. The library caches each path that it tests, so each folder gets a new instance.
 */
function lift(ignore: Ignore, folder: string, ignoreCase: boolean): Ignore {
	const lifted = createIgnore({ ignoreCase }).add(ignore);
	return ignore.test(folder).ignored ? lifted.add([`!/${folder.replace(/[\\*?[]/g, '\\$&')}`]) : lifted;
}

/**
 * Returns the patterns for a folder, including its own.
 *
 * @param outer the patterns from outside the folder
 * @param isRepository whether the folder is the root of a repository, in which outer patterns do not apply
 * @param mayHaveOwn whether to look for a `.gitignore` file
 */
export async function readGitIgnore(
	folder: string,
	outer: GitIgnore,
	files: FileSystem,
	{ isRepository, mayHaveOwn }: { readonly isRepository: boolean; readonly mayHaveOwn: boolean },
): Promise<GitIgnore> {
	const { lists, ignoreCase } = isRepository ? await readRepository(folder, files) : outer;
	// Like git, do not follow a symbolic link, which may point outside the repository.
	const uri = joinUri(folder, '.gitignore');
	const own =
		mayHaveOwn && (await files.readLink?.(uri)) === undefined ? await readPatterns(uri, ignoreCase, files) : [];
	return own.length > 0 || isRepository ? { lists: [...lists, ...own], ignoreCase } : outer;
}

/**
 * Returns the patterns from outside a folder, up to the root of its repository.
 *
 * @param target URI of the folder, or of a file
 * @param start the folder that replaces the root of a repository if there is none; without it, no outer patterns apply then
 * @returns `undefined` if the target itself is excluded, or a folder that contains it
 */
export async function readGitIgnoreAbove(
	target: string,
	isFolder: boolean,
	files: FileSystem,
	start?: string,
): Promise<GitIgnore | undefined> {
	const chain = await repositoryChain(
		normalFolder(target),
		files,
		start === undefined ? undefined : normalFolder(start),
	);
	let rules = NOTHING_IGNORED;
	for (const [index, { uri, isRepository }] of chain.slice(0, -1).entries()) {
		const own = await readGitIgnore(uri, rules, files, { isRepository, mayHaveOwn: true });
		const name = pathOf(chain[index + 1]?.uri ?? '').replace(/^.*\//s, '');
		const isLast = index === chain.length - 2;
		if (isIgnored(own, name, !isLast || isFolder)) return undefined;
		rules = enterFolder(own, name);
	}
	return rules;
}

/** A folder on the path from the root of a repository. */
interface Step {
	readonly uri: string;
	readonly isRepository: boolean;
}

/** The folders from the root of the repository, else from `start`, else from the folder itself, to the folder, outermost first. */
async function repositoryChain(folder: string, files: FileSystem, start: string | undefined): Promise<readonly Step[]> {
	const chain: Step[] = [];
	let outermost = 1;
	for (let uri = folder; ; uri = folderOf(uri)) {
		// Outside what is open, `stat` returns `outside`, and nothing can be read.
		const isRepository = (await files.stat(joinUri(uri, '.git'))) !== undefined;
		chain.push({ uri, isRepository });
		if (isRepository) return chain.reverse();
		if (uri === start) outermost = chain.length;
		if (folderOf(uri) === uri) return chain.slice(0, outermost).reverse();
	}
}

/** Reads the patterns of a repository besides its `.gitignore` files, and how it compares names. */
async function readRepository(root: string, files: FileSystem): Promise<GitIgnore> {
	const folder = await findGitFolder(root, files);
	const config = await readText(joinUri(folder, 'config'), files);
	const ignoreCase = config !== undefined && ignoresCase(config);
	return { lists: await readPatterns(joinUri(folder, 'info/exclude'), ignoreCase, files), ignoreCase };
}

/** Finds the folder with the configuration of a repository: `.git`, or the one that a `.git` file in a worktree or submodule names. */
async function findGitFolder(root: string, files: FileSystem): Promise<string> {
	const git = joinUri(root, '.git');
	if ((await files.stat(git))?.type !== 'file') return git;
	const target = /^gitdir: (.+?)\r?\n?$/s.exec((await readText(git, files)) ?? '')?.[1];
	if (target === undefined) return git;
	const own = resolveUri(root, target);
	const common = (await readText(joinUri(own, 'commondir'), files))?.replace(/\r?\n$/, '');
	return common ? resolveUri(own, common) : own;
}

/** Whether `core.ignoreCase` is set in a configuration of git, as on case-insensitive file systems. */
function ignoresCase(config: string): boolean {
	let [section, value] = ['', false];
	for (const line of config.split('\n')) {
		const [header, name] = /^\s*\[([^\]]*)\]/.exec(line) ?? [];
		section = name?.trim().toLowerCase() ?? section;
		const setting = /^\s*ignorecase\s*(=\s*"?(\w*)"?)?\s*(?:[#;].*)?$/i.exec(line.slice(header?.length ?? 0));
		if (section === 'core' && setting)
			value = setting[1] === undefined || /^(?:true|yes|on|[1-9]\d*)$/i.test(setting[2] ?? '');
	}
	return value;
}

async function readText(uri: string, files: FileSystem): Promise<string | undefined> {
	const bytes = await files.readHead(uri, MAX_PATTERNS_BYTES);
	return bytes && new TextDecoder().decode(bytes);
}

/** Reads the patterns of a file; none if it does not exist. */
async function readPatterns(uri: string, ignoreCase: boolean, files: FileSystem): Promise<readonly PatternList[]> {
	const bytes = await files.readHead(uri, MAX_PATTERNS_BYTES);
	if (!bytes) return [];
	const text = bytesAsText(bytes).replace(/^\xef\xbb\xbf/, '');
	return [{ ignore: createIgnore({ ignoreCase }).add(text), path: '' }];
}
