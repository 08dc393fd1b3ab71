import fc from 'fast-check';

/** How many times as many values as usual the property tests try. */
const FACTOR = Number(process.env.MARGINALIA_PROPERTY_RUNS ?? 1);

/** How many values a property is tried with: `usual` ones, or as many times more as `MARGINALIA_PROPERTY_RUNS` says. */
export function runs(usual: number): number {
	return Math.ceil(usual * FACTOR);
}

/** Where the values of a usual run come from, so that it always tries the same ones; a run with more of them tries others each time. */
const SEED = process.env.MARGINALIA_PROPERTY_RUNS === undefined ? { seed: 20211216 } : {};

// Also for those that do not say how many values they need; mocha loads this file before all tests (.mocharc.json).
fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: runs(100), ...SEED });
