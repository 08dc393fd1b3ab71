import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { spellName } from '../node/fileName.ts';

/** What the process ends with. */
export const ExitCode = {
	/** Nothing was found that fails the run. */
	clean: 0,
	/** Errors, or more warnings than allowed. */
	findings: 1,
	/** Wrong usage, a file that could not be checked, or output that could not be written. */
	failure: 2,
} as const;

/** Ends the process once a stream takes no more: its reader went away, as in `marginalia check | head`, or the disk is full. */
export function endOnWriteError(stream: NodeJS.WriteStream, name: string): void {
	stream.on('error', error => end(`${name} ${refusalOf(error)}`));
}

/** Ends the process over something that nothing else can be made of, with one line. */
export function end(reason: string): never {
	try {
		writeSync(process.stderr.fd, `marginalia: ${printable(reason)}\n`);
	} catch {
		// Where standard error takes no more either, the exit code alone can tell.
	}
	process.exit(ExitCode.failure);
}

function refusalOf(error: Error): string {
	switch ('code' in error ? error.code : undefined) {
		case 'EPIPE':
			return 'was closed before all of it was written';
		case 'ENOSPC':
		case 'EDQUOT':
			return 'cannot be written: the disk is full';
		default:
			return `cannot be written: ${error.message}`;
	}
}

/** Writes a text, and waits while the stream holds more than it should. */
export async function writeStream(stream: NodeJS.WritableStream, text: string): Promise<void> {
	if (text !== '' && !stream.write(text)) await once(stream, 'drain');
}

/**
 * Whether to write colours: on a terminal that has them, or when `FORCE_COLOR` asks for them; never with `NO_COLOR`
 * (no-color.org, force-color.org).
 */
export function wantsColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
	if (env.NO_COLOR) return false;
	if (env.FORCE_COLOR !== undefined) return !/^(?:0|false)$/i.test(env.FORCE_COLOR);
	return stream.isTTY === true && env.TERM !== 'dumb';
}

/** An error with the place that threw it, in one line. */
export function whatWentWrong(error: unknown): string {
	const stack = error instanceof Error ? error.stack : undefined;
	return stack?.split('\n', 2).join('').replace(/\s+/g, ' ') ?? String(error);
}

/**
 * A text as one line that a terminal shows as it is: what would move the cursor or the reading order is spelt out, and bytes of a
 * path that are no UTF-8.
 */
export function printable(text: string): string {
	return spellName(text).replace(
		/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
