import fc from 'fast-check';

/** The factor for the number of values in property tests. CI tests four times as many values as a developer waits for. */
const FACTOR = Number(process.env.MARGINALIA_PROPERTY_RUNS ?? (process.env.CI === undefined ? 0.25 : 1));

/** Returns the number of values to test a property with: `usual` in CI, times `MARGINALIA_PROPERTY_RUNS` if set. */
export function runs(usual: number): number {
	return Math.ceil(usual * FACTOR);
}

/** Returns all items in CI, or every fourth: a test of each real file takes longer than a developer waits. */
export function sampled<T>(items: readonly T[]): readonly T[] {
	return items.filter((_, index) => index % Math.ceil(1 / Math.min(1, FACTOR)) === 0);
}

/** A fixed seed, so that usual runs always test the same values; runs with more values use random seeds. */
const SEED = process.env.MARGINALIA_PROPERTY_RUNS === undefined ? { seed: 20211216 } : {};

// The default for tests that do not set the number of runs. Mocha loads this file before all tests (.mocharc.json).
fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: runs(100), ...SEED });
