import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MAX_TEXT_BYTES, readText } from '../archive/readText.ts';
import type { DocumentKind } from '../article/detect.ts';
import { fetchCommand } from '../links/pointerFile.ts';
import { nativePath } from '../node/fileName.ts';
import { nodeFileSystem } from '../node/fileSystem.ts';
import { decodeText } from './encoding.ts';
import { reasonOf } from './files.ts';

/** The content of a file. */
export type FileContent =
	| {
			readonly kind: DocumentKind;
			readonly text: string;
			/** The name of its encoding, unless it is UTF-8. */
			readonly encoding: string | undefined;
	  }
	/** Neither an article nor a list. */
	| { readonly kind: 'other'; readonly reason: string }
	| {
			readonly kind: 'failure';
			readonly reason: string;
			/** The label of its probable encoding, if it can be decoded with it. */
			readonly label?: string;
	  };

/** Returns why a file in another encoding is not written, as the end of a sentence. */
export function notWritten(encoding: string): string {
	return `is in ${encoding}, but only UTF-8 can be written: convert it first`;
}

/** Returns why a file could not be read, for a command with the option `--encoding`. */
export function reasonWithEncoding({ reason, label }: FileContent & { readonly kind: 'failure' }): string {
	return label === undefined ? reason : `${reason}, or read it with --encoding ${label}`;
}

/** Describes how articles and lists are recognised. */
export const WHAT_IS_LOOKED_FOR =
	'an article starts with <!--milliseconds--> or front matter, [title](URL) and a line of dashes; a list with its title, dashes and [title](/path) lines';

/**
 * Reads a file if it is an article or a list; of any other file, only the start. Never throws: errors are part of the result. A byte
 * order mark is not part of the text.
 *
 * @param named whether the user named this file
 * @param encoding the label (Encoding Standard) for files that are not UTF-8; without it, such files fail
 */
export async function readArticle(path: string, named: boolean, encoding?: string): Promise<FileContent> {
	try {
		const found = await readText(pathToFileURL(resolve(path)).href, nodeFileSystem, named);
		switch (found.kind) {
			case 'article':
			case 'list': {
				const { kind, text, bytes } = found;
				if (found.encoding === 'utf-8') return { kind, text, encoding: undefined };
				const decoded = decodeText(bytes, encoding);
				return 'text' in decoded ? { kind, ...decoded } : { kind: 'failure', ...decoded };
			}
			case 'pointer': {
				const { pointer } = found;
				return {
					kind: 'other',
					reason: `is stored by ${pointer.keeper} and was not fetched: run ${fetchCommand(pointer)}`,
				};
			}
			case 'other':
				return { kind: 'other', reason: `is neither an article nor a list: ${WHAT_IS_LOOKED_FOR}` };
			case 'too-large':
				return { kind: 'failure', reason: reasonForSize(found.size) };
			case 'unreadable':
				return await whyUnreadable(path);
		}
	} catch (error) {
		return { kind: 'failure', reason: await reasonOf(error, path) };
	}
}

function reasonForSize(size: number): string {
	const [megabytes, limit] = [size, MAX_TEXT_BYTES].map(bytes => Math.ceil(bytes / 1024 / 1024));
	return `is too large to be an article: ${megabytes} MB, where ${limit} MB is the limit`;
}

/** @throws Error of the file system, which says why the file cannot be read */
async function whyUnreadable(path: string): Promise<FileContent> {
	// Opening a pipe would block until something writes to it.
	if (!(await stat(nativePath(path))).isFile()) return { kind: 'other', reason: 'is not a regular file' };
	await (await open(nativePath(path))).close();
	return { kind: 'failure', reason: 'could not be read' };
}
