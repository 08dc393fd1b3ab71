import type { Clock } from '../platform.ts';

/** Time between two updates of the line, in milliseconds. */
const INTERVAL = 100;

/** A progress line on a terminal. */
export interface Progress {
	/** Updates the line, unless it was updated just before. */
	say(text: string): void;
	/** Clears the line, so that something else can be written. */
	clear(): void;
}

/**
 * Creates the progress line of a stream; it does nothing if the stream is not a terminal.
 *
 * @param now a clock in milliseconds
 */
export function createProgress(
	stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
	now: Clock = () => performance.now(),
): Progress {
	if (stream.isTTY !== true) return { say() {}, clear() {} };
	let shown = false;
	let next = now() + INTERVAL;
	return {
		say(text) {
			if (now() < next) return;
			next = now() + INTERVAL;
			stream.write(`\r\u001b[K${text}`);
			shown = true;
		},
		clear() {
			if (shown) stream.write('\r\u001b[K');
			shown = false;
		},
	};
}
