import fc from 'fast-check';

/** How many times as many values as usual the property tests try. */
const FACTOR = Number(process.env.MARGINALIA_PROPERTY_RUNS ?? 1);

/** How many values a property is tried with: `usual` ones, or as many times more as `MARGINALIA_PROPERTY_RUNS` says. */
export function runs(usual: number): number {
	return Math.ceil(usual * FACTOR);
}

// Those that do not say how many they need; mocha loads this file before all tests (.mocharc.json).
fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: runs(100) });
