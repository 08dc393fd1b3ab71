import { errors } from 'playwright-core';

/** Timeout for a condition to become true, in milliseconds, which allows for a busy machine. */
export const PATIENCE_MS = 120_000;

/** Timeout of the first attempt at an action that can be lost, in milliseconds. */
const FIRST_ATTEMPT_MS = 2_000;

/**
 * Polls a value until `accept` holds.
 * @param what describes the expected value, for the error message
 * @returns the last value
 * @throws TimeoutError with the last value
 */
export async function waitFor<T>(
	read: () => Promise<T>,
	accept: (value: T) => boolean,
	what: string,
	timeoutMs = PATIENCE_MS,
): Promise<T> {
	const end = performance.now() + timeoutMs;
	for (;;) {
		const value = await read();
		if (accept(value)) return value;
		if (performance.now() > end)
			throw new errors.TimeoutError(`waited in vain for ${what}; last seen: ${JSON.stringify(value)}`);
		await new Promise(resolve => setTimeout(resolve, 50));
	}
}

/**
 * Repeats an action until it has its effect. A busy workbench can lose a key or a click, and a list that was opened too early may
 * never show what is added later, so it is no use to wait for the effect of one attempt for long. Each attempt may take
 * twice as long as the previous one, so that a slow machine also gets there.
 * @param what describes the action, for the error message
 * @param attempt acts, and waits for the effect with the given timeout
 * @throws Error with that of the last attempt; errors that are not timeouts at once
 */
export async function repeat<T>(what: string, attempt: (timeoutMs: number) => Promise<T>): Promise<T> {
	const end = performance.now() + PATIENCE_MS;
	for (let timeout = FIRST_ATTEMPT_MS; ; timeout *= 2) {
		try {
			return await attempt(timeout);
		} catch (error) {
			if (!(error instanceof errors.TimeoutError)) throw error;
			if (performance.now() > end)
				throw new Error(`tried in vain: ${what}; at last ${error.message}`, { cause: error });
		}
	}
}
