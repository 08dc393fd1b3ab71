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

/** What the name of a sidecar file ends with; what comes before is the name of its article. */
export const SIDECAR_SUFFIX = '.annotations.jsonld';

/** A longer name, in bytes of UTF-8, is none that file systems take. */
const MAX_NAME_BYTES = 255;

/** Articles by the sidecars whose names do not tell them, as far as `sidecarOf` was asked for their sidecars. */
const shortened = new Map<string, string>();

/**
 * The name of the sidecar of an article of some name, so that no two share one: the whole name with the ending or, where that is
 * longer than names can be, as much of it as fits, with a digest of all.
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

/** The address of the sidecar of an article; `undefined` for one that lies nowhere, as a document that was never saved. */
export function sidecarOf(article: string): string | undefined {
	if (!isInFolder(article) || displayName(article) === '' || isSidecar(article)) return undefined;
	const plain = withEnding(article, SIDECAR_SUFFIX);
	// It is no shorter than the bytes that it stands for.
	if (encodedNameOf(plain).length <= MAX_NAME_BYTES) return plain;
	const name = displayName(article);
	const own = sidecarNameOf(name);
	if (own === name + SIDECAR_SUFFIX) return plain;
	const sidecar = joinUri(folderOf(article), own);
	shortened.set(normalUri(sidecar), article);
	return sidecar;
}

/** The address of the article that a sidecar belongs to; `undefined` for any other file. */
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

/** Whether the name of a sidecar may be one that does not tell its article. */
export function isShortened(name: string): boolean {
	return /(?:~|%7e)[0-9a-z]{9,18}\.annotations\.jsonld$/i.test(name);
}
