import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { UsageError } from '../host/command.ts';
import { ROOT } from '../host/paths.ts';

/** The suites in the order of the report, fastest first. */
export const SUITES = ['unit', 'corpus', 'lsp', 'editors', 'vscode', 'browser', 'reader'] as const;

/** The suites that show the packaged extension in a browser. */
export const BROWSER_SUITES: readonly Suite[] = ['browser', 'reader'];

/** The suites in groups that take about as long as each other, and can run side by side. */
export const GROUPS: readonly (readonly Suite[])[] = [
	['unit', 'lsp', 'editors', 'vscode'],
	['corpus', 'reader'],
	['browser'],
];
export type Suite = (typeof SUITES)[number];

/** The files of a suite to run; none means all. */
export type Selection = ReadonlyMap<Suite, readonly string[]>;

/**
 * Parses the names of suites and test files; defaults to all suites.
 * @param folder the folder that file names are relative to
 * @throws UsageError for a name that is neither
 */
export function select(args: readonly string[], folder: string): Selection {
	const selection = new Map<Suite, string[]>();
	for (const arg of args) {
		const named = SUITES.find(suite => suite === arg);
		if (named !== undefined) {
			selection.set(named, []);
			continue;
		}
		const file = resolve(folder, arg);
		if (!existsSync(file))
			throw new UsageError(`${arg} is not a suite (${SUITES.join(', ')}), and there is no file ${file}`);
		const suite = SUITES.find(name => file.startsWith(join(ROOT, 'test', name) + sep));
		if (suite === undefined || !file.endsWith('.test.ts'))
			throw new UsageError(`${arg} is not a test file: test files are named test/SUITE/…/NAME.test.ts`);
		if (selection.get(suite)?.length === 0) continue;
		selection.set(suite, [...(selection.get(suite) ?? []), file]);
	}
	const chosen = SUITES.filter(suite => selection.size === 0 || selection.has(suite));
	return new Map(chosen.map(suite => [suite, selection.get(suite) ?? []]));
}
