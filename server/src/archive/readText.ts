import { DETECTION_LENGTH, type DocumentKind, detect } from '../article/detect.ts';
import { type Pointer, readPointer } from '../links/pointerFile.ts';
import type { FileSystem } from '../platform.ts';

/** An encoding that a text shows that it is in. */
export type KnownEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A text as editors show it, and what it is in. */
export interface DecodedText {
	/** Without a byte order mark; what could not be decoded is U+FFFD. */
	readonly text: string;
	/** `undefined` where it is another one, so that the text is not all that is in the file. */
	readonly encoding: KnownEncoding | undefined;
}

/** What a file turned out to be. */
export type FileText =
	| ({
			readonly kind: DocumentKind;
			/** All of the file. */
			readonly bytes: Uint8Array;
	  } & DecodedText)
	/** The file itself was not fetched. */
	| { readonly kind: 'pointer'; readonly pointer: Pointer }
	/** Neither article nor list. */
	| { readonly kind: 'other' }
	/** An article or list of so many bytes. */
	| { readonly kind: 'too-large'; readonly size: number }
	/** No file, or none that may be read. */
	| { readonly kind: 'unreadable' };

/** A larger file, in bytes, is not read: nobody wrote it, and VS Code gives extensions none that is larger either. */
export const MAX_TEXT_BYTES = 50 * 1024 * 1024;

/** Bytes that hold as much as `detect` looks at, in whatever encoding. */
const HEAD_BYTES = 4 * DETECTION_LENGTH;

/** Files of the kinds that lie beside articles and are not looked into unless they are named: a client that shows files sends all of each. */
const MEDIA =
	/\.(?:avif|bmp|gif|heic|ico|jpe?g|jxl|png|svg|tiff?|webp|aac|flac|m4a|mp3|ogg|wav|avi|m4v|mkv|mov|mp4|webm|epub|gz|pdf|rar|tar|zip|7z)$/i;

/**
 * Reads a file if it is an article or a list; of any other, no more than its start.
 *
 * @param named whether the user named this very file, which then may have the name of a picture
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

/** The first lines of a file, if it is an article or a list. */
export async function readStart(
	uri: string,
	files: Pick<FileSystem, 'readHead'>,
): Promise<{ readonly kind: DocumentKind; readonly text: string } | undefined> {
	if (MEDIA.test(uri)) return undefined;
	// Hardly any header is longer than the shorter one of these.
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

/** The text of a whole file. A byte order mark says what it is in, as browsers and editors have it; otherwise it is UTF-8 if it can be. */
export function decode(bytes: Uint8Array): DecodedText {
	const wide = utf16Of(bytes);
	try {
		return { text: new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes), encoding: wide ?? 'utf-8' };
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		return { text: decodeStart(bytes), encoding: undefined };
	}
}

/** The text of bytes that may end inside a character. Encodings other than UTF-16 write what a header is made of as UTF-8 does. */
function decodeStart(bytes: Uint8Array): string {
	return new TextDecoder(utf16Of(bytes) ?? 'utf-8').decode(bytes);
}

/** The UTF-16 of a text that has its byte order mark, or begins with the ASCII that articles begin with. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
	const [first, second] = bytes;
	if ((first === 0xff && second === 0xfe) || (isAscii(first) && second === 0)) return 'utf-16le';
	if ((first === 0xfe && second === 0xff) || (first === 0 && isAscii(second))) return 'utf-16be';
	return undefined;
}

function isAscii(byte: number | undefined): boolean {
	return byte !== undefined && byte > 0 && byte < 0x80;
}
