import { type FileHandle, open, stat } from 'node:fs/promises';
import { DETECTION_LENGTH, type DocumentKind, detect } from '../article/detect.ts';
import { reasonOf } from './files.ts';

/** What a file turned out to be. */
export type Content =
	| { readonly kind: DocumentKind; readonly text: string }
	/** Nothing to be checked. */
	| { readonly kind: 'other'; readonly reason: string }
	| { readonly kind: 'failure'; readonly reason: string };

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
 */
export async function readArticle(path: string): Promise<Content> {
	try {
		const status = await stat(path);
		// Opening a pipe would wait for whoever writes to it.
		if (!status.isFile()) return { kind: 'other', reason: 'is not a regular file' };
		const file = await open(path);
		try {
			return await readOpen(file, status.size);
		} finally {
			await file.close();
		}
	} catch (error) {
		return { kind: 'failure', reason: await reasonOf(error, path) };
	}
}

async function readOpen(file: FileHandle, size: number): Promise<Content> {
	const head = await readBytes(file, 0, Math.min(HEAD, size));
	const encoding = utf16Of(head);
	const kind = detect(new TextDecoder(encoding ?? 'utf-8').decode(head));
	if (!kind) return { kind: 'other', reason: `is neither an article nor a list: ${WHAT_IS_LOOKED_FOR}` };
	if (encoding) return { kind: 'failure', reason: `is in ${encoding.toUpperCase()}: save it as UTF-8` };
	if (size > LARGEST) {
		const [megabytes, limit] = [size, LARGEST].map(bytes => Math.ceil(bytes / 1024 / 1024));
		return {
			kind: 'failure',
			reason: `is too large to be an article: ${megabytes} MB, where ${limit} MB is the limit`,
		};
	}
	const rest = size > head.length ? await readBytes(file, head.length, size - head.length) : undefined;
	return decode(kind, rest ? Buffer.concat([head, rest]) : head);
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

function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
	if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
	if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
	return undefined;
}

function decode(kind: DocumentKind, bytes: Buffer): Content {
	try {
		return { kind, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return { kind: 'failure', reason: `is not UTF-8: ${describeFault(bytes)}` };
	}
}

/** The first byte that stands where none such can: where the text, written again, differs. */
function describeFault(bytes: Buffer): string {
	const rewritten = Buffer.from(bytes.toString('utf8'));
	let at = 0;
	while (at < bytes.length && bytes[at] === rewritten[at]) at++;
	const line = bytes.subarray(0, at).filter(byte => byte === 10).length + 1;
	const byte = bytes[at]?.toString(16).toUpperCase().padStart(2, '0');
	return byte === undefined ? `it ends inside a character in line ${line}` : `byte 0x${byte} in line ${line}`;
}
