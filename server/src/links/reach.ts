/**
 * Which files may be touched. What articles, lists and notes name is up to whoever wrote them, so of all files only those count
 * that lie in what the user opened. Server and client ask this one function.
 */

/** An address of a file, decoded, as `vscode.Uri` and `URI` hold it. */
export interface FileAddress {
	readonly scheme: string;
	readonly authority: string;
	readonly path: string;
	/** What its file system may take for a part of the place: a project, a branch, another file. */
	readonly query: string;
}

/** What the user opened. */
export interface Opened {
	readonly folders: readonly FileAddress[];
	/** Of one that lies in no open folder, its own folder counts. */
	readonly documents: readonly FileAddress[];
}

/** The files that may be touched. */
export interface Reach {
	/** The folders that count, without slashes at their ends. */
	readonly roots: readonly FileAddress[];
	/** The outermost open folder that a file is or lies in; `undefined` where it may not be touched, nor asked for. */
	rootOf(file: FileAddress): FileAddress | undefined;
}

/** The folders that lie at the root of an archive (FORMAT.md). */
export const ARCHIVE_FOLDERS: readonly string[] = ['articles', 'lists'];

/** What a file system may take for a way up or the same folder, and what ends a name in some. */
const MISLEADING = /\0|(?:^|[\\/])\.\.?(?:[\\/]|$)/;

/** Names that Windows takes for devices, in any folder and with any extension; the path then starts with a drive. */
const DEVICE = /^\/[a-z]:.*\/(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:[.:][^/]*)?(?:\/|$)/i;

/**
 * The reach of what is open: the folders, those of documents that were opened by themselves, and the archives that these are
 * part of by their own paths (`…/articles/<source>`), for which nothing is looked up.
 */
export function createReach({ folders, documents }: Opened): Reach {
	const roots = new Map<string, FileAddress>();
	for (const folder of [...folders, ...documents.flatMap(folderOf)]) {
		const root = { ...folder, path: withoutSlash(folder.path) };
		for (const one of [root, ...archiveOf(root)]) roots.set(keyOf(one, withoutDrive(one.path)), one);
	}
	return {
		roots: [...roots.values()],
		rootOf(file) {
			if (isMisleading(file.path)) return undefined;
			const path = withoutDrive(file.path);
			for (let end = 0; end !== -1; end = path.indexOf('/', end + 1)) {
				const root = roots.get(keyOf(file, path.slice(0, end)));
				if (root) return root;
			}
			return roots.get(keyOf(file, withoutSlash(path)));
		},
	};
}

/** Whether a path is none of a plain file, wherever it lies. */
export function isMisleading(path: string): boolean {
	return path.startsWith('//') || MISLEADING.test(path) || DEVICE.test(path);
}

/** Case means nothing in the scheme and the name of a machine (RFC 3986, 6.2.2.1). */
function keyOf({ scheme, authority, query }: FileAddress, path: string): string {
	return `${scheme.toLowerCase()}://${authority.toLowerCase()}${path}?${query}`;
}

/** The folder of a document, if it lies in one that is not the whole file system. */
function folderOf({ scheme, authority, path, query }: FileAddress): readonly FileAddress[] {
	const end = path.lastIndexOf('/');
	return end > 0 ? [{ scheme, authority, path: path.slice(0, end), query }] : [];
}

/** The archive that a folder is part of by its path: the folder itself, or those of the archive where it would be all of a file system. */
function archiveOf(folder: FileAddress): readonly FileAddress[] {
	const names = folder.path.split('/');
	const at = names.findLastIndex(name => ARCHIVE_FOLDERS.includes(name));
	if (at === -1) return [];
	const root = names.slice(0, at).join('/');
	if (/^(?:\/[a-z]:)?$/i.test(root)) return ARCHIVE_FOLDERS.map(name => ({ ...folder, path: `${root}/${name}` }));
	return [{ ...folder, path: root }];
}

function withoutSlash(path: string): string {
	return path.replace(/\/+$/, '');
}

/** A path with its drive in one way of writing. */
function withoutDrive(path: string): string {
	return path.replace(/^\/[A-Z]:/, drive => drive.toLowerCase());
}
