import type { Clock } from '../platform.ts';

/** Time between two changes of the line, in milliseconds. */
const INTERVAL = 100;

/** A line that says how far a run has come, on a terminal only. */
export interface Progress {
	/** Says how far it is, unless something was said just now. */
	say(text: string): void;
	/** Takes the line away, so that something else can be written. */
	clear(): void;
}

/**
 * A progress line on a stream; one that is no terminal gets none.
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
