import { digest } from '../util/digest.ts';
import {
	displayName,
	encodedNameOf,
	folderOf,
	isInFolder,
	joinUri,
	normalUri,
	withEnding,
	withoutEnding,
} from '../util/uri.ts';

/** The ending of a sidecar's file name, after the name of its article. */
export const SIDECAR_SUFFIX = '.annotations.jsonld';

/** The file name limit of common file systems, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;

/** Articles by their shortened sidecar, whose name does not contain the whole name of the article. Filled by `sidecarOf`. */
const shortened = new Map<string, string>();

/**
 * Returns the file name of an article's sidecar, which is unique: the whole article name with the ending or, if that is too long, as
 * much of it as fits with a digest of the whole name.
 */
export function sidecarNameOf(article: string): string {
	if (bytesOf(article + SIDECAR_SUFFIX) <= MAX_NAME_BYTES) return article + SIDECAR_SUFFIX;
	const end = `~${digest(article)}${SIDECAR_SUFFIX}`;
	const room = MAX_NAME_BYTES - bytesOf(end);
	let [start, length] = ['', 0];
	for (const character of article) {
		length += bytesOf(character);
		if (length > room) break;
		start += character;
	}
	return start + end;
}

function bytesOf(text: string): number {
	return new TextEncoder().encode(text).length;
}

/** Returns the URI of an article's sidecar; `undefined` for an article that is not in a folder, such as an untitled document. */
export function sidecarOf(article: string): string | undefined {
	if (!isInFolder(article) || encodedNameOf(article) === '' || isSidecar(article)) return undefined;
	const plain = withEnding(article, SIDECAR_SUFFIX);
	// The encoded name is at least as long as its bytes.
	if (encodedNameOf(plain).length <= MAX_NAME_BYTES) return plain;
	const name = displayName(article);
	const own = sidecarNameOf(name);
	if (own === name + SIDECAR_SUFFIX) return plain;
	const sidecar = joinUri(folderOf(article), own);
	shortened.set(normalUri(sidecar), article);
	return sidecar;
}

/** Returns the URI of the article that a sidecar belongs to; `undefined` for any other file. */
export function articleOf(sidecar: string): string | undefined {
	if (!isSidecar(sidecar)) return undefined;
	const known = isShortened(encodedNameOf(sidecar)) ? shortened.get(normalUri(sidecar)) : undefined;
	return known ?? withoutEnding(sidecar, SIDECAR_SUFFIX);
}

/** Whether a file is a sidecar, by its name. */
export function isSidecar(uri: string): boolean {
	const article = withoutEnding(uri, SIDECAR_SUFFIX);
	return article !== undefined && displayName(article) !== '';
}

/** Whether a sidecar's name may be a shortened one, which does not contain the whole name of the article. */
export function isShortened(name: string): boolean {
	return /(?:~|%7e)[0-9a-z]{9,18}\.annotations\.jsonld$/i.test(name);
}
