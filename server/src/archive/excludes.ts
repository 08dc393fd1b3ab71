import createIgnore from 'ignore';
import { pathOf } from '../util/uri.ts';

/** Whether a file or folder, by its path from the file system's root, is left out. */
export type Excludes = (path: string, isFolder: boolean) => boolean;

/** Nothing is left out. */
export const NOTHING_EXCLUDED: Excludes = () => false;

/**
 * What the settings of an editor leave out of a folder.
 *
 * @param folder URI of the folder that the patterns are relative to
 * @param globs patterns as in VS Code's `files.exclude`: `*` within a name, `**` over folders, `?`, `[…]`, `{a,b}`
 */
export function excludesOf(folder: string, globs: readonly string[]): Excludes {
	if (globs.length === 0) return NOTHING_EXCLUDED;
	const path = pathOf(folder);
	const base = path.endsWith('/') ? path : `${path}/`;
	// A glob holds from the folder on; the pattern of a `.gitignore` would hold at any depth.
	const ignore = createIgnore({ ignoreCase: false }).add(
		globs.flatMap(expandBraces).map(glob => glob.replace(/^(?!\*\*\/|\/)/, '/')),
	);
	return (inner, isFolder) => {
		if (!inner.startsWith(base) || inner.length === base.length) return false;
		return ignore.ignores(inner.slice(base.length) + (isFolder ? '/' : ''));
	};
}

/** The globs without `{a,b}` that a glob stands for. */
function expandBraces(glob: string): readonly string[] {
	const braces = /\{([^{}]*)\}/.exec(glob);
	if (!braces) return [glob];
	const [before, after] = [glob.slice(0, braces.index), glob.slice(braces.index + braces[0].length)];
	return (braces[1] ?? '').split(',').flatMap(part => expandBraces(before + part + after));
}
