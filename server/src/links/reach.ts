/**
 * Decides which files may be accessed: only those in what the user opened, since an article can name any file. Server and client
 * share this code.
 */

/** A decoded URI of a file, as in `vscode.Uri` and `URI`. */
export interface FileAddress {
	readonly scheme: string;
	readonly authority: string;
	readonly path: string;
	/** Part of the place for some file systems: a project, a branch, another file. */
	readonly query: string;
}

/** What the user opened. */
export interface Opened {
	readonly folders: readonly FileAddress[];
	/** A document in no open folder adds its own folder. */
	readonly documents: readonly FileAddress[];
}

/** The files that may be accessed. */
export interface Reach {
	/** The accessible folders, without trailing slashes. */
	readonly roots: readonly FileAddress[];
	/** The outermost accessible folder that a file is or is in; `undefined` if the file may not be accessed, nor looked up. */
	rootOf(file: FileAddress): FileAddress | undefined;
}

/** The folders at the root of an archive (FORMAT.md). */
export const ARCHIVE_FOLDERS: readonly string[] = ['articles', 'lists'];

/** Segments that a file system may take for the folder above or the same folder, and the NUL that ends a name in some. */
const MISLEADING = /\0|(?:^|[\\/])\.\.?(?:[\\/]|$)/;

/** Names that Windows takes for devices, in any folder and with any extension, in a path that starts with a drive. */
const DEVICE = /^\/[a-z]:.*\/(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:[.:][^/]*)?(?:\/|$)/i;

/**
 * Creates the reach of what is open: the folders, the folders of documents, and the archives that these belong to by their paths
 * (`…/articles/<source>`), without a look-up.
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

/** Whether a path may not mean the plain file that it seems to. */
export function isMisleading(path: string): boolean {
	return path.startsWith('//') || MISLEADING.test(path) || DEVICE.test(path);
}

/** Scheme and host are case-insensitive (RFC 3986, 6.2.2.1). */
function keyOf({ scheme, authority, query }: FileAddress, path: string): string {
	return `${scheme.toLowerCase()}://${authority.toLowerCase()}${path}?${query}`;
}

/** The folder of a document, unless it is the root of the file system. */
function folderOf({ scheme, authority, path, query }: FileAddress): readonly FileAddress[] {
	const end = path.lastIndexOf('/');
	return end > 0 ? [{ scheme, authority, path: path.slice(0, end), query }] : [];
}

/** The archive that a folder belongs to by its path: its root, or the archive's own folders if the root would be that of the file system. */
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

/** A path with its drive letter in lower case. */
function withoutDrive(path: string): string {
	return path.replace(/^\/[A-Z]:/, drive => drive.toLowerCase());
}
