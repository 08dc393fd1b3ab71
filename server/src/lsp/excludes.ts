import { isRecord } from '../util/value.ts';
import type { Settings } from './settings.ts';

/** The settings that exclude files from view and from search. */
const SECTIONS = ['files.exclude', 'search.exclude'] as const;

/**
 * Reads the exclude globs of the editor's settings. Calls `changed` when they change for a folder that was
 * requested before.
 */
export function excludesFrom(settings: Settings, changed: () => void): (folder: string) => Promise<readonly string[]> {
	const known = new Map<string, readonly string[]>();
	const read = async (folder: string): Promise<readonly string[]> => {
		const values = await Promise.all(SECTIONS.map(section => settings.get(section, folder)));
		// Conditions such as `{ "when": … }` exclude files generated from a sibling, which articles are not.
		return values.flatMap(value =>
			isRecord(value) ? Object.entries(value).flatMap(([glob, isOn]) => (isOn === true ? glob : [])) : [],
		);
	};
	settings.onChange(SECTIONS, () => {
		const compare = async (): Promise<void> => {
			const others = await Promise.all(
				[...known].map(async ([folder, globs]) => (await read(folder)).join('\n') !== globs.join('\n')),
			);
			if (!others.includes(true)) return;
			known.clear();
			changed();
		};
		void compare();
	});
	return async folder => {
		const globs = await read(folder);
		known.set(folder, globs);
		return globs;
	};
}
