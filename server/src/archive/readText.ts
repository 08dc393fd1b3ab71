import { DETECTION_LENGTH, type DocumentKind, detect } from '../article/detect.ts';
import { type Pointer, readPointer } from '../links/pointerFile.ts';
import type { FileSystem } from '../platform.ts';

/** An encoding that can be detected with certainty. */
export type KnownEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A text as editors show it, and its encoding. */
export interface DecodedText {
	/** Without a byte order mark; invalid bytes become U+FFFD. */
	readonly text: string;
	/** `undefined` for any other encoding, where the text may not represent the whole file. */
	readonly encoding: KnownEncoding | undefined;
}

/** A classified file. */
export type FileText =
	| ({
			readonly kind: DocumentKind;
			/** All of the file. */
			readonly bytes: Uint8Array;
	  } & DecodedText)
	/** A pointer to content that was not fetched. */
	| { readonly kind: 'pointer'; readonly pointer: Pointer }
	/** Neither an article nor a list. */
	| { readonly kind: 'other' }
	/** An article or list over the limit, with its size in bytes. */
	| { readonly kind: 'too-large'; readonly size: number }
	/** No file, or an unreadable one. */
	| { readonly kind: 'unreadable' };

/** The size limit of an article, in bytes. VS Code does not give larger files to extensions either. */
export const MAX_TEXT_BYTES = 50 * 1024 * 1024;

/** Enough bytes for what `detect` looks at, in any encoding. */
const HEAD_BYTES = 4 * DETECTION_LENGTH;

/** Extensions of media files next to articles, which are read only if named, since a client that serves files sends each as a whole. */
const MEDIA =
	/\.(?:avif|bmp|gif|heic|ico|jpe?g|jxl|png|svg|tiff?|webp|aac|flac|m4a|mp3|ogg|wav|avi|m4v|mkv|mov|mp4|webm|epub|gz|pdf|rar|tar|zip|7z)$/i;

/**
 * Reads a file if it is an article or a list; of any other file, only the start.
 *
 * @param named whether the user named this file, which may then have the extension of an image
 */
export async function readText(uri: string, files: FileSystem, named = false): Promise<FileText> {
	if (!named && MEDIA.test(uri)) return { kind: 'other' };
	const head = await files.readHead(uri, HEAD_BYTES + 1);
	if (!head) return { kind: 'unreadable' };
	const kind = detect(decodeStart(head));
	if (!kind) {
		const pointer = readPointer(head);
		return pointer ? { kind: 'pointer', pointer } : { kind: 'other' };
	}
	if (head.length <= HEAD_BYTES) return { kind, bytes: head, ...decode(head) };
	const stat = await files.stat(uri);
	if (stat && stat.size > MAX_TEXT_BYTES) return { kind: 'too-large', size: stat.size };
	const bytes = stat && (await files.readFile(uri));
	return bytes ? { kind, bytes, ...decode(bytes) } : { kind: 'unreadable' };
}

/** Reads the first lines of a file, if it is an article or a list. */
export async function readStart(
	uri: string,
	files: Pick<FileSystem, 'readHead'>,
): Promise<{ readonly kind: DocumentKind; readonly text: string } | undefined> {
	if (MEDIA.test(uri)) return undefined;
	// Nearly all headers fit into the shorter one.
	for (const length of [DETECTION_LENGTH, HEAD_BYTES]) {
		const bytes = await files.readHead(uri, length);
		if (!bytes) return undefined;
		const text = decodeStart(bytes);
		const kind = detect(text);
		if (kind) return { kind, text };
		if (bytes.length < length) return undefined;
	}
	return undefined;
}

/** Decodes a whole file. A byte order mark takes precedence, as in browsers and editors; otherwise UTF-8 is tried first. */
export function decode(bytes: Uint8Array): DecodedText {
	const wide = utf16Of(bytes);
	try {
		return { text: new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes), encoding: wide ?? 'utf-8' };
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return { text: decodeStart(bytes), encoding: undefined };
	}
}

/** Decodes bytes that may end inside a character. Encodings other than UTF-16 write the syntax of a header like UTF-8. */
function decodeStart(bytes: Uint8Array): string {
	return new TextDecoder(utf16Of(bytes) ?? 'utf-8').decode(bytes);
}

/** Detects UTF-16 by its byte order mark, or by the ASCII characters that articles begin with. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
	const [first, second] = bytes;
	if ((first === 0xff && second === 0xfe) || (isAscii(first) && second === 0)) return 'utf-16le';
	if ((first === 0xfe && second === 0xff) || (first === 0 && isAscii(second))) return 'utf-16be';
	return undefined;
}

function isAscii(byte: number | undefined): boolean {
	return byte !== undefined && byte > 0 && byte < 0x80;
}
