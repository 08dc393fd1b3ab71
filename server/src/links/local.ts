import { URI } from 'vscode-uri';
import { decodePercent, folderOf, isInFolder, joinUri } from '../util/uri.ts';
import { hasScheme } from './resolve.ts';

/**
 * The file beside a document that a relative address may name: `pictures/harbour.png`, `../x.jpg`. In an article a relative
 * address means the page it was taken from; an author's own picture lies beside the article, so a file that is there is
 * what is meant.
 *
 * @param document URI of the document
 * @param value the decoded address
 * @returns the file's URI, or `undefined` for an address that can name none
 */
export function localUri(document: string, value: string): string | undefined {
	const path = value.trim().split(/[?#]/, 1)[0] ?? '';
	if (/^file:/i.test(path)) return parse(path);
	if (path === '' || path.startsWith('/') || path.startsWith('\\') || hasScheme(path)) return undefined;
	return isInFolder(document) ? joinUri(folderOf(document), decodePercent(path)) : undefined;
}

/**
 * Whether an address can name nothing but a file, of this machine or of another one: `file:`, with a drive, as Windows writes those
 * of other machines and of devices.
 */
export function namesMachine(value: string): boolean {
	return /^\s*(?:file:|[a-z]:[\\/]|\\\\)/i.test(value);
}

/**
 * Whether an address is so plainly that of a file here that a missing one was meant to be there, if its folder is: it names the
 * folder, or a file as archives have them.
 */
export function looksLocal(value: string): boolean {
	const path = value.trim().split(/[?#]/, 1)[0] ?? '';
	return /^file:/i.test(path) || /(?:^|\/)(?!\.{1,2}\/)[^/]+\/[^/]/.test(path) || /\.(?:md|txt)$/i.test(path);
}

function parse(uri: string): string | undefined {
	try {
		return URI.parse(uri, true).toString();
	} catch {
		return undefined;
	}
}
