import { analyse } from 'chardet';
import { utf16Of } from '../archive/readText.ts';

/** The least confidence of the detector, of 100, for its guess to be shown. */
const SURE = 40;

/** The least number of bytes beyond ASCII for a guess. */
const FEWEST = 16;

/** Common names of encodings that the detector or the Encoding Standard names differently. */
const NAMES: ReadonlyMap<string, string> = new Map([
	['GB18030', 'GBK'],
	['SHIFT_JIS', 'Shift_JIS'],
	['BIG5', 'Big5'],
]);

/** A decoded text, or why it could not be decoded: the end of a sentence that starts with its path, without a full stop. */
export type Decoded =
	/** `encoding` is the name of its encoding, unless it is UTF-8. */
	| { readonly text: string; readonly encoding: string | undefined }
	/** `label` is the label (Encoding Standard) of its probable encoding. */
	| { readonly reason: string; readonly label?: string };

/**
 * Decodes a file. A byte order mark takes precedence, as in browsers and editors; otherwise UTF-8 is tried first.
 *
 * @param encoding the label (Encoding Standard) for files that are not UTF-8; without it, such a file is not decoded
 */
export function decodeText(bytes: Uint8Array, encoding: string | undefined): Decoded {
	const wide = utf16Of(bytes);
	const plain = wide ? undefined : decode(bytes, 'utf-8');
	if (plain !== undefined) return { text: plain, encoding: undefined };
	if (encoding === undefined) return refuse(bytes, wide);
	const label = wide ?? encoding;
	const text = decode(bytes, label);
	if (text !== undefined) return { text, encoding: nameOf(label) };
	return { reason: `is neither UTF-8 nor ${nameOf(label)}: ${describeFault(bytes)}` };
}

function refuse(bytes: Uint8Array, wide: string | undefined): Decoded {
	const label = wide ?? guess(bytes);
	if (label === undefined) return { reason: `is not UTF-8: ${describeFault(bytes)}` };
	return { reason: `${wide ? 'is' : 'seems to be'} in ${nameOf(label)}, not in UTF-8: save it as UTF-8`, label };
}

/** Whether a label names a supported encoding. */
export function isEncoding(label: string): boolean {
	try {
		new TextDecoder(label);
		return true;
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}

function nameOf(label: string): string {
	const name = new TextDecoder(label).encoding.toUpperCase();
	return NAMES.get(name) ?? (name.startsWith('WINDOWS') ? name.toLowerCase() : name);
}

/** Decodes bytes; `undefined` if they are invalid in the encoding. */
function decode(bytes: Uint8Array, label: string, options?: { readonly stream: boolean }): string | undefined {
	try {
		return new TextDecoder(label, { fatal: true }).decode(bytes, options);
	} catch (error) {
		if (error instanceof TypeError) return undefined;
		throw error;
	}
}

/** Guesses the label of an encoding; `undefined` for UTF-8 with an error, or if the guess is uncertain. */
function guess(bytes: Uint8Array): string | undefined {
	// UTF-8 that was cut off in the middle of a character.
	if (decode(bytes, 'utf-8', { stream: true }) !== undefined) return undefined;
	if (bytes.filter(byte => byte > 0x7f).length < FEWEST) return undefined;
	const [best] = analyse(bytes);
	if (!best || best.confidence < SURE || best.name === 'UTF-8' || !isEncoding(best.name)) return undefined;
	if (decode(bytes, best.name) === undefined) return undefined;
	return nameOf(best.name).toLowerCase();
}

/** Describes the first invalid byte: the first difference after decoding and encoding the text. */
function describeFault(bytes: Uint8Array): string {
	const rewritten = Buffer.from(Buffer.from(bytes).toString('utf8'));
	let at = 0;
	while (at < bytes.length && bytes[at] === rewritten[at]) at++;
	const line = bytes.subarray(0, at).filter(byte => byte === 10).length + 1;
	const byte = bytes[at]?.toString(16).toUpperCase().padStart(2, '0');
	return byte === undefined ? `it ends inside a character in line ${line}` : `byte 0x${byte} in line ${line}`;
}
