import createIgnore from 'ignore';
import { pathOf } from '../util/uri.ts';

/** Whether a file or folder, by its absolute path, is excluded. */
export type Excludes = (path: string, isFolder: boolean) => boolean;

/** Excludes nothing. */
export const NOTHING_EXCLUDED: Excludes = () => false;

/** The total length of the globs that one with braces may become, since each pair of braces multiplies them. */
const MAX_EXPANDED = 50_000;

const BRACES = /\{([^{}]*)\}/;

/**
 * Creates the excludes of a folder from the settings of an editor.
 *
 * @param folder URI of the folder that the patterns are relative to
 * @param globs patterns as in VS Code's `files.exclude`: `*` within a name, `**` over folders, `?`, `[…]`, `{a,b}`
 */
export function excludesOf(folder: string, globs: readonly string[]): Excludes {
	if (globs.length === 0) return NOTHING_EXCLUDED;
	const path = pathOf(folder);
	const base = path.endsWith('/') ? path : `${path}/`;
	// A glob is anchored to the folder; a pattern of `.gitignore` would match at any depth.
	const ignore = createIgnore({ ignoreCase: false }).add(
		globs.flatMap(expandBraces).map(glob => glob.replace(/^(?!\*\*\/|\/)/, '/')),
	);
	return (inner, isFolder) => {
		if (!inner.startsWith(base) || inner.length === base.length) return false;
		return ignore.ignores(inner.slice(base.length) + (isFolder ? '/' : ''));
	};
}

/** Expands `{a,b}` in a glob; nothing if that is too much. */
function expandBraces(glob: string): readonly string[] {
	let globs: readonly string[] = [glob];
	while (globs.some(one => BRACES.test(one))) {
		const expanded = new Set(globs.flatMap(expandFirst));
		let length = 0;
		for (const one of expanded) length += one.length;
		if (length > MAX_EXPANDED) return [];
		globs = [...expanded];
	}
	return globs;
}

/** Expands the first innermost braces of a glob. */
function expandFirst(glob: string): readonly string[] {
	const braces = BRACES.exec(glob);
	if (!braces) return [glob];
	const [before, after] = [glob.slice(0, braces.index), glob.slice(braces.index + braces[0].length)];
	return (braces[1] ?? '').split(',').map(part => before + part + after);
}
