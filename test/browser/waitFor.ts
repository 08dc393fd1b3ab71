/** Timeout for a condition to become true, in milliseconds, which allows for a busy machine. */
export const PATIENCE_MS = 120_000;

/**
 * Polls a value until `accept` holds.
 * @param what describes the expected value, for the error message
 * @returns the last value
 * @throws on a timeout, with the last value
 */
export async function waitFor<T>(read: () => Promise<T>, accept: (value: T) => boolean, what: string): Promise<T> {
	const end = performance.now() + PATIENCE_MS;
	for (;;) {
		const value = await read();
		if (accept(value)) return value;
		if (performance.now() > end) throw new Error(`waited in vain for ${what}; last seen: ${JSON.stringify(value)}`);
		await new Promise(resolve => setTimeout(resolve, 50));
	}
}
