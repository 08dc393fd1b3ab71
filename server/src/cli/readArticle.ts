import { type FileHandle, open, stat } from 'node:fs/promises';
import { DETECTION_LENGTH, type DocumentKind, detect } from '../article/detect.ts';
import { nativePath } from '../node/fileName.ts';
import { decodeText, utf16Of } from './encoding.ts';
import { reasonOf } from './files.ts';

/** What a file turned out to be. */
export type Content =
	| {
			readonly kind: DocumentKind;
			readonly text: string;
			/** The name of the encoding that it is in, where that is not UTF-8. */
			readonly encoding: string | undefined;
	  }
	/** Nothing to be checked. */
	| { readonly kind: 'other'; readonly reason: string }
	| {
			readonly kind: 'failure';
			readonly reason: string;
			/** The label of the encoding that it seems to be in, where it could be read by that. */
			readonly label?: string;
	  };

/** Why a file is not written, as the end of a sentence: it would have to change its encoding. */
export function notWritten(encoding: string): string {
	return `is in ${encoding}, and only UTF-8 is written: convert it first`;
}

/** Why a file could not be read, for a command that has the option `--encoding`. */
export function reasonWithEncoding({ reason, label }: Content & { readonly kind: 'failure' }): string {
	return label === undefined ? reason : `${reason}, or read it with --encoding ${label}`;
}

/** How an article or a list is told from other files, in words. */
export const WHAT_IS_LOOKED_FOR =
	'an article starts with <!--milliseconds--> or front matter, [title](address) and a line of dashes; a list with its title, dashes and [title](/path) lines';

/** Bytes that hold as much as `detect` looks at, in whatever encoding. */
const HEAD = 4 * DETECTION_LENGTH;

/** A larger file, in bytes, is not read: nobody wrote it, and VS Code gives extensions none that is larger either. */
const LARGEST = 50 * 1024 * 1024;

/**
 * Reads a file if it is an article or a list; of any other, no more than its start. Never fails: what goes wrong is the
 * answer. A byte order mark is not part of the text.
 *
 * @param encoding the label (Encoding Standard) of what files are in that are not UTF-8; without it, such files fail
 */
export async function readArticle(path: string, encoding?: string): Promise<Content> {
	try {
		const status = await stat(nativePath(path));
		// Opening a pipe would wait for whoever writes to it.
		if (!status.isFile()) return { kind: 'other', reason: 'is not a regular file' };
		const file = await open(nativePath(path));
		try {
			return await readOpen(file, status.size, encoding);
		} finally {
			await file.close();
		}
	} catch (error) {
		return { kind: 'failure', reason: await reasonOf(error, path) };
	}
}

async function readOpen(file: FileHandle, size: number, encoding: string | undefined): Promise<Content> {
	const head = await readBytes(file, 0, Math.min(HEAD, size));
	// Encodings other than UTF-16 write what a header is made of as UTF-8 does.
	const kind = detect(new TextDecoder(utf16Of(head) ?? 'utf-8').decode(head));
	if (!kind) return { kind: 'other', reason: `is neither an article nor a list: ${WHAT_IS_LOOKED_FOR}` };
	if (size > LARGEST) {
		const [megabytes, limit] = [size, LARGEST].map(bytes => Math.ceil(bytes / 1024 / 1024));
		return {
			kind: 'failure',
			reason: `is too large to be an article: ${megabytes} MB, where ${limit} MB is the limit`,
		};
	}
	const rest = size > head.length ? await readBytes(file, head.length, size - head.length) : undefined;
	const decoded = decodeText(rest ? Buffer.concat([head, rest]) : head, encoding);
	return 'text' in decoded ? { kind, ...decoded } : { kind: 'failure', ...decoded };
}

/** Fewer bytes than asked for where the file ends early. */
async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
	const buffer = Buffer.allocUnsafe(length);
	let filled = 0;
	while (filled < length) {
		const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
		if (bytesRead === 0) break;
		filled += bytesRead;
	}
	return buffer.subarray(0, filled);
}
