import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { spellName } from '../node/fileName.ts';

/** Exit codes of the process. */
export const ExitCode = {
	/** No problems that fail the run. */
	clean: 0,
	/** Errors, or more warnings than allowed. */
	findings: 1,
	/** Invalid usage, a file that could not be checked, or output that could not be written. */
	failure: 2,
} as const;

/** Exits when a stream cannot be written: its reader has closed it, as in `marginalia check | head`, or the disk is full. */
export function endOnWriteError(stream: NodeJS.WriteStream, name: string): void {
	stream.on('error', error => end(`${name} ${refusalOf(error)}`));
}

/** Exits with a one-line message after a fatal error. */
export function end(reason: string): never {
	try {
		writeSync(process.stderr.fd, `marginalia: ${printable(reason)}\n`);
	} catch {
		// Standard error cannot be written either: the exit code has to do.
	}
	process.exit(ExitCode.failure);
}

function refusalOf(error: Error): string {
	switch ('code' in error ? error.code : undefined) {
		case 'EPIPE':
			return 'was closed before everything was written';
		case 'ENOSPC':
		case 'EDQUOT':
			return 'cannot be written: the disk is full';
		default:
			return `cannot be written: ${error.message}`;
	}
}

/** Writes a text or bytes, and waits while the buffer of the stream is full. */
export async function writeStream(stream: NodeJS.WritableStream, content: string | Uint8Array): Promise<void> {
	if (content.length > 0 && !stream.write(content)) await once(stream, 'drain');
}

/**
 * Whether to write colours: on a terminal that supports them, or if `FORCE_COLOR` is set, but never with `NO_COLOR`
 * (no-color.org, force-color.org).
 */
export function wantsColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
	if (env.NO_COLOR) return false;
	if (env.FORCE_COLOR !== undefined) return !/^(?:0|false)$/i.test(env.FORCE_COLOR);
	return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Formats an error with the place that threw it, on one line. */
export function whatWentWrong(error: unknown): string {
	const stack = error instanceof Error ? error.stack : undefined;
	return stack?.split('\n', 2).join('').replace(/\s+/g, ' ') ?? String(error);
}

/**
 * Escapes a text for one line of a terminal: characters that would move the cursor or change the reading order, and bytes of a path
 * that are not UTF-8.
 */
export function printable(text: string): string {
	return spellName(text).replace(
		/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/** Writes one line about a path to standard error. */
export async function complain(path: string, reason: string): Promise<void> {
	await writeStream(process.stderr, `marginalia: ${printable(path)}: ${printable(reason)}\n`);
}
