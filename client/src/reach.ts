/** An address of a file, as `vscode.Uri` holds it: decoded. */
export interface Address {
	readonly scheme: string;
	readonly authority: string;
	readonly path: string;
	/** What its file system may take for a part of the place: a project, a branch, another file. */
	readonly query: string;
}

/**
 * Whether the server may have a file: it lies in a folder that the user opened, or in that of an article that the user opened,
 * or below. Which files the server asks for is up to what stands in articles, and those are not to be trusted.
 */
export function isWithinReach(
	file: Address,
	{ folders, articles }: { readonly folders: readonly Address[]; readonly articles: readonly Address[] },
): boolean {
	// What a file system may take for a way up, or for a separator.
	if (/\\|\0|(?:^|\/)\.\.?(?:\/|$)/.test(file.path)) return false;
	return (
		folders.some(folder => isWithin(file, folder)) ||
		articles.map(folderOf).some(folder => folder.path !== '' && isWithin(file, folder))
	);
}

/** The folder of a file, without a slash at its end. */
function folderOf({ path, ...address }: Address): Address {
	return { ...address, path: path.slice(0, Math.max(0, path.lastIndexOf('/'))) };
}

/** Whether a file is a folder or lies in it. */
function isWithin({ scheme, authority, path, query }: Address, folder: Address): boolean {
	const start = folder.path.replace(/\/$/, '');
	const isSame = scheme === folder.scheme && authority === folder.authority && query === folder.query;
	return isSame && `${path}/`.startsWith(`${start}/`);
}
