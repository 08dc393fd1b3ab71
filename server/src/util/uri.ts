import { URI, Utils } from 'vscode-uri';
import { baseName } from './path.ts';
import { schemeOf } from './schemes.ts';

/*
 * URIs of files and folders, joined and compared as strings. The query of a URI belongs to its file system, and may name
 * a project and a branch (`gitlab-remote://…/articles/1.md?project=7&ref=main`): files next to or above a file have the same
 * query, and URIs with different queries are unrelated. A fragment is a place in a file, and not part of its identity.
 */

/** A file in a folder whose URI needs no normalising, as nearly all are. Captures the folder. */
const PLAIN = /^(file:\/\/(?:\/[\w.~-]+)+)\/(?![^/]*%2[fF])[^/?#]+$/;

/**
 * Splits a URI into the part before the query, the query with its `?`, and the fragment with its `#`. Lone surrogates, which cannot be
 * encoded, become U+FFFD, as in the URL standard.
 */
function split(uri: string): { readonly place: string; readonly query: string; readonly fragment: string } {
	const hash = uri.indexOf('#');
	const whole = hash === -1 ? uri : uri.slice(0, hash);
	const mark = whole.indexOf('?');
	const [place, query] = mark === -1 ? [whole, ''] : [whole.slice(0, mark), whole.slice(mark)];
	return { place: place.toWellFormed(), query, fragment: uri.slice(whole.length) };
}

/** Whether a text can be read as a URI (RFC 3986): its scheme and path have the form that all functions here require. */
export function isUri(text: string): boolean {
	try {
		URI.parse(split(text).place);
		return true;
	} catch {
		return false;
	}
}

/** Normalises the URI of a file, since editors and systems encode URIs differently. */
export function normalUri(uri: string): string {
	const { place, query, fragment } = split(uri);
	return URI.parse(place).toString() + query + fragment;
}

/** Normalises the URI of a folder: without a trailing slash, except for the root of a file system. */
export function normalFolder(uri: string): string {
	const { place, query } = split(normalUri(uri));
	return (pathOf(place) === '/' ? place : place.replace(/\/$/, '')) + query;
}

/** The decoded path of a URI. */
export function pathOf(uri: string): string {
	return URI.parse(split(uri).place).path;
}

/** The last path segment of a URI, percent-encoded. */
export function encodedNameOf(uri: string): string {
	return baseName(split(uri).place);
}

/** The decoded last path segment of a URI, for display. */
export function displayName(uri: string): string {
	return decodePercent(encodedNameOf(uri));
}

/** Decodes percent-encoded bytes; returns the text unchanged if they are not valid UTF-8, as in a file name with `%%`. */
export function decodePercent(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Whether a URI names a file in a folder, which the URI of an unsaved document does not. */
export function isInFolder(uri: string): boolean {
	if (PLAIN.test(uri)) return true;
	return schemeOf(uri) !== '' && schemeOf(uri) !== 'untitled' && pathOf(uri).startsWith('/');
}

/** The folder of a file, or the parent of a folder; the root of a file system is its own parent. */
export function folderOf(uri: string): string {
	const plain = PLAIN.exec(uri)?.[1];
	if (plain !== undefined) return plain;
	const { place, query } = split(uri);
	return Utils.dirname(URI.parse(place)).toString() + query;
}

/**
 * Joins a folder and a relative path.
 *
 * @param path decoded; `..` goes up, but never out of the file system
 */
export function joinUri(folder: string, path: string): string {
	const { place, query } = split(folder);
	return Utils.joinPath(URI.parse(place), path.toWellFormed()).toString() + query;
}

/** The root of a file system. */
function topOf(uri: string): string {
	const { place, query } = split(uri);
	return URI.parse(place).with({ path: '/' }).toString() + query;
}

/** Resolves a decoded path against a folder. A path with a leading slash starts at the root of the file system. */
export function resolveUri(folder: string, path: string): string {
	const isAbsolute = /^(?:[\\/]|[a-z]:[\\/])/i.test(path);
	return joinUri(isAbsolute ? topOf(folder) : folder, path);
}

/** Returns a faster `joinUri` for many names in one folder, whose URI must be normalised. */
export function joinerOf(folder: string): (name: string) => string {
	const { place, query } = split(folder);
	const start = place.endsWith('/') ? place : `${place}/`;
	// Most names need no encoding and are not `.` or `..`.
	return name => (/^(?!\.\.?$)[\w.~-]+$/.test(name) ? start + name + query : joinUri(folder, name));
}

/** Appends a suffix to the file name of a URI. */
export function withEnding(uri: string, ending: string): string {
	const { place, query } = split(uri);
	return place + ending + query;
}

/** Removes a suffix from the file name of a URI; `undefined` if it does not end with it. */
export function withoutEnding(uri: string, ending: string): string | undefined {
	const { place, query } = split(uri);
	return place.endsWith(ending) ? place.slice(0, -ending.length) + query : undefined;
}

/**
 * The part of a URI after that of a folder, percent-encoded. Both URIs must be normalised.
 *
 * @returns `undefined` if it is not below the folder
 */
export function restBelow(folder: string, uri: string): string | undefined {
	const [above, below] = [split(folder), split(uri)];
	const start = above.place.endsWith('/') ? above.place : `${above.place}/`;
	if (above.query !== below.query || !below.place.startsWith(start)) return undefined;
	return below.place.slice(start.length);
}

/** Whether a file or folder is below a folder. Both URIs must be normalised. */
export function isBelow(uri: string, folder: string): boolean {
	return restBelow(folder, uri) !== undefined;
}

/** The decoded path from a folder to a file below it, with slashes; `undefined` if the file is not below the folder. */
export function pathBelow(folder: string, uri: string): string | undefined {
	const rest = restBelow(normalUri(folder), normalUri(uri));
	return rest === undefined ? undefined : decodeURIComponent(rest);
}

/** The first of some folders that is, or contains, a file or folder. */
export function folderAround(uri: string, folders: readonly string[]): string | undefined {
	const normal = normalFolder(uri);
	return folders.find(folder => {
		const one = normalFolder(folder);
		return normal === one || isBelow(normal, one);
	});
}

/**
 * The URI of the file that a document is or, if it was never saved, will probably be: the file that VS Code named it after, else a file in
 * the first open folder.
 */
export function savedAs(uri: string, folders: readonly string[]): string {
	if (schemeOf(uri) !== 'untitled') return uri;
	const path = pathOf(uri);
	for (const folder of path.startsWith('/') ? folders : []) {
		const file = URI.parse(split(folder).place).with({ path }).toString() + split(folder).query;
		if (isBelow(file, normalFolder(folder))) return file;
	}
	const [first] = folders;
	return first === undefined ? uri : joinUri(first, baseName(path) || 'untitled');
}
