import { URI, Utils } from 'vscode-uri';
import { baseName } from './path.ts';
import { schemeOf } from './schemes.ts';

/*
 * Addresses of files and folders, joined and compared as strings. The query of an address belongs to its file system, which may name
 * a project and a branch in it (`gitlab-remote://…/articles/1.md?project=7&ref=main`): what lies beside or above a file has the same
 * one, written in the same way, and a file with another one lies elsewhere. A fragment names a place in a file, never a file.
 */

/**
 * An address up to its query, the query with its `?`, and the fragment with its `#`. Half a surrogate pair, which cannot be
 * encoded, becomes U+FFFD, as in the URL standard.
 */
function split(uri: string): { readonly place: string; readonly query: string; readonly fragment: string } {
	const hash = uri.indexOf('#');
	const whole = hash === -1 ? uri : uri.slice(0, hash);
	const mark = whole.indexOf('?');
	const [place, query] = mark === -1 ? [whole, ''] : [whole.slice(0, mark), whole.slice(mark)];
	return { place: place.toWellFormed(), query, fragment: uri.slice(whole.length) };
}

/** One way of writing each address of a file: editors and systems encode it differently. */
export function normalUri(uri: string): string {
	const { place, query, fragment } = split(uri);
	return URI.parse(place).toString() + query + fragment;
}

/** One way of writing each address of a folder: without a slash at its end, but for the top of a file system. */
export function normalFolder(uri: string): string {
	const { place, query } = split(normalUri(uri));
	return (pathOf(place) === '/' ? place : place.replace(/\/$/, '')) + query;
}

/** The path of an address, decoded. */
export function pathOf(uri: string): string {
	return URI.parse(split(uri).place).path;
}

/** The last name in the path of an address, as it is encoded there. */
export function encodedNameOf(uri: string): string {
	return baseName(split(uri).place);
}

/** The last name in the path of an address, for people. */
export function displayName(uri: string): string {
	return decodePercent(encodedNameOf(uri));
}

/** A text with its percent-encoded bytes decoded; as it is where they are no UTF-8, as in a title with a `%%` that became a file's name. */
export function decodePercent(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Whether an address names a file in a folder, as that of a document that was never saved does not. */
export function isInFolder(uri: string): boolean {
	return schemeOf(uri) !== '' && schemeOf(uri) !== 'untitled' && pathOf(uri).startsWith('/');
}

/** The folder of a file, or the one above a folder; the top of a file system is its own. */
export function folderOf(uri: string): string {
	const { place, query } = split(uri);
	return Utils.dirname(URI.parse(place)).toString() + query;
}

/**
 * What lies in a folder.
 *
 * @param path decoded; `..` leads up, but never out of the file system
 */
export function joinUri(folder: string, path: string): string {
	const { place, query } = split(folder);
	return Utils.joinPath(URI.parse(place), path.toWellFormed()).toString() + query;
}

/** The top of a file system. */
function topOf(uri: string): string {
	const { place, query } = split(uri);
	return URI.parse(place).with({ path: '/' }).toString() + query;
}

/** Where a path leads from a folder, which may be one from the top of its file system; decoded. */
export function resolveUri(folder: string, path: string): string {
	const isAbsolute = /^(?:[\\/]|[a-z]:[\\/])/i.test(path);
	return joinUri(isAbsolute ? topOf(folder) : folder, path);
}

/** What lies in a folder, whose address is as `normalUri` writes it, for many names: as `joinUri`. */
export function joinerOf(folder: string): (name: string) => string {
	const { place, query } = split(folder);
	const start = place.endsWith('/') ? place : `${place}/`;
	// Most names have nothing in them that is encoded, nor a meaning of their own.
	return name => (/^(?!\.\.?$)[\w.~-]+$/.test(name) ? start + name + query : joinUri(folder, name));
}

/** The address of a file whose name is that of another one with an ending. */
export function withEnding(uri: string, ending: string): string {
	const { place, query } = split(uri);
	return place + ending + query;
}

/** The address of a file whose name is that of another one without an ending; `undefined` for one that does not end so. */
export function withoutEnding(uri: string, ending: string): string | undefined {
	const { place, query } = split(uri);
	return place.endsWith(ending) ? place.slice(0, -ending.length) + query : undefined;
}

/**
 * What an address says behind that of a folder, as it is encoded there; both as `normalUri` writes them.
 *
 * @returns `undefined` where it names nothing below the folder
 */
export function restBelow(folder: string, uri: string): string | undefined {
	const [above, below] = [split(folder), split(uri)];
	const start = above.place.endsWith('/') ? above.place : `${above.place}/`;
	if (above.query !== below.query || !below.place.startsWith(start)) return undefined;
	return below.place.slice(start.length);
}

/** Whether a file or folder lies below a folder; both as `normalUri` writes them. */
export function isBelow(uri: string, folder: string): boolean {
	return restBelow(folder, uri) !== undefined;
}

/** The path from a folder to a file below it, with slashes and decoded; `undefined` for a file that is not below the folder. */
export function pathBelow(folder: string, uri: string): string | undefined {
	const rest = restBelow(normalUri(folder), normalUri(uri));
	return rest === undefined ? undefined : decodeURIComponent(rest);
}

/** The first of some folders that is a file's or folder's, or one above it. */
export function folderAround(uri: string, folders: readonly string[]): string | undefined {
	const normal = normalFolder(uri);
	return folders.find(folder => {
		const one = normalFolder(folder);
		return normal === one || isBelow(normal, one);
	});
}
