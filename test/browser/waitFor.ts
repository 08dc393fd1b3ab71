/** Time for a condition to come true, in milliseconds, on a machine that is busy with much else. */
export const PATIENCE_MS = 120_000;

/**
 * Reads again and again until `accept` holds.
 * @param what what is waited for, for the message
 * @returns what was read last
 * @throws Error, with what was read last, when it does not hold in time
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
