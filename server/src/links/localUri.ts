import { URI } from 'vscode-uri';
import { decodePercent, folderOf, isInFolder, joinUri } from '../util/uri.ts';
import { hasScheme } from './resolve.ts';

/**
 * Returns the local file that a relative URL may mean: `pictures/harbour.png`, `../x.jpg`. In an article a relative URL is relative to
 * the page that the article was taken from. Authors keep their own images next to the article, so a file that exists there takes
 * precedence.
 *
 * @param document URI of the document
 * @param value the decoded URL
 * @returns the file's URI, or `undefined` for a URL that cannot mean a file
 */
export function localUri(document: string, value: string): string | undefined {
	const path = value.trim().split(/[?#]/, 1)[0] ?? '';
	if (/^file:/i.test(path)) return parse(path);
	if (path === '' || path.startsWith('/') || path.startsWith('\\') || hasScheme(path)) return undefined;
	return isInFolder(document) ? joinUri(folderOf(document), decodePercent(path)) : undefined;
}

/**
 * Whether a URL can only mean a file on this or another machine: `file:`, a drive letter, or a UNC or device path of Windows.
 */
export function namesMachine(value: string): boolean {
	return /^\s*(?:file:|[a-z]:[\\/]|\\\\)/i.test(value);
}

/**
 * Whether a URL looks local, so that it means a file even if only its folder exists: it contains a folder, or has the extension of an
 * article.
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
