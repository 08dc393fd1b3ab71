import { once } from 'node:events';

/** What the process ends with. */
export const ExitCode = {
	/** Nothing was found that fails the run. */
	clean: 0,
	/** Errors, or more warnings than allowed. */
	findings: 1,
	/** Wrong usage, or a file that could not be checked. */
	failure: 2,
	/** The reader of the output went away: what a shell reports for a program ended by SIGPIPE. */
	closedPipe: 141,
} as const;

/** Ends the process without a word once nobody reads the stream any more, as in `marginalia check | head`. */
export function endQuietlyOnClosedPipe(stream: NodeJS.WriteStream): void {
	stream.on('error', error => {
		if ('code' in error && error.code === 'EPIPE') process.exit(ExitCode.closedPipe);
		throw error;
	});
}

/** Writes a text, and waits while the stream holds more than it should. */
export async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
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

/** A count with its noun: `1 article`, `2 articles`. */
export function count(number: number, noun: string, nouns = `${noun}s`): string {
	return `${number} ${number === 1 ? noun : nouns}`;
}

/** A text as one line that a terminal shows as it is: what would move the cursor or the reading order is spelt out. */
export function printable(text: string): string {
	return text.replace(
		/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
