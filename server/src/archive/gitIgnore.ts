import createIgnore, { type Ignore } from 'ignore';
import type { FileSystem } from '../platform.ts';
import { byteString, bytesAsText } from '../util/nameBytes.ts';
import { folderOf, joinUri, normalFolder, pathOf, resolveUri } from '../util/uri.ts';

/*
 * What git excludes, as gitignore(5) has it: the patterns of `.gitignore` files and of `.git/info/exclude`, compared byte by byte, and
 * without regard to case where `core.ignoreCase` says so. Patterns for all repositories of a user (`core.excludesFile`) lie outside
 * what is open and are not read.
 */

/** What is excluded in one folder. */
export interface GitIgnore {
	/** Outermost first; the last list that has an answer gives it. */
	readonly lists: readonly PatternList[];
	/** Whether names in this repository are compared without regard to case. */
	readonly ignoreCase: boolean;
}

/** The patterns of one file. */
interface PatternList {
	readonly ignore: Ignore;
	/** The way from the folder that the patterns are written for to the one they are asked in, with a slash at its end, as bytes. */
	readonly path: string;
}

/** Nothing is excluded. */
export const NOTHING_IGNORED: GitIgnore = { lists: [], ignoreCase: false };

/** A longer file of patterns is read up to here, in bytes. */
const MAX_PATTERNS_BYTES = 1024 * 1024;

/** Whether something in the folder is excluded, by its name. */
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

/** What is excluded in a folder of the folder, which is not excluded itself, by the patterns outside of it. */
export function enterFolder({ lists, ignoreCase }: GitIgnore, name: string): GitIgnore {
	const inner = `${byteString(name)}/`;
	return {
		lists: lists.map(({ ignore, path }) => ({ ignore: lift(ignore, path + inner, ignoreCase), path: path + inner })),
		ignoreCase,
	};
}

/**
 * The same patterns for what lies in a folder, which the library would exclude with the folder, also where another list takes that in
 * again. It remembers each path that it is asked about, so it is a new one for each folder.
 */
function lift(ignore: Ignore, folder: string, ignoreCase: boolean): Ignore {
	const lifted = createIgnore({ ignoreCase }).add(ignore);
	return ignore.test(folder).ignored ? lifted.add([`!/${folder.replace(/[\\*?[]/g, '\\$&')}`]) : lifted;
}

/**
 * What is excluded in a folder, with its own patterns.
 *
 * @param outer what is excluded in it by those outside of it
 * @param isRepository whether a repository begins in it, for which nothing outside of it counts
 * @param mayHaveOwn whether it is to be looked for
 */
export async function readGitIgnore(
	folder: string,
	outer: GitIgnore,
	files: FileSystem,
	{ isRepository, mayHaveOwn }: { readonly isRepository: boolean; readonly mayHaveOwn: boolean },
): Promise<GitIgnore> {
	const { lists, ignoreCase } = isRepository ? await readRepository(folder, files) : outer;
	// Git follows no link either, as it might lead out of what was cloned.
	const uri = joinUri(folder, '.gitignore');
	const own =
		mayHaveOwn && (await files.readLink?.(uri)) === undefined ? await readPatterns(uri, ignoreCase, files) : [];
	return own.length > 0 || isRepository ? { lists: [...lists, ...own], ignoreCase } : outer;
}

/**
 * What is excluded in a folder by the patterns outside of it, from its repository's root on.
 *
 * @param target URI of the folder, or of a file
 * @param start the folder that counts as a repository's root where there is none; otherwise nothing outside of the target counts
 * @returns `undefined` where the target itself is excluded, or a folder that it is in
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

/** A folder on the way from a repository's root. */
interface Step {
	readonly uri: string;
	readonly isRepository: boolean;
}

/** The folders from a repository's root, else from `start`, else from the folder itself, to the folder, outermost first. */
async function repositoryChain(folder: string, files: FileSystem, start: string | undefined): Promise<readonly Step[]> {
	const chain: Step[] = [];
	let outermost = 1;
	for (let uri = folder; ; uri = folderOf(uri)) {
		// What lies outside of what is open, `stat` says to be there, and nothing is read of it.
		const isRepository = (await files.stat(joinUri(uri, '.git'))) !== undefined;
		chain.push({ uri, isRepository });
		if (isRepository) return chain.reverse();
		if (uri === start) outermost = chain.length;
		if (folderOf(uri) === uri) return chain.slice(0, outermost).reverse();
	}
}

/** What a repository excludes apart from its `.gitignore` files, and how it compares names. */
async function readRepository(root: string, files: FileSystem): Promise<GitIgnore> {
	const folder = await findGitFolder(root, files);
	const config = await readText(joinUri(folder, 'config'), files);
	const ignoreCase = config !== undefined && ignoresCase(config);
	return { lists: await readPatterns(joinUri(folder, 'info/exclude'), ignoreCase, files), ignoreCase };
}

/** The folder with a repository's configuration: `.git`, or the one that a file of that name in a worktree or submodule names. */
async function findGitFolder(root: string, files: FileSystem): Promise<string> {
	const git = joinUri(root, '.git');
	if ((await files.stat(git))?.type !== 'file') return git;
	const target = /^gitdir: (.+?)\r?\n?$/s.exec((await readText(git, files)) ?? '')?.[1];
	if (target === undefined) return git;
	const own = resolveUri(root, target);
	const common = (await readText(joinUri(own, 'commondir'), files))?.replace(/\r?\n$/, '');
	return common ? resolveUri(own, common) : own;
}

/** Whether `core.ignoreCase` is set in a configuration of git, as it is where the file system does not tell cases apart. */
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

/** The patterns of a file; none where there is none. */
async function readPatterns(uri: string, ignoreCase: boolean, files: FileSystem): Promise<readonly PatternList[]> {
	const bytes = await files.readHead(uri, MAX_PATTERNS_BYTES);
	if (!bytes) return [];
	const text = bytesAsText(bytes).replace(/^\xef\xbb\xbf/, '');
	return [{ ignore: createIgnore({ ignoreCase }).add(text), path: '' }];
}
